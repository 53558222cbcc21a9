package io.catalogconnect.bigquery.commit;

/**
 * The rows of a lane in its table.
 *
 * @param highestOffset the highest Kafka offset, or -1
 * @param rowsAboveBase number of rows above the given base offset
 */
public record WrittenRows(long highestOffset, long rowsAboveBase) {}
