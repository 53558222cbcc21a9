package io.catalogconnect.transforms.condition;

import org.apache.kafka.connect.connector.ConnectRecord;

/** A condition made ready for records of one schema. Thread-safe at once. */
interface Evaluator {
    Verdict evaluate(ConnectRecord<?> record);
}
