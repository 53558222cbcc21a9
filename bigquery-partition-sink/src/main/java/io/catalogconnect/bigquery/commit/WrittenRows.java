package io.catalogconnect.bigquery.commit;

/**
 * What a table holds of a lane.
 *
 * @param highestOffset the highest Kafka offset, -1 when there is no row
 * @param rowsAboveBase how many rows lie above the base offset that was asked for
 */
public record WrittenRows(long highestOffset, long rowsAboveBase) {}
