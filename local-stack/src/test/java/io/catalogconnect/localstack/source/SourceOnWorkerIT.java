package io.catalogconnect.localstack.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.fault.ObservedWorker;
import io.catalogconnect.localstack.kafka.Broker;
import io.catalogconnect.localstack.kafka.Topics;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.process.JavaProcess;
import io.catalogconnect.localstack.s3.S3Server;
import io.catalogconnect.toolkit.rest.ConnectRest;
import io.catalogconnect.toolkit.rest.ConnectRestException;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import io.catalogconnect.toolkit.wait.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What a person sees of the source on a real worker, and sets there. The short forms are in the source's own tests. */
@Tag("soak")
final class SourceOnWorkerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String NAME = "catalog-source";
    private static final int FILES = 3;
    private static final int ROWS = 10;

    @TempDir
    Path directory;

    @Test
    void objectBelowItsWatermarkIsReadAgainThroughRestAndCountedInMetrics() throws Exception {
        FreePorts ports = new FreePorts(new Random());
        int kafka = ports.take(0);
        int rest = ports.take(0);
        String bootstrap = "127.0.0.1:" + kafka;
        StackLayout layout = new StackLayout(Path.of(".."), directory, List.of("s3-csv-source"));
        try (JavaProcess broker = Broker.start(layout, kafka, ports.take(0));
                S3Server server = S3Server.start(layout.s3(), ports.take(0));
                S3Client s3 = CrashingSource.client(server)) {
            CrashingSource.createBucket(server);
            broker.awaitReady(PATIENCE);
            for (int file = 0; file < FILES; file++) {
                String key = "in/" + file + ".csv";
                s3.putObject(
                        request -> request.bucket(CrashingSource.BUCKET).key(key),
                        RequestBody.fromString(Rows.csv(ROWS)));
            }
            ObservedWorker observed = new ObservedWorker();
            try (Topics topics = new Topics(bootstrap);
                    JavaProcess worker = Worker.start(layout, observed.options("512m"), rest, bootstrap, Map.of());
                    KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap)) {
                topics.create(Set.of("raw", "events"));
                worker.awaitReady(PATIENCE);
                ConnectRest connect = new ConnectRest("http://127.0.0.1:" + rest, worker::checkRunning);
                connect.put(definition(server));
                await(() -> rows(consumer) == FILES * ROWS && entries(connect, "object") == 0);
                assertThat(entries(connect, "lane")).isBetween(1L, (long) FILES);
                await(() -> observed.metrics(NAME).getOrDefault("objects-done", 0L) == FILES);
                assertThat(observed.metrics(NAME))
                        .containsEntry("objects-listed", (long) FILES)
                        .containsEntry("objects-unread", 0L)
                        .containsEntry("rows", (long) FILES * ROWS)
                        .containsEntry("malformed-rows", 0L)
                        .containsKeys(
                                "listings",
                                "reopens",
                                "current-object-rows",
                                "current-object-bytes",
                                "current-object-percent",
                                "oldest-unread-age-ms");

                connect.stop(NAME);
                await(() -> connect.status(NAME).connector().state().equals("STOPPED"));
                assertThatThrownBy(() -> connect.alterOffsets(NAME, body("x", 0, "half")))
                        .isInstanceOf(ConnectRestException.class)
                        .hasMessageContaining("st is 'half', not open or done");
                HeadObjectResponse head = s3.headObject(
                        request -> request.bucket(CrashingSource.BUCKET).key("in/1.csv"));
                connect.alterOffsets(
                        NAME,
                        body(head.eTag().replace("\"", ""), head.lastModified().toEpochMilli(), "open"));
                connect.resume(NAME);
                await(() -> rows(consumer) == (FILES + 1) * ROWS && entries(connect, "object") == 0);
                await(() -> observed.metrics(NAME).getOrDefault("listings", 0L) > 3);
                assertThat(rows(consumer)).isEqualTo((FILES + 1) * ROWS);
            }
        }
    }

    private static ConnectorDefinition definition(S3Server server) {
        return SourceDefinition.of(
                NAME,
                server.endpoint(),
                S3Server.ACCESS_KEY,
                S3Server.SECRET_KEY,
                Map.of(
                        "s3.prefix", "in/",
                        "topic", "raw",
                        "object.events.topic", "events",
                        "object.order", "modified",
                        "offsets.late.window.ms", "0",
                        "poll.interval.ms", "200",
                        "exactly.once.support", "required",
                        "transaction.boundary", "connector"));
    }

    private static String body(String etag, long lastModified, String state) {
        return "{\"offsets\": [{\"partition\": {\"object\": \"s3://" + CrashingSource.BUCKET + "/in/1.csv\"},"
                + "\"offset\": {\"v\": 1, \"etag\": \"" + etag + "\", \"size\": 1, \"lm\": " + lastModified
                + ", \"byte\": 0, \"row\": 0, \"st\": \"" + state + "\"}}]}";
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The rows on the topic, all of them, each time. */
    private static int rows(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor("raw").stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        int rows = 0;
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            rows += consumer.poll(Duration.ofMillis(100)).count();
        }
        return rows;
    }

    /** The entries among the offsets whose partition has this key, and are not deleted. */
    private static long entries(ConnectRest connect, String key) throws InterruptedException {
        return connect.offsets(NAME).stream()
                .filter(entry -> entry.path("partition").has(key))
                .map(entry -> entry.path("offset"))
                .filter(JsonNode::isObject)
                .count();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        Wait patience = Wait.upTo(PATIENCE);
        while (!condition.call()) {
            assertThat(patience.isOver()).isFalse();
            patience.pause();
        }
    }
}
