/** The status page of the stack. */
@NullMarked
package io.catalogconnect.localstack.page;

import org.jspecify.annotations.NullMarked;
