package io.catalogconnect.bigquery.commit;

/**
 * The acknowledged rows of the owner of a lane. It may have sent more rows, which are above the highest offset.
 *
 * @param lane the lane
 * @param baseOffset highest Kafka offset that was written before the take-over: every row of this owner is above it
 * @param highestOffset the acknowledged rows are at or below this Kafka offset, and all other rows of this owner above it
 * @param rows number of acknowledged rows
 */
public record LaneProgress(LaneKey lane, long baseOffset, long highestOffset, long rows) {}
