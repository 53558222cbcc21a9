package io.catalogconnect.localstack.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.kafka.Topics;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.JavaProcess;
import io.catalogconnect.localstack.s3.S3Server;
import io.catalogconnect.toolkit.rest.ConnectRest;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A source that reads twenty files on a separate worker, which is killed repeatedly. For one thread. */
final class CrashingSource implements AutoCloseable {
    static final int FILES = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int POLLS_BETWEEN_LOOKS = 100;
    static final String BUCKET = "crashes";

    private final Mode mode;
    private final StackLayout layout;
    private final String bootstrap;
    private final Map<String, String> environment;
    private final Random random;
    private final int port;
    private final Ledger ledger;
    private final S3Client s3;
    private final KafkaConsumer<String, byte[]> consumer;
    private final ConnectRest connect;
    private JavaProcess worker;
    private int kills;
    private int restarts;
    private int polls;
    private Wait patience = Wait.upTo(PATIENCE);

    /** What the worker promises. */
    enum Mode {
        EXACTLY_ONCE(1),
        AT_LEAST_ONCE(2);

        private final long seed;

        Mode(long seed) {
            this.seed = seed;
        }

        String lower() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private CrashingSource(
            Mode mode, StackLayout layout, int port, String bootstrap, S3Server server, Topics topics, int rowsOfFile)
            throws IOException, InterruptedException, ExecutionException {
        this.mode = mode;
        this.layout = layout;
        this.bootstrap = bootstrap;
        this.random = new Random(mode.seed);
        this.environment = Map.of(
                "CATALOG_S3_ENDPOINT", server.endpoint(),
                "CATALOG_S3_ACCESS_KEY", S3Server.ACCESS_KEY,
                "CATALOG_S3_SECRET_KEY", S3Server.SECRET_KEY);
        this.port = port;
        Map<String, LongPredicate> wanted =
                Map.of(topic("raw"), row -> true, topic("team-a"), Rows::hasImage, topic("team-b"), Rows::isSamsung);
        this.ledger = new Ledger(wanted, rowsOfFile);
        this.s3 = client(server);
        topics.create(wanted.keySet());
        for (int file = 0; file < FILES; file++) {
            String key = prefix() + "dt=2026-11-01/" + file + ".csv";
            s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(Rows.csv(rowsOfFile)));
        }
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "max.poll.records", 5_000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = wanted.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.worker = startWorker();
        this.connect = new ConnectRest("http://127.0.0.1:" + port, () -> this.worker.checkRunning());
        connect.put(definition());
    }

    /** Puts the files into the bucket, and starts the worker and the connector. */
    static CrashingSource start(
            Mode mode, StackLayout layout, int port, String bootstrap, S3Server server, Topics topics, int rowsOfFile)
            throws IOException, InterruptedException, ExecutionException {
        return new CrashingSource(mode, layout, port, bootstrap, server, topics, rowsOfFile);
    }

