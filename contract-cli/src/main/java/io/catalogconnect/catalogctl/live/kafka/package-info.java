/** Topics through Kafka's admin client. */
@NullMarked
package io.catalogconnect.catalogctl.live.kafka;

import org.jspecify.annotations.NullMarked;
