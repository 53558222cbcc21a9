package io.catalogconnect.bigquery.commit;

/**
 * Result of a take-over.
 *
 * @param registration this owner's entry in the registry
 * @param highestOffset every row up to this Kafka offset is in the table, or -1
 */
record Ownership(Registration registration, long highestOffset) {}
