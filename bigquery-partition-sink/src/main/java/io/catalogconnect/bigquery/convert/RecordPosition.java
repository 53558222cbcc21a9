package io.catalogconnect.bigquery.convert;

/**
 * Position of a record in Kafka before any transformation.
 *
 * @param topic original topic
 * @param partition original partition
 * @param offset original offset
 * @param timestamp record timestamp in milliseconds since 1970, or
 *     {@link io.catalogconnect.bigquery.commit.Row#NO_TIMESTAMP}
 */
public record RecordPosition(String topic, int partition, long offset, long timestamp) {}
