package io.catalogconnect.localstack.fault;

/** Where in Kafka a record is. */
record Place(String topic, int partition, long offset) {}
