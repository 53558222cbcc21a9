/** What is shipped as configuration, held to what the code takes. */
@NullMarked
package io.catalogconnect.localstack.config;

import org.jspecify.annotations.NullMarked;
