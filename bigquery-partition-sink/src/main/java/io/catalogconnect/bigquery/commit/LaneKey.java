package io.catalogconnect.bigquery.commit;

/**
 * A lane: the rows that one Kafka topic partition sends to one table. Topic and partition are the original ones, before
 * any transformation renamed the topic.
 *
 * @param connector the connector's name
 * @param topic the original topic
 * @param partition the original partition
 * @param table the table's name inside the dataset
 */
public record LaneKey(String connector, String topic, int partition, String table) {

    @Override
    public String toString() {
        return connector + ": " + topic + "-" + partition + " -> " + table;
    }
}
