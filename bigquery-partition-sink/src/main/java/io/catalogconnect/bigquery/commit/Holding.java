package io.catalogconnect.bigquery.commit;

/**
 * What the owner of a lane has written to it, all of it acknowledged.
 *
 * @param lane which
 * @param baseOffset every row of this owner lies above this Kafka offset; those up to it were seen by whoever took over
 * @param highestOffset no row of this owner so far lies above this Kafka offset
 * @param rows how many rows this owner has written
 */
public record Holding(LaneKey lane, long baseOffset, long highestOffset, long rows) {}
