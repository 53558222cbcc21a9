/** Kafka Connect through its REST API. */
@NullMarked
package io.catalogconnect.catalogctl.live.connect;

import org.jspecify.annotations.NullMarked;
