/** The shipped plugins and connectors on workers of every supported Kafka release. */
@NullMarked
package io.catalogconnect.compatibility;

import org.jspecify.annotations.NullMarked;
