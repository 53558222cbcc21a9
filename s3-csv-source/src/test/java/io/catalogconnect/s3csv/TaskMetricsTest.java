package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.s3csv.metrics.Counters;
import io.catalogconnect.s3csv.metrics.TaskMetrics;
import io.catalogconnect.testkit.FakePluginMetrics;
import io.catalogconnect.testkit.MovableClock;
import io.catalogconnect.testkit.ReferencePage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskMetricsTest {

    private static final String HEAD = """
            # Metrics of the S3 CSV source

            Attributes of the MBean `kafka.connect:type=plugins,connector=<connector>,task=<number>` of each task, on workers of
            Kafka 4.1 and later. All values are integers. `objects-listed`, `objects-left-out`, `objects-unread`, `current-object-*`
            and `oldest-unread-age-ms` are gauges. The others are counters since the start of the task. This page is generated
            from the code.
            """;

    private final MemoryStore store = new MemoryStore();
    private final FakePluginMetrics metrics = new FakePluginMetrics.Worker().task();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "columns", "brand:string,category_id:int64",
            "bad.rows", "skip",
            "batch.max.rows", "2",
            "s3.retry.backoff.ms", "0",
            "poll.interval.ms", "1"));

    @Test
    void showHowFarTheTaskIs() throws InterruptedException {
        put("a.csv", "brand,category_id\nHP,1\nHP,x\nHP,2\nHP,3\n", 3_000);
        put("b.csv", "brand,category_id\nHP,4\n", 5_000);
        put("_SUCCESS", "", 5_000);
        store.cutAfter(20);
        S3CsvSourceTask task = new S3CsvSourceTask(config -> store, new MovableClock(), new Random(1));
        task.initialize(new ModernWorker(new FakeWorker(false), metrics));
        task.start(properties);

        assertThat(task.poll()).hasSize(2);

        assertThat(metrics.values())
                .containsEntry("objects-listed", 2L)
                .containsEntry("objects-left-out", 1L)
                .containsEntry("objects-unread", 1L)
                .containsEntry("objects-done", 0L)
                .containsEntry("listings", 1L)
                .containsEntry("rows", 2L)
                .containsEntry("malformed-rows", 1L)
                .containsEntry("reopens", 1L)
                .containsEntry("current-object-rows", 3L)
                .containsEntry("current-object-bytes", 33L)
                .containsEntry("current-object-percent", 86L)
                .containsEntry("oldest-unread-age-ms", 5_000L);
        while (task.poll() != null) {
            assertThat(metrics.values()).containsKey("rows");
        }
        assertThat(metrics.values())
                .containsEntry("objects-unread", 0L)
                .containsEntry("objects-done", 2L)
                .containsEntry("rows", 4L)
                .containsEntry("current-object-percent", 0L)
                .containsEntry("oldest-unread-age-ms", 0L);
    }

    @Test
    void oldestUnreadObjectIsTheOldestOneThatIsNotReadToItsEnd() throws InterruptedException {
        properties.put("batch.max.rows", "1");
        put("a.csv", "brand,category_id\nHP,1\nHP,2\n", 7_000);
        put("b.csv", "brand,category_id\nHP,3\nHP,4\n", 3_000);
        put("c.csv", "brand,category_id\nHP,5\nHP,6\n", 5_000);
        S3CsvSourceTask task = new S3CsvSourceTask(config -> store, new MovableClock(), new Random(1));
        task.initialize(new ModernWorker(new FakeWorker(false), metrics));
        task.start(properties);

        List<Object> ages = new ArrayList<>();
        for (List<SourceRecord> rows = task.poll(); rows != null; rows = task.poll()) {
            assertThat(rows).hasSize(1);
            ages.add(metrics.values().get("oldest-unread-age-ms"));
        }

        assertThat(ages).containsExactly(7_000L, 5_000L, 5_000L, 5_000L, 5_000L, 0L);
    }

    @Test
    void predecessorThatHangsDoesNotFailTheTaskAndItsMetricsAreReplacedWhenItEnds() throws InterruptedException {
        FakePluginMetrics.Worker worker = new FakePluginMetrics.Worker();
        FakePluginMetrics predecessor = worker.task();
        new TaskMetrics(new Counters(), new MovableClock())
                .register(new ModernWorker(new FakeWorker(false), predecessor));
        FakePluginMetrics own = worker.task();
        S3CsvSourceTask task = new S3CsvSourceTask(config -> store, new MovableClock(), new Random(1));
        task.initialize(new ModernWorker(new FakeWorker(false), own));

        task.start(properties);

        assertThat(task.poll()).isNull();
        assertThat(own.values()).isEmpty();
        predecessor.end();
        assertThat(task.poll()).isNull();
        assertThat(own.values()).hasSize(12).containsEntry("listings", 1L);
    }

    @Test
    void referencePageListsEveryMetric() throws IOException {
        new TaskMetrics(new Counters(), new MovableClock()).register(new ModernWorker(new FakeWorker(false), metrics));

        new ReferencePage().check("metrics/s3-csv-source.md", ReferencePage.metrics(HEAD, metrics.descriptions()));
    }

    private void put(String key, String text, long age) {
        store.put(
                key, text.getBytes(UTF_8), Instant.parse("2026-02-01T00:00:00Z").minusMillis(age));
    }

    /** A worker of 4.1 or later. */
    private record ModernWorker(FakeWorker worker, PluginMetrics pluginMetrics) implements SourceTaskContext {

        @Override
        public Map<String, String> configs() {
            return worker.configs();
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return worker.offsetStorageReader();
        }

        @Override
        public @Nullable TransactionContext transactionContext() {
            return worker.transactionContext();
        }
    }
}
