package io.catalogconnect.benchmarks.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What a topic of one partition holds.
 *
 * @param records how many records a reader of committed transactions sees
 * @param checksum over every key, value and header, in their order
 * @param millis from the time that the broker took the first record to the time that it took the last
 * @param firstHeaders the headers of the first record
 */
record TopicContent(long records, long checksum, long millis, Map<String, String> firstHeaders) {
    TopicContent {
        firstHeaders = Map.copyOf(firstHeaders);
    }

    /** Reads committed records. */
    static final class Reader implements AutoCloseable {
        private static final Duration POLL = Duration.ofMillis(200);

        private final KafkaConsumer<byte[], byte[]> consumer;

        Reader(String bootstrap) {
            consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            bootstrap,
                            "isolation.level",
                            "read_committed",
                            "max.poll.records",
                            5_000,
                            "fetch.max.bytes",
                            8 << 20),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        }

        /** Where the next committed record will be; markers of transactions have places, too. */
        long end(String topic) {
            TopicPartition partition = new TopicPartition(topic, 0);
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }

        /** Reads all that is committed now. */
        TopicContent read(String topic) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = end(topic);
            CRC32C checksum = new CRC32C();
            Map<String, String> headers = new LinkedHashMap<>();
            long records = 0;
            long first = 0;
            long last = 0;
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (records++ == 0) {
                        first = record.timestamp();
                        record.headers()
                                .forEach(header ->
                                        headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
                    }
                    last = record.timestamp();
                    update(checksum, record.key());
                    update(checksum, record.value());
                    for (Header header : record.headers()) {
                        checksum.update(header.key().getBytes(StandardCharsets.UTF_8));
                        update(checksum, header.value());
                    }
                }
            }
            return new TopicContent(records, checksum.getValue(), last - first, headers);
        }

        private static void update(CRC32C checksum, byte @Nullable [] bytes) {
            if (bytes != null) {
                checksum.update(bytes);
            }
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
