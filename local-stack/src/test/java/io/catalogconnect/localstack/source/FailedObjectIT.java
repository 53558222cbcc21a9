package io.catalogconnect.localstack.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.kafka.Broker;
import io.catalogconnect.localstack.kafka.Topics;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.process.JavaProcess;
import io.catalogconnect.localstack.s3.S3Server;
import io.catalogconnect.toolkit.rest.ConnectRest;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import io.catalogconnect.toolkit.wait.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** On a real worker, an object that fails and fits into a transaction is not visible, and the objects before it are. */
final class FailedObjectIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String NAME = "catalog-source";
    private static final int ROWS = 3_000;
    private static final Worker.Options OPTIONS = new Worker.Options("connect", "512m");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"connector, 1000, 20000", "poll, 5000, 20000"})
    void objectThatFailsAtItsLastRowIsVisibleOnlyAfterItsCorrection(String boundary, String batch, String transaction)
            throws Exception {
        failAndCorrect(boundary, batch, transaction, 0);
    }

    @Tag("soak")
    @ParameterizedTest
    @CsvSource({"connector, 500, 20000", "poll, 5000, 20000"})
    void objectThatFailsIsNotVisibleIfTheWorkerIsKilledWhileItIsSent(String boundary, String batch, String transaction)
            throws Exception {
        failAndCorrect(boundary, batch, transaction, 5);
    }

    private void failAndCorrect(String boundary, String batch, String transaction, int kills) throws Exception {
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
            put(s3, "in/a.csv", Rows.csv(ROWS));
            put(s3, "in/b.csv", Rows.csv(ROWS) + "HP,x,,malformed\n");
            put(s3, "in/c.csv", Rows.csv(10));
            ConnectorDefinition definition = definition(server, boundary, batch, transaction);
            for (int kill = 1; kill <= kills; kill++) {
                killWhileTheObjectIsSent(layout, rest, bootstrap, definition, kill * ROWS / (kills + 1));
            }
            try (Topics topics = new Topics(bootstrap);
                    JavaProcess worker = Worker.start(layout, OPTIONS, rest, bootstrap, Map.of());
                    KafkaConsumer<String, String> consumer = consumer(bootstrap, "read_committed")) {
                topics.create(Set.of("raw", "events"));
                worker.awaitReady(PATIENCE);
                ConnectRest connect = new ConnectRest("http://127.0.0.1:" + rest, worker::checkRunning);
                connect.put(definition);
                await(() -> connect.status(NAME).toString().contains("FAILED"));

                assertThat(rows(consumer)).isEqualTo(Map.of("in/a.csv", ROWS));
                assertThat(records(consumer, "events"))
                        .anyMatch(event -> key(event).equals("in/b.csv")
                                && event.value().contains("failed")
                                && event.value().contains("\"rows\":0"));

                put(s3, "in/b.csv", Rows.csv(ROWS));
                connect.restartFailed(NAME);
                await(() -> rows(consumer).getOrDefault("in/c.csv", 0) == 10);
                assertThat(rows(consumer)).isEqualTo(Map.of("in/a.csv", ROWS, "in/b.csv", ROWS, "in/c.csv", 10));
            }
        }
    }

    /** Kills a worker when it has sent this number of rows of the object that fails, or has failed before. */
    private static void killWhileTheObjectIsSent(
            StackLayout layout, int rest, String bootstrap, ConnectorDefinition definition, int rows) throws Exception {
        try (Topics topics = new Topics(bootstrap);
                JavaProcess worker = Worker.start(layout, OPTIONS, rest, bootstrap, Map.of());
                KafkaConsumer<String, String> consumer = consumer(bootstrap, "read_uncommitted")) {
            topics.create(Set.of("raw", "events"));
            worker.awaitReady(PATIENCE);
            ConnectRest connect = new ConnectRest("http://127.0.0.1:" + rest, worker::checkRunning);
            int before = rows(consumer).getOrDefault("in/b.csv", 0);
            connect.put(definition);
            await(() -> rows(consumer).getOrDefault("in/b.csv", 0) >= before + rows
                    || connect.status(NAME).toString().contains("FAILED"));
            worker.kill();
        }
        try (KafkaConsumer<String, String> consumer = consumer(bootstrap, "read_committed")) {
            assertThat(rows(consumer)).doesNotContainKey("in/b.csv");
        }
    }

    private static void put(S3Client s3, String key, String text) {
        s3.putObject(request -> request.bucket(CrashingSource.BUCKET).key(key), RequestBody.fromString(text));
    }

    private static ConnectorDefinition definition(S3Server server, String boundary, String batch, String transaction) {
        return SourceDefinition.of(
                NAME,
                server.endpoint(),
                S3Server.ACCESS_KEY,
                S3Server.SECRET_KEY,
                Map.of(
                        "s3.prefix", "in/",
                        "topic", "raw",
                        "object.events.topic", "events",
                        "poll.interval.ms", "200",
                        "batch.max.rows", batch,
                        "transaction.rows", transaction,
                        "exactly.once.support", "required",
                        "transaction.boundary", boundary));
    }

    private static KafkaConsumer<String, String> consumer(String bootstrap, String isolation) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", isolation),
                new StringDeserializer(),
                new StringDeserializer());
    }

    /** Number of visible rows of each object. */
    private static Map<String, Integer> rows(KafkaConsumer<String, String> consumer) {
        Map<String, Integer> rows = new TreeMap<>();
        records(consumer, "raw").forEach(record -> rows.merge(key(record), 1, Integer::sum));
        return rows;
    }

    /** The key without the quotes that a JSON converter adds. */
    private static String key(ConsumerRecord<String, String> record) {
        String key = record.key();
        int start = key.indexOf("in/");
        return key.substring(start, key.indexOf(".csv", start) + ".csv".length());
    }

    private static List<ConsumerRecord<String, String>> records(KafkaConsumer<String, String> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        Wait patience = Wait.upTo(PATIENCE);
        while (!condition.call()) {
            assertThat(patience.isOver()).isFalse();
            patience.pause();
        }
    }
}
