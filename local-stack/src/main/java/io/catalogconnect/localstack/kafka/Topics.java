package io.catalogconnect.localstack.kafka;

import io.catalogconnect.toolkit.kafka.ConsumerProgress;
import io.catalogconnect.toolkit.kafka.TopicAdmin;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * The topics of one broker. Not thread-safe.
 *
 * <p>Every method throws {@link ExecutionException} with Kafka's own exception as its cause.
 */
public final class Topics implements AutoCloseable {
    private static final int PARTITIONS = 3;

    private final TopicAdmin admin;
    private final ConsumerProgress progress;

    /** Connects to the broker at {@code bootstrap}, a host and port. */
    public Topics(String bootstrap) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap);
        this.admin = new TopicAdmin(settings);
        this.progress = new ConsumerProgress(settings);
    }

    /** Creates the topics that do not exist, and waits until each partition has its leader. */
    public void create(Collection<String> topics) throws ExecutionException, InterruptedException {
        for (String topic : topics) {
            admin.create(topic, PARTITIONS, 1, Map.of());
        }
        admin.awaitLeaders(topics);
    }

    /** See {@link ConsumerProgress#isCaughtUp}. */
    public boolean isCaughtUp(String group, Collection<String> topics) throws ExecutionException, InterruptedException {
        return progress.isCaughtUp(group, topics);
    }

    /** See {@link ConsumerProgress#lag}; of all topics together. */
    public long lag(String group, Collection<String> topics) throws ExecutionException, InterruptedException {
        return progress.lag(group, topics).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void close() {
        admin.close();
        progress.close();
    }
}
