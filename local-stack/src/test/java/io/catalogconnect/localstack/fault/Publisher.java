package io.catalogconnect.localstack.fault;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbered items to topics, round robin over three partitions, and remembers where each landed. No two items have the
 * same number. For use by one thread.
 */
final class Publisher implements AutoCloseable {
    /** What {@link #publishFiltered} marks its records with, for a filter to see. */
    static final String DROP_HEADER = "drop";

    private static final int PARTITIONS = 3;
    private static final LocalDate DATE = LocalDate.parse("2026-11-01");
    private static final String VALUE =
            "{\"schema\":{\"type\":\"struct\",\"name\":\"Item\",\"doc\":\"Items of the fault tests.\",\"fields\":["
                    + "{\"field\":\"id\",\"type\":\"int64\",\"optional\":false,\"doc\":\"The item's number.\"},"
                    + "{\"field\":\"text\",\"type\":\"string\",\"optional\":true},"
                    + "{\"field\":\"catalog_date\",\"type\":\"int32\",\"optional\":false,\"name\":\"org.apache.kafka.connect.data.Date\",\"version\":1}]},"
                    + "\"payload\":{\"id\":%d,\"text\":\"%s\",\"catalog_date\":%d}}";

    private final KafkaProducer<String, byte[]> plain;
    private final KafkaProducer<String, byte[]> transactional;
    private final Map<Place, Long> landed = new ConcurrentHashMap<>();
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private long nextItem;

    Publisher(String bootstrap) {
        this.plain = producer(bootstrap, Map.of());
        this.transactional = producer(bootstrap, Map.of("transactional.id", "fault-tests"));
        transactional.initTransactions();
    }

    private static KafkaProducer<String, byte[]> producer(String bootstrap, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "linger.ms",
                5,
                "compression.type",
                "lz4",
                "delivery.timeout.ms",
                240_000));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** An item's text, which its number decides. */
    static String text(long item) {
        return "item " + item + " grün 🦊 " + "x".repeat((int) (item % 97));
    }

    /** Items that must become rows. */
    void publish(String topic, int count) {
        for (int i = 0; i < count; i++) {
            send(plain, topic, true);
        }
        plain.flush();
        checkFailures();
    }

    /** Items that must become rows, in a transaction. */
    void publishCommitted(String topic, int count) {
        transactional.beginTransaction();
        for (int i = 0; i < count; i++) {
            send(transactional, topic, true);
        }
        transactional.commitTransaction();
        checkFailures();
    }

    /** Items in a transaction that is aborted: nobody may ever see them. */
    void publishAborted(String topic, int count) {
        transactional.beginTransaction();
        for (int i = 0; i < count; i++) {
            send(transactional, topic, false);
        }
        transactional.flush();
        transactional.abortTransaction();
    }

    /** Items that a filter in the connector drops. */
    void publishFiltered(String topic, int count) {
        for (int i = 0; i < count; i++) {
            long item = nextItem++;
            ProducerRecord<String, byte[]> record = record(topic, item);
            record.headers().add(DROP_HEADER, new byte[] {'1'});
            var unused = plain.send(record, (at, failure) -> note(failure));
        }
        plain.flush();
        checkFailures();
    }

    /** Items that are too many to remember their offsets: each has a unique number. */
    void publishNumbered(String topic, int count) {
        for (int i = 0; i < count; i++) {
            var unused = plain.send(record(topic, nextItem++), (at, failure) -> note(failure));
        }
        plain.flush();
        checkFailures();
    }

    /** A record without a value. */
    void publishTombstone(String topic) {
        var unused = plain.send(new ProducerRecord<>(topic, 0, "gone", null), (at, failure) -> note(failure));
        plain.flush();
        checkFailures();
    }

    /** An item whose date BigQuery lets nobody stream. */
    void publishUndated(String topic) {
        long item = nextItem++;
        var unused = plain.send(record(topic, item, LocalDate.EPOCH), (at, failure) -> note(failure));
        plain.flush();
        checkFailures();
    }

    /** An item with a column that the table does not have, which must not become a row. */
    Place publishWithAnotherColumn(String topic) throws Exception {
        String value = VALUE.formatted(nextItem++, "heavy", DATE.toEpochDay())
                .replace("\"fields\":[", "\"fields\":[{\"field\":\"weight\",\"type\":\"double\",\"optional\":true},");
        var at = plain.send(new ProducerRecord<>(topic, 0, "heavy", value.getBytes(StandardCharsets.UTF_8)))
                .get();
        return new Place(topic, at.partition(), at.offset());
    }

    /** What must be in tables, of these topics: each item's number by its place. */
    Map<Place, Long> landed(Collection<String> topics) {
        Map<Place, Long> selected = new HashMap<>(landed);
        selected.keySet().removeIf(place -> !topics.contains(place.topic()));
        return selected;
    }

    /** Forgets what was written to a topic that is deleted. */
    void forget(String topic) {
        landed.keySet().removeIf(place -> place.topic().equals(topic));
    }

    private void send(KafkaProducer<String, byte[]> producer, String topic, boolean counts) {
        long item = nextItem++;
        var unused = producer.send(record(topic, item), (at, failure) -> {
            if (failure == null && counts) {
                landed.put(new Place(topic, at.partition(), at.offset()), item);
            } else if (counts) {
                note(failure);
            }
        });
    }

    private static ProducerRecord<String, byte[]> record(String topic, long item) {
        return record(topic, item, DATE);
    }

    private static ProducerRecord<String, byte[]> record(String topic, long item, LocalDate date) {
        String value = VALUE.formatted(item, text(item), date.toEpochDay());
        return new ProducerRecord<>(
                topic, (int) (item % PARTITIONS), Long.toString(item), value.getBytes(StandardCharsets.UTF_8));
    }

    private void note(@Nullable Exception failure) {
        if (failure != null) {
            failures.add(failure);
        }
    }

    private void checkFailures() {
        Exception failure = failures.poll();
        if (failure != null) {
            throw new AssertionError("a record was not written to Kafka", failure);
        }
    }

    @Override
    public void close() {
        plain.close();
        transactional.close();
    }
}
