package io.catalogconnect.bigquery.commit;

/**
 * The rows that the owner of a lane has written, all of them acknowledged.
 *
 * @param lane the lane
 * @param baseOffset highest Kafka offset that was written before the take-over: every row of this owner is above it
 * @param highestOffset no row that this owner has written is above this Kafka offset
 * @param rows number of rows that this owner has written
 */
public record LaneProgress(LaneKey lane, long baseOffset, long highestOffset, long rows) {}
