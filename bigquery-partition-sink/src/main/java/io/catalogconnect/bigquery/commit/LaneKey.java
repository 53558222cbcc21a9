package io.catalogconnect.bigquery.commit;

/**
 * A lane: the rows that one Kafka topic partition sends to one table. Topic and partition are the original ones, before
 * any transformation renamed the topic. Lanes of two connectors that differ only in the connector are one lane of the
 * registry, which has one owner.
 *
 * @param connector name of the connector that writes the lane, or is about to
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
