package io.catalogconnect.toolkit.kafka;

import io.catalogconnect.toolkit.wait.Wait;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The progress of consumer groups that read committed transactions. Not thread-safe.
 *
 * <p>Every method throws {@link ExecutionException} with Kafka's own exception as its cause.
 */
public final class ConsumerProgress implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;
    private final Duration patience;

    /** @param settings settings of Kafka's clients; {@code bootstrap.servers} at least */
    public ConsumerProgress(Map<String, Object> settings) {
        this(Admin.create(settings), consumer(settings), PATIENCE);
    }

    /** @param patience longest time without a record while the end of a partition is not reached */
    ConsumerProgress(Admin admin, Consumer<byte[], byte[]> consumer, Duration patience) {
        this.admin = admin;
        this.consumer = consumer;
        this.patience = patience;
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        Map<String, Object> reading = new HashMap<>(settings);
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reading.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        reading.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        return new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Whether a group has committed past the last record of the topics that a reader of committed transactions can see. Markers
     * of transactions also have offsets, and are not waited for.
     */
    public boolean isCaughtUp(String group, Collection<String> topics) throws ExecutionException, InterruptedException {
        for (Map.Entry<TopicPartition, Long> partition :
                uncommitted(group, topics).entrySet()) {
            if (holdsRecord(partition.getKey(), partition.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** The number of offsets of each topic that a group has not committed; 0 if only markers of transactions are left. */
    public Map<String, Long> lag(String group, Collection<String> topics)
            throws ExecutionException, InterruptedException {
        Map<String, Long> lags = new TreeMap<>();
        topics.forEach(topic -> lags.put(topic, 0L));
        for (Map.Entry<TopicPartition, Long> partition :
                uncommitted(group, topics).entrySet()) {
            if (holdsRecord(partition.getKey(), partition.getValue())) {
                long offsets = end(partition.getKey()) - partition.getValue();
                lags.merge(partition.getKey().topic(), offsets, Long::sum);
            }
        }
        return lags;
    }

    /**
     * The number of records of each topic that a reader of committed transactions sees.
     *
     * @param most the number at which the counting of a topic ends
     */
    public Map<String, Integer> records(Collection<String> topics, int most) {
        Map<String, Integer> counts = new TreeMap<>();
        topics.forEach(topic -> counts.put(topic, count(topic, most)));
        return counts;
    }

    private int count(String topic, int most) {
        List<TopicPartition> partitions = partitions(topic).toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        int records = 0;
        while (records < most) {
            int read = read(ends);
            if (read == 0) {
                return records;
            }
            records += read;
        }
        return most;
    }

    /**
     * Reads the next records of the assigned partitions. Returns 0 at the ends: only markers of transactions were left.
     *
     * @throws TimeoutException if the brokers send nothing before the ends
     */
    private int read(Map<TopicPartition, Long> ends) {
        Wait wait = Wait.upTo(patience);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            int records = consumer.poll(POLL).count();
            if (records > 0) {
                return records;
            }
            if (wait.isOver()) {
                throw new TimeoutException("The brokers send no records of " + ends.keySet() + ".");
            }
        }
        return 0;
    }

    private Stream<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(topic, info.partition()));
    }

    /** The partitions whose end is not committed, with the next offset of the group. */
    private Map<TopicPartition, Long> uncommitted(String group, Collection<String> topics)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions =
                topics.stream().flatMap(this::partitions).toList();
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)))
                .partitionsToOffsetAndMetadata(group)
                .get();
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> open = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata position = committed.get(partition);
            long next = Math.max(position == null ? 0 : position.offset(), starts.getOrDefault(partition, 0L));
            if (next < ends.getOrDefault(partition, 0L)) {
                open.put(partition, next);
            }
        }
        return open;
    }

    private long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private boolean holdsRecord(TopicPartition partition, long from) {
        long end = end(partition);
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        return read(Map.of(partition, end)) > 0;
    }

    @Override
    public void close() {
        admin.close();
        consumer.close();
    }
}
