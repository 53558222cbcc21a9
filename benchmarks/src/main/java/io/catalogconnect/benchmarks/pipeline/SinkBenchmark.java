package io.catalogconnect.benchmarks.pipeline;

import io.catalogconnect.benchmarks.catalog.CatalogBlock;
import io.catalogconnect.benchmarks.connectors.CountingSink;
import io.catalogconnect.benchmarks.duel.Duel;
import io.catalogconnect.benchmarks.duel.Figure;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code bigquery-partition-sink}, as it ships, writes catalogue rows through a Storage Write API that checks offsets and
 * drops rows; the baseline counts records. Each has a task that keeps running: both are paused while the topic is filled, and
 * then each is resumed alone. Time runs from resuming it to the acknowledgement of the last record.
 */
public final class SinkBenchmark {
    private static final String TOPIC = "products";
    private static final Map<String, String> HEADERS = Map.of(
            "s3.bucket", "catalog",
            "s3.key", "catalog/dt=2026-11-01/products.csv",
            "s3.etag", "d41d8cd98f00b204e9800998ecf8427e",
            "s3.last.modified", "2026-11-01T01:02:03Z",
            "file.date", "2026-11-01");

    private final BenchmarkStack stack;
    private final Path rowFile;
    private final int repeat;
    private final Contender writing;
    private final Contender counting;
    private int fills;

    /** A connector, and where it is seen that records are through it. */
    private record Contender(String connector, Map<String, String> config, Arrivals arrivals) {}

    private SinkBenchmark(
            BenchmarkStack stack, Path rowFile, int repeat, DroppingWriteServer server, CountReport report) {
        this.stack = stack;
        this.rowFile = rowFile;
        this.repeat = repeat;
        Map<String, String> config = stack.shipped("catalog-sink");
        config.put("topics", TOPIC);
        config.put("tables", TOPIC + ":products");
        config.put("bigquery.storage.endpoint", server.endpoint());
        writing = new Contender("writing", config, server.arrivals());
        Map<String, String> baseline = stack.shipped("catalog-sink");
        baseline.keySet().removeIf(key -> !key.startsWith("consumer.override."));
        baseline.put("connector.class", CountingSink.class.getName());
        baseline.put("tasks.max", "1");
        baseline.put("topics", TOPIC);
        baseline.put(CountingSink.REPORT_PORT, Integer.toString(report.port()));
        counting = new Contender("counting", baseline, report.arrivals());
    }

    /**
     * Runs the benchmark on a separate stack.
     *
     * @param home the project's folder, built
     * @param rows approximate number of records per run
     */
    public static Figure run(Path home, int rows, int rounds, Consumer<String> progress) throws Exception {
        try (BenchmarkStack stack = BenchmarkStack.start(home, progress);
                DroppingWriteServer server =
                        DroppingWriteServer.start(stack.stack().endpoints().bigQueryStorage());
                CountReport report = CountReport.start()) {
            CatalogBlock block = CatalogBlock.generate();
            Path rowFile = stack.folder().resolve("products.rows");
            block.writeRowFile(rowFile);
            SinkBenchmark benchmark =
                    new SinkBenchmark(stack, rowFile, Math.max(1, rows / CatalogBlock.ROWS), server, report);
            progress.accept(
                    "%,d records a run, %,d bytes of CSV each".formatted(benchmark.rows(), block.bytesPerRow()));
            benchmark.begin();
            Duel.Outcome outcome = new Duel("records/s", 1, progress)
                    .run(rounds, benchmark::refill, benchmark::writing, benchmark::counting);
            return new Figure(
                    "bigquery-partition-sink, one task",
                    "sink that counts",
                    "records/s",
                    outcome,
                    "ratio of 0.6 or more");
        }
    }

    private long rows() {
        return (long) repeat * CatalogBlock.ROWS;
    }

    /** Starts both sinks and leaves them paused, with tables, streams and connections there. */
    private void begin() throws Exception {
        stack.createTopic(TOPIC);
        stack.deploy(writing.connector(), writing.config());
        stack.deploy(counting.connector(), counting.config());
        fill(1);
        for (Contender sink : new Contender[] {writing, counting}) {
            sink.arrivals().await(CatalogBlock.ROWS);
            pause(sink);
        }
    }

    private void refill() throws Exception {
        stack.emptyTopic(TOPIC);
        fill(repeat);
        writing.arrivals().reset();
        counting.arrivals().reset();
    }

    private double writing() throws Exception {
        return measure(writing);
    }

    private double counting() throws Exception {
        return measure(counting);
    }

    private double measure(Contender sink) throws Exception {
        long begin = System.nanoTime();
        stack.stack().connect().resume(sink.connector());
        long end = sink.arrivals().await(rows());
        pause(sink);
        return rows() * 1e9 / (end - begin);
    }

    private void pause(Contender sink) throws InterruptedException {
        stack.stack().connect().pause(sink.connector());
        stack.awaitState(sink.connector(), "PAUSED");
    }

    /** Puts the block into the topic so often; returns when it is there. */
    private void fill(int times) throws Exception {
        String source = "fill-" + ++fills;
        long wanted = (long) times * CatalogBlock.ROWS;
        stack.deploy(source, stack.memorySource(TOPIC, rowFile, times, HEADERS));
        stack.await(wanted + " records of " + source, () -> {
            stack.checkedStatus(source);
            return stack.stack().connect().offsets(source).stream()
                    .anyMatch(entry -> entry.path("offset").path("row").asLong() == wanted);
        });
        stack.stack().connect().delete(source);
    }
}
