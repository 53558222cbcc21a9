package io.catalogconnect.localstack.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who runs the sink sees of it on a real worker with 256 MB of heap: metrics, log lines, memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SinkOperationIT {

    private static final long MEGABYTE = 1 << 20;

    private ObservedWorker worker;
    private FaultStage stage;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        worker = new ObservedWorker();
        stage = new FaultStage(directory, worker.options("256m"));
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void metricsTellWhatTasksDoAndLogLinesNameConnectorPartitionAndStream() throws Exception {
        SinkJob job = new SinkJob("observed", List.of("observed"), "observed")
                .with("tombstones", "skip")
                .with("errors.tolerance", "all");
        stage.start(job);
        stage.publisher().publish("observed", 300);
        stage.awaitCommitted(job);
        stage.faults().add(ofRows("\"effect\":\"ERROR\",\"code\":\"UNAVAILABLE\",\"skip\":1,\"count\":3"));
        stage.publisher().publish("observed", 300);
        stage.awaitCommitted(job);
        stage.faults().add(ofRows("\"effect\":\"LOSE_STREAM\",\"skip\":1"));
        stage.publisher().publish("observed", 300);
        stage.publisher().publishTombstone("observed");
        stage.publisher().publishUndated("observed");
        stage.awaitCommitted(job);
        stage.faults().clear();
        stage.awaitEachRowOnce(job);

        Map<String, Long> metrics = worker.metrics("observed");
        assertThat(metrics)
                .containsEntry("rows-acknowledged", 900L)
                .containsEntry("rejected-records", 1L)
                .containsEntry("tombstones", 1L)
                .containsEntry("appends-in-flight", 0L)
                .containsEntry("bytes-waiting", 0L);
        assertThat(metrics.get("rows-sent")).isGreaterThan(900);
        assertThat(metrics.get("take-overs")).isGreaterThan(3);
        assertThat(metrics.get("bytes-sent")).isGreaterThan(metrics.get("rows-sent"));

        List<String> ofTasks = stage.log("connect")
                .lines()
                .filter(line -> line.contains("[observed|task-") && line.contains("(io.catalogconnect.bigquery."))
                .toList();
        assertThat(ofTasks)
                .anyMatch(line -> line.contains(": writing stream "))
                .anyMatch(line -> line.contains(" appends again in "))
                .anyMatch(line -> line.contains("retrying the take-over in "))
                .anyMatch(line -> line.contains("Skipped: "))
                .allMatch(line -> line.matches(".*\\bobserved: (record at )?observed-[0-2]\\b.*"));
        assertThat(ofTasks)
                .filteredOn(line -> line.contains("(io.catalogconnect.bigquery.commit."))
                .allMatch(line -> line.matches(
                        ".*: observed-[0-2] -> observed: .*\\bstream (none yet|projects/\\S+/streams/\\S+|it)\\b.*"));
        stage.stop(job);
    }

    /** A fault of appends to the table: an append of checkpoints would not make the writer append rows again. */
    private static String ofRows(String members) {
        return "{" + members + ",\"method\":\"AppendRows\",\"resource\":\"tables/observed/\"}";
    }

    @Test
    void heapDoesNotGrowWithTheNumberOfRecords() throws Exception {
        theHeapStaysFlat("flat", 40_000);
    }

    @Test
    @Tag("soak")
    void heapDoesNotGrowWithFiveMillionRecords() throws Exception {
        theHeapStaysFlat("millions", 5_000_000);
    }

    private void theHeapStaysFlat(String name, int records) throws Exception {
        int parts = 8;
        SinkJob job = new SinkJob(name, List.of(name), name).with("append.max.rows", "1000");
        stage.start(job);
        List<Long> live = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            stage.publisher().publishNumbered(name, records / parts);
            stage.awaitCommitted(job);
            live.add(worker.liveHeapBytes() / MEGABYTE);
        }
        System.out.println("Heap in use after each eighth of " + records + " records, in MiB: " + live);
        long before = live.subList(0, parts / 2).stream()
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
        long after = live.subList(parts / 2, parts).stream()
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
        assertThat(after).isLessThanOrEqualTo(before + 8);
        assertThat(stage.rowCount(job)).isEqualTo(records);
        assertThat(stage.distinctItems(job)).isEqualTo(records);
        stage.stop(job);
    }
}
