/** Topics and consumer groups of a Kafka cluster. */
@NullMarked
package io.catalogconnect.toolkit.kafka;

import org.jspecify.annotations.NullMarked;
