package io.catalogconnect.bigquery.replace;

/**
 * Original topic partition of end markers.
 *
 * @param topic the topic
 * @param partition the partition
 */
public record TopicPlace(String topic, int partition) {

    /** The topic partition of a version's end marker. */
    public static TopicPlace of(ObjectVersion version) {
        return new TopicPlace(version.topic(), version.partition());
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
