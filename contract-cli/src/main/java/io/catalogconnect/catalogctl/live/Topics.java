package io.catalogconnect.catalogctl.live;

import io.catalogconnect.contract.render.TopicSpec;
import java.util.Collection;
import java.util.Map;

/** The topics of a Kafka cluster. Every method throws {@link LiveException} if the cluster refuses or does not answer. */
public interface Topics {
    /** The topics of these names that exist, with all their settings. */
    Map<String, TopicSpec> find(Collection<String> names) throws InterruptedException;

    /**
     * The number of offsets of each topic that a consumer group has not committed; 0 if only markers of transactions are left.
     *
     * @param names topics that exist
     */
    Map<String, Long> lag(String group, Collection<String> names) throws InterruptedException;

    /**
     * The number of records of each topic that a reader of committed transactions sees.
     *
     * @param names topics that exist
     * @param most the number at which the counting of a topic ends
     */
    Map<String, Integer> records(Collection<String> names, int most) throws InterruptedException;

    /** Creates a topic if it does not exist. */
    void create(TopicSpec topic) throws InterruptedException;

    /** Sets the settings of an existing topic. Other settings are kept. */
    void configure(TopicSpec topic) throws InterruptedException;

    /** Deletes a topic with its records, if it exists. */
    void delete(String name) throws InterruptedException;
}
