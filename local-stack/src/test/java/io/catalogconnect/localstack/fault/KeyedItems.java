package io.catalogconnect.localstack.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FieldValueList;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes changes of items to a topic, all changes of a key to one partition, and remembers the last state of each key. Rows move
 * between date partitions. For use by one thread.
 */
final class KeyedItems implements AutoCloseable {
    private static final int PARTITIONS = 3;
    private static final int DATES = 5;
    private static final LocalDate DATE = LocalDate.parse("2026-11-01");
    private static final int EXAMPLES = 10;
    private static final String VALUE = "{\"schema\":{\"type\":\"struct\",\"name\":\"Item\",\"fields\":["
            + "{\"field\":\"change\",\"type\":\"int64\",\"optional\":false},"
            + "{\"field\":\"catalog_date\",\"type\":\"int32\",\"optional\":false,\"name\":\"org.apache.kafka.connect.data.Date\",\"version\":1}]},"
            + "\"payload\":{\"change\":%d,\"catalog_date\":%d}}";

    private final KafkaProducer<String, byte[]> producer;
    private final int keys;
    private final Random random;
    private final Map<String, Long> last = new HashMap<>();
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private long changes;

    KeyedItems(String bootstrap, int keys, Random random) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 5, "delivery.timeout.ms", 240_000),
                new StringSerializer(),
                new ByteArraySerializer());
        this.keys = keys;
        this.random = random;
    }

    /** The settings of a job that keeps the last state of each key. */
    static SinkJob upserting(SinkJob job) {
        return job.with("write.mode", "upsert")
                .with("upsert.key.columns", "item")
                .with("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    }

    /** Changes of random keys; every eighth is a deletion. */
    void publish(String topic, int count) {
        for (int i = 0; i < count; i++) {
            int number = random.nextInt(keys);
            String key = "key-" + number;
            boolean deletes = random.nextInt(8) == 0;
            long change = changes++;
            byte[] value = deletes
                    ? null
                    : VALUE.formatted(change, DATE.toEpochDay() + change % DATES)
                            .getBytes(StandardCharsets.UTF_8);
            if (deletes) {
                last.remove(key);
            } else {
                last.put(key, change);
            }
            var unused = producer.send(new ProducerRecord<>(topic, number % PARTITIONS, key, value), (at, failure) -> {
                if (failure != null) {
                    failures.add(failure);
                }
            });
        }
        producer.flush();
        assertThat(failures).as("records that were not written to Kafka").isEmpty();
    }

    /** Compares each row with the last state of its key; returns the number of rows. */
    long assertLastStates(Iterable<FieldValueList> rows) {
        Map<String, Long> missing = new HashMap<>(last);
        List<String> wrong = new ArrayList<>();
        long found = 0;
        for (FieldValueList row : rows) {
            found++;
            String key = row.get(0).getStringValue();
            long change = row.get(1).getLongValue();
            Long expected = missing.remove(key);
            if (expected == null || expected != change) {
                wrong.add(key + " shows change " + change + " instead of " + expected);
            }
        }
        missing.forEach((key, change) -> wrong.add(key + " is missing, expected change " + change));
        assertThat(wrong.stream().limit(EXAMPLES))
                .as("%d wrong of %d keys, %d rows, after %d changes", wrong.size(), last.size(), found, changes)
                .isEmpty();
        assertThat(found).isPositive();
        return found;
    }

    @Override
    public void close() {
        producer.close();
    }
}