    static S3Client client(S3Server server) {
        return S3Client.builder()
                .endpointOverride(URI.create(server.endpoint()))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)))
                .build();
    }

    static void createBucket(S3Server server) {
        try (S3Client client = client(server)) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }

    private String topic(String name) {
        return mode.lower() + "." + name;
    }

    private String prefix() {
        return mode.lower() + "/catalog/";
    }

    private JavaProcess startWorker() throws IOException, InterruptedException {
        String group = mode.lower();
        Map<String, String> settings = Map.of(
                "group.id",
                group,
                "config.storage.topic",
                group + "-configs",
                "offset.storage.topic",
                group + "-offsets",
                "status.storage.topic",
                group + "-status",
                "exactly.once.source.support",
                mode == Mode.EXACTLY_ONCE ? "enabled" : "disabled",
                // A killed worker is missed for this long.
                "session.timeout.ms",
                "6000",
                "heartbeat.interval.ms",
                "1000");
        JavaProcess started = Worker.start(
                layout, new Worker.Options("connect", "1g").withSettings(settings), port, bootstrap, environment);
        started.awaitReady(PATIENCE);
        return started;
    }

    private ConnectorDefinition definition() {
        Map<String, String> config = new HashMap<>(Map.of(
                "tasks.max", "2",
                "s3.prefix", prefix(),
                "topic", topic("raw"),
                "copy.topics", topic("team-a") + "," + topic("team-b"),
                "object.end.markers", "true",
                "batch.max.rows", "500",
                "transaction.rows", "1000",
                "transaction.max.bytes", "10000",
                "poll.interval.ms", "500"));
        config.putAll(Map.of(
                "cleanup", "move",
                "cleanup.move.prefix", "done/",
                "cleanup.interval.ms", "200",
                "transforms", "teams",
                "transforms.teams.type", "io.catalogconnect.transforms.ConditionFilter",
                "transforms.teams.conditions.by.topic",
                        topic("team-a") + ": present(value.image)\n" + topic("team-b")
                                + ": value.brand == \"Samsung\""));
        if (mode == Mode.EXACTLY_ONCE) {
            config.put("exactly.once.support", "required");
            config.put("transaction.boundary", "connector");
            // A worker starts when the transactions of the one that was killed have timed out: it reads the offsets to
            // their end.
            config.put("producer.override.transaction.timeout.ms", "10000");
        }
        return SourceDefinition.of(
                mode.lower(),
                "${env:CATALOG_S3_ENDPOINT}",
                "${env:CATALOG_S3_ACCESS_KEY}",
                "${env:CATALOG_S3_SECRET_KEY}",
                config);
    }

    /**
     * Kills the worker at a random moment before the given number of further rows has arrived, and starts it again.
     *
     * @param rows at most this many rows later, and then some
     */
    void kill(int rows) throws IOException, InterruptedException {
        long target = ledger.arrived() + random.nextInt(rows);
        patience = Wait.upTo(PATIENCE);
        while (ledger.arrived() < target) {
            poll();
        }
        assertThat(ledger.isComplete(FILES))
                .as(this + " has nothing left to read")
                .isFalse();
        LockSupport.parkNanos(random.nextInt(300_000_000));
        worker.kill();
        kills++;
        worker = startWorker();
    }

    /** Reads on until every file has ended on every topic, and has been moved. */
    Ledger finish() throws InterruptedException {
        patience = Wait.upTo(PATIENCE);
        while (!ledger.isComplete(FILES) || count("done/" + prefix()) < FILES || count(prefix()) > 0) {
            poll();
        }
        poll();
        return ledger;
    }

    private int count(String prefix) {
        return s3.listObjectsV2(request -> request.bucket(BUCKET).prefix(prefix))
                .contents()
                .size();
    }

    /** Takes what has arrived; fails when nothing has for long. */
    private void poll() throws InterruptedException {
        assertThat(patience.isOver()).as(this + ", and nothing more").isFalse();
        worker.checkRunning();
        long before = ledger.arrived();
        if (++polls % POLLS_BETWEEN_LOOKS == 0) {
            lookAtTasks();
        }
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            if (record.headers().lastHeader("catalog.control") == null) {
                ledger.row(record.topic(), record.key(), number(record, "csv.row"));
            } else {
                ledger.marker(
                        record.topic(), record.key(), number(record, "object.rows"), number(record, "object.rejects"));
            }
        }
        if (ledger.arrived() > before) {
            patience = Wait.upTo(PATIENCE);
        }
    }

    /**
     * Restarts a task, as an operator would, that a broker on a busy machine did not answer in time. Nothing else may
     * end one.
     */
    private void lookAtTasks() throws InterruptedException {
        Optional<String> failure = connect.status(mode.lower()).failure();
        if (failure.isPresent()) {
            assertThat(failure.get())
                    .as(this + " has failed")
                    .contains("org.apache.kafka.common.errors.TimeoutException");
            System.out.println(this + " is started again: " + failure.get());
            restarts++;
            connect.restartFailed(mode.lower());
        }
    }

    private static long number(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        assertThat(header)
                .as("header %s of a record of %s", name, record.topic())
                .isNotNull();
        return Long.parseLong(new String(header.value(), UTF_8));
    }

    @Override
    public String toString() {
        return mode.lower() + ": " + kills + " kills, " + restarts + " restarts of a task, " + ledger.arrived()
                + " rows and markers arrived, " + ledger.doubled() + " of them again";
    }

    @Override
    public void close() {
        worker.close();
        consumer.close();
        s3.close();
    }
}
