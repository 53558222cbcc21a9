package io.catalogconnect.toolkit.kafka;

import io.catalogconnect.toolkit.wait.Wait;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads, creates, changes and deletes topics. Thread-safe.
 *
 * <p>Every method throws {@link ExecutionException} with Kafka's own exception as its cause.
 */
public final class TopicAdmin implements AutoCloseable {
    /** Time in which all brokers know a new topic. */
    private static final Duration PROPAGATION = Duration.ofSeconds(30);

    private final Admin admin;

    /** @param settings settings of Kafka's admin client; {@code bootstrap.servers} at least */
    public TopicAdmin(Map<String, Object> settings) {
        this(Admin.create(settings));
    }

    /** @param admin Kafka's admin client, which {@link #close()} closes */
    public TopicAdmin(Admin admin) {
        this.admin = admin;
    }

    /**
     * A topic of the cluster.
     *
     * @param config all settings with their effective values
     */
    public record ExistingTopic(String name, int partitions, int replication, Map<String, String> config) {
        public ExistingTopic {
            config = Map.copyOf(config);
        }
    }

    /** The topics of these names that exist. */
    public Map<String, ExistingTopic> describe(Collection<String> names)
            throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> found = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            existing(topic.getValue()).ifPresent(description -> found.put(topic.getKey(), description));
        }
        Map<ConfigResource, KafkaFuture<org.apache.kafka.clients.admin.Config>> configs = admin.describeConfigs(
                        found.keySet().stream().map(TopicAdmin::resource).toList())
                .values();
        Map<String, ExistingTopic> topics = new HashMap<>();
        for (TopicDescription topic : found.values()) {
            KafkaFuture<org.apache.kafka.clients.admin.Config> config = configs.get(resource(topic.name()));
            if (config == null) {
                continue;
            }
            Map<String, String> values = config.get().entries().stream()
                    .filter(entry -> entry.value() != null)
                    .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
            topics.put(
                    topic.name(),
                    new ExistingTopic(
                            topic.name(),
                            topic.partitions().size(),
                            topic.partitions().get(0).replicas().size(),
                            values));
        }
        return topics;
    }

    private static <T> Optional<T> existing(KafkaFuture<T> topic) throws ExecutionException, InterruptedException {
        try {
            return Optional.of(topic.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Creates a topic.
     *
     * @return false if it exists
     */
    public boolean create(String name, int partitions, int replication, Map<String, String> config)
            throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) replication).configs(config)))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Waits until each partition has its leader: a producer that starts earlier can stall (KAFKA-15591). A broker may not know
     * a topic yet that was just created.
     */
    public void awaitLeaders(Collection<String> names) throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = awaitKnown(names).stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toSet());
        admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                .all()
                .get();
    }

    private Collection<TopicDescription> awaitKnown(Collection<String> names)
            throws ExecutionException, InterruptedException {
        Wait wait = Wait.upTo(PROPAGATION);
        while (true) {
            try {
                return admin.describeTopics(names).allTopicNames().get().values();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || wait.isOver()) {
                    throw e;
                }
            }
            wait.pause();
        }
    }

    /** Sets settings of a topic. Other settings stay as they are. */
    public void configure(String name, Map<String, String> config) throws ExecutionException, InterruptedException {
        admin.incrementalAlterConfigs(Map.of(
                        resource(name),
                        config.entrySet().stream()
                                .map(entry -> new AlterConfigOp(
                                        new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                                .toList()))
                .all()
                .get();
    }

    /** Deletes a topic with its records, if it exists. */
    public void delete(String name) throws ExecutionException, InterruptedException {
        try {
            admin.deleteTopics(List.of(name)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    @Override
    public void close() {
        admin.close();
    }
}
