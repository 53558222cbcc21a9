package io.catalogconnect.localstack.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Administers the topics of one broker. Not thread-safe.
 *
 * <p>Every method throws {@link ExecutionException} with Kafka's own exception as its cause.
 */
public final class Topics implements AutoCloseable {
    private static final int PARTITIONS = 3;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Connects to the broker at {@code bootstrap}, a host and port. */
    public Topics(String bootstrap) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        50),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * Creates the topics that do not exist, and waits until each has its leaders: a producer that starts earlier can stall
     * (KAFKA-15591).
     */
    public void create(Collection<String> topics) throws ExecutionException, InterruptedException {
        Set<String> missing = new HashSet<>(topics);
        missing.removeAll(admin.listTopics().names().get());
        admin.createTopics(missing.stream()
                        .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                        .toList())
                .all()
                .get();
        Set<TopicPartition> partitions =
                topics.stream().flatMap(topic -> partitionsOf(topic).stream()).collect(Collectors.toSet());
        admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                .all()
                .get();
    }

    /**
     * Whether a consumer group has committed past the last record of the topics that a reader of committed transactions can
     * see. Markers of transactions also have offsets, and are not waited for.
     */
    public boolean isCaughtUp(String group, Collection<String> topics) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        List<TopicPartition> partitions =
                topics.stream().flatMap(topic -> partitionsOf(topic).stream()).toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata position = committed.get(partition);
            long from = position == null ? 0 : position.offset();
            if (from < ends.getOrDefault(partition, 0L)
                    && holdsRecord(partition, from, ends.getOrDefault(partition, 0L))) {
                return false;
            }
        }
        return true;
    }

    private boolean holdsRecord(TopicPartition partition, long from, long end) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        while (consumer.position(partition) < end) {
            if (!consumer.poll(POLL).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private List<TopicPartition> partitionsOf(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    @Override
    public void close() {
        admin.close();
        consumer.close();
    }
}
