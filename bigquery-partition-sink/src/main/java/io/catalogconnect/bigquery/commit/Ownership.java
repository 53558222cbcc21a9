package io.catalogconnect.bigquery.commit;

/**
 * A lane that is ours.
 *
 * @param registration what the registry says of us
 * @param highestOffset every row up to this Kafka offset is in the table, -1 when there is none
 */
record Ownership(Registration registration, long highestOffset) {}
