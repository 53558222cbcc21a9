package io.catalogconnect.catalogctl.live.kafka;

import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.Topics;
import io.catalogconnect.contract.render.TopicSpec;
import io.catalogconnect.toolkit.kafka.ConsumerProgress;
import io.catalogconnect.toolkit.kafka.TopicAdmin;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** Topics through Kafka's admin client, which connects at the first call. Thread-safe. */
public final class AdminTopics implements Topics, AutoCloseable {
    private static final int TIMEOUT_MS = 20_000;

    private final String bootstrap;
    private final Map<String, Object> settings;
    private final TopicAdmin admin;

    /** @param settings settings of Kafka's clients; {@code bootstrap.servers} at least */
    public AdminTopics(Map<String, String> settings) {
        this.bootstrap = settings.getOrDefault("bootstrap.servers", "");
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("default.api.timeout.ms", TIMEOUT_MS);
        all.putIfAbsent("request.timeout.ms", TIMEOUT_MS / 2);
        try {
            this.settings = Map.copyOf(all);
            this.admin = new TopicAdmin(all);
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    @Override
    public Map<String, TopicSpec> find(Collection<String> names) throws InterruptedException {
        Map<String, TopicSpec> topics = new HashMap<>();
        call(() -> admin.describe(names))
                .forEach((name, topic) ->
                        topics.put(name, new TopicSpec(name, topic.partitions(), topic.replication(), topic.config())));
        return topics;
    }

    @Override
    public Map<String, Long> lag(String group, Collection<String> names) throws InterruptedException {
        // Not a field: a consumer is for one thread only.
        try (ConsumerProgress progress = new ConsumerProgress(settings)) {
            return call(() -> progress.lag(group, names));
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    @Override
    public void create(TopicSpec topic) throws InterruptedException {
        call(() -> admin.create(topic.name(), topic.partitions(), topic.replication(), topic.config()));
        call(() -> {
            admin.awaitLeaders(List.of(topic.name()));
            return true;
        });
    }

    @Override
    public void configure(TopicSpec topic) throws InterruptedException {
        call(() -> {
            admin.configure(topic.name(), topic.config());
            return true;
        });
    }

    @Override
    public void delete(String name) throws InterruptedException {
        call(() -> {
            admin.delete(name);
            return true;
        });
    }

    @Override
    public void close() {
        admin.close();
    }

    private <T> T call(Request<T> request) throws InterruptedException {
        try {
            return request.send();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private LiveException failure(Throwable cause) {
        return cause instanceof TimeoutException
                ? new LiveException("Kafka at " + bootstrap + " does not answer.", cause)
                : new LiveException("Kafka: " + cause.getMessage(), cause);
    }

    /** A request to the cluster. */
    private interface Request<T> {
        T send() throws ExecutionException, InterruptedException;
    }
}
