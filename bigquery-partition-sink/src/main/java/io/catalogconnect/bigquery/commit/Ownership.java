package io.catalogconnect.bigquery.commit;

/**
 * Result of a take-over.
 *
 * @param registration this owner's entry in the registry
 * @param start the checkpoint of the owner's empty stream: every row up to its Kafka offset was written
 */
record Ownership(Registration registration, Checkpoint start) {}
