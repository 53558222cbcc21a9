package io.catalogconnect.catalogctl.live.kafka;

import io.catalogconnect.catalogctl.live.Topics;
import io.catalogconnect.contract.render.TopicSpec;
import io.catalogconnect.toolkit.kafka.ConsumerProgress;
import io.catalogconnect.toolkit.kafka.TopicAdmin;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Topics through Kafka's admin client. Thread-safe. */
public final class AdminTopics implements Topics {
    private final KafkaCluster cluster;

    public AdminTopics(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    /** Used within calls of the cluster. */
    private TopicAdmin admin() {
        return new TopicAdmin(cluster.admin());
    }

    @Override
    public Map<String, TopicSpec> find(Collection<String> names) throws InterruptedException {
        Map<String, TopicSpec> topics = new HashMap<>();
        cluster.call(() -> admin().describe(names))
                .forEach((name, topic) ->
                        topics.put(name, new TopicSpec(name, topic.partitions(), topic.replication(), topic.config())));
        return topics;
    }

    @Override
    public Map<String, Long> lag(String group, Collection<String> names) throws InterruptedException {
        return cluster.call(() -> {
            // Not a field: a consumer is for one thread only.
            try (ConsumerProgress progress = new ConsumerProgress(cluster.settings())) {
                return progress.lag(group, names);
            }
        });
    }

    @Override
    public Map<String, Integer> records(Collection<String> names, int most) throws InterruptedException {
        return cluster.call(() -> {
            try (ConsumerProgress progress = new ConsumerProgress(cluster.settings())) {
                return progress.records(names, most);
            }
        });
    }

    @Override
    public void create(TopicSpec topic) throws InterruptedException {
        cluster.call(() -> admin().create(topic.name(), topic.partitions(), topic.replication(), topic.config()));
        cluster.call(() -> {
            admin().awaitLeaders(List.of(topic.name()));
            return true;
        });
    }

    @Override
    public void configure(TopicSpec topic) throws InterruptedException {
        cluster.call(() -> {
            admin().configure(topic.name(), topic.config());
            return true;
        });
    }

    @Override
    public void delete(String name) throws InterruptedException {
        cluster.call(() -> {
            admin().delete(name);
            return true;
        });
    }
}
