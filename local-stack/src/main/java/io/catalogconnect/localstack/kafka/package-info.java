/**
 * The broker process, the topics on it, and how far a consumer group is behind.
 */
@NullMarked
package io.catalogconnect.localstack.kafka;

import org.jspecify.annotations.NullMarked;
