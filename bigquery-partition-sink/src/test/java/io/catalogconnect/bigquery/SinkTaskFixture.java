package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.commit.TakeOverPorts;
import io.catalogconnect.bigquery.flow.SinkPorts;
import io.catalogconnect.bigquery.simulation.HistoryTables;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import io.catalogconnect.bigquery.simulation.SimulatedCheckpoints;
import io.catalogconnect.bigquery.simulation.SimulatedVersions;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;

/** A task that writes to an in-memory BigQuery and is called as by a worker; also creates its records. */
final class SinkTaskFixture {

    static final Schema PRODUCT = SchemaBuilder.struct()
            .name("io.catalogconnect.Product")
            .field("brand", Schema.STRING_SCHEMA)
            .field("category_id", Schema.INT64_SCHEMA)
            .field("comment", Schema.OPTIONAL_STRING_SCHEMA)
            .field("catalog_date", org.apache.kafka.connect.data.Date.SCHEMA)
            .build();
    static final TopicPartition RAW = new TopicPartition("products.raw", 0);
    static final TopicPartition TEAM = new TopicPartition("products.team-a", 0);

    final SimulatedBigQuery service = SimulatedBigQuery.answeringAtOnce();
    final SimulatedCheckpoints checkpoints = new SimulatedCheckpoints(service, new Random(1));
    final SimulatedVersions versions = new SimulatedVersions(service, new Random(1), new HistoryTables(service));
    /** Runs the calls about tables. */
    Executor blocking = Runnable::run;

    boolean portsAreReleased;
    final RecordingContext context = new RecordingContext();
    final Map<String, String> properties = new HashMap<>(Map.of(
            "name", "catalog-sink",
            "bigquery.project", "p",
            "bigquery.dataset", "d",
            "bigquery.credentials", "none",
            "tables", "products.raw:products_raw,products.team-a:products_team_a",
            "partition.field", "catalog_date",
            "clustering.fields", "brand",
            "settle.timeout.ms", "50",
            "retry.backoff.ms", "1",
            "retry.backoff.max.ms", "2"));
    private final Clock clock;
    BigQueryPartitionSinkTask task;

    SinkTaskFixture() {
        this(Clock.systemUTC());
    }

    SinkTaskFixture(Clock clock) {
        this.clock = clock;
        this.task = newTask();
    }

    private BigQueryPartitionSinkTask newTask() {
        return new BigQueryPartitionSinkTask(config -> ports(), clock);
    }

    private SinkPorts ports() {
        return new SinkPorts(
                service,
                new TakeOverPorts(service, checkpoints, service),
                service,
                versions,
                versions,
                work -> blocking.execute(work),
                () -> portsAreReleased = true);
    }

    void start(TopicPartition... partitions) {
        task.initialize(context);
        task.start(properties);
        task.open(List.of(partitions));
    }

    /** Stops the task and starts a new one without any state of the first. */
    void restart(TopicPartition... partitions) {
        stop();
        task = newTask();
        start(partitions);
    }

    void stop() {
        task.stop();
    }

    void putUntilSettled(SinkRecord... records) {
        task.put(List.of(records));
        Awaitility.await().until(() -> {
            context.timeouts.clear();
            task.put(List.of());
            return context.timeouts.isEmpty();
        });
    }

    /** Calls the task until all work that needs no waiting is done. */
    void pump() {
        for (int i = 0; i < 20; i++) {
            task.put(List.of());
        }
    }

    Map<TopicPartition, OffsetAndMetadata> preCommit(Object... partitionsAndOffsets) {
        return task.preCommit(offsets(partitionsAndOffsets));
    }

    static Map<TopicPartition, OffsetAndMetadata> offsets(Object... partitionsAndOffsets) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (int i = 0; i < partitionsAndOffsets.length; i += 2) {
            offsets.put(
                    (TopicPartition) partitionsAndOffsets[i],
                    new OffsetAndMetadata(((Number) partitionsAndOffsets[i + 1]).longValue()));
        }
        return offsets;
    }

    static SinkRecord schemaless(long offset, Map<String, Object> value) {
        return new SinkRecord("products.raw", 0, null, "k", null, value, offset);
    }

    static SinkRecord withHeaders(long offset, Object[] namesAndValues) {
        ConnectHeaders headers = new ConnectHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add((String) namesAndValues[i], namesAndValues[i + 1], null);
        }
        return new SinkRecord(
                "products.raw", 0, null, "k", PRODUCT, product("HP"), offset, 5L, TimestampType.CREATE_TIME, headers);
    }

    static SinkRecord record(TopicPartition from, long offset, String brand) {
        return new SinkRecord(
                from.topic(), from.partition(), Schema.STRING_SCHEMA, "k", PRODUCT, product(brand), offset);
    }

    static SinkRecord record(TopicPartition from, long offset, String brand, long timestamp) {
        return new SinkRecord(
                from.topic(),
                from.partition(),
                Schema.STRING_SCHEMA,
                "k",
                PRODUCT,
                product(brand),
                offset,
                timestamp,
                TimestampType.CREATE_TIME);
    }

    static Struct product(String brand) {
        return new Struct(PRODUCT)
                .put("brand", brand)
                .put("category_id", 7L)
                .put("catalog_date", Date.from(Instant.parse("2026-01-31T00:00:00Z")));
    }
}
