package io.catalogconnect.benchmarks.pipeline;

import io.catalogconnect.benchmarks.catalog.CatalogBlock;
import io.catalogconnect.benchmarks.connectors.CountingSink;
import io.catalogconnect.benchmarks.duel.Duel;
import io.catalogconnect.benchmarks.duel.Figure;
import io.catalogconnect.localstack.connect.Worker;
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

    /**
     * Settings of a worker with the converter. Its registry is a map in the converter's classes, which all connectors of the
     * worker share. The client for a registry's server also keeps each schema in a map, so a record costs the same.
     */
    private static final Map<String, String> AVRO = Map.of(
            "plugin.discovery", "hybrid_warn",
            "value.converter", "io.confluent.connect.avro.AvroConverter",
            "value.converter.schema.registry.url", "mock://benchmark");

    private final BenchmarkStack stack;
    private final Path rowFile;
    private final int repeat;
    private final Contender measured;
    private final Contender baseline;
    private int fills;

    /** A connector, and where it is seen that records are through it. */
    private record Contender(String connector, Map<String, String> config, Acknowledgements arrivals) {}

    private SinkBenchmark(BenchmarkStack stack, Path rowFile, int repeat, Contender measured, Contender baseline) {
        this.stack = stack;
        this.rowFile = rowFile;
        this.repeat = repeat;
        this.measured = measured;
        this.baseline = baseline;
    }

    private static Contender writing(BenchmarkStack stack, DroppingWriteServer server) {
        Map<String, String> config = writing(stack);
        config.put("bigquery.storage.endpoint", server.endpoint());
        return new Contender("writing", config, server.arrivals());
    }

    private static Map<String, String> writing(BenchmarkStack stack) {
        Map<String, String> config = stack.shipped("catalog-sink");
        config.put("topics", TOPIC);
        config.put("tables", TOPIC + ":products");
        return config;
    }

    private static Contender upserting(BenchmarkStack stack, DroppingWriteServer server) {
        Map<String, String> config = writing(stack, server).config();
        config.put("tables", TOPIC + ":products_current");
        config.put("write.mode", "upsert");
        config.put("upsert.key.source", "value");
        config.put("upsert.key.columns", "brand,category_id,year_release");
        config.remove("clustering.fields");
        return new Contender("upserting", config, server.arrivals());
    }

    private static Contender counting(BenchmarkStack stack, CountReport report) {
        Map<String, String> config = stack.shipped("catalog-sink");
        config.keySet().removeIf(key -> !key.startsWith("consumer.override."));
        config.put("connector.class", CountingSink.class.getName());
        config.put("tasks.max", "1");
        config.put("topics", TOPIC);
        config.put(CountingSink.REPORT_PORT, Integer.toString(report.port()));
        return new Contender("counting", config, report.arrivals());
    }

    /**
     * Compares the sink with a sink that counts, on a separate stack.
     *
     * @param home the project's folder, built
     * @param rows approximate number of records per run
     */
    public static Figure run(Path home, int rows, int rounds, Consumer<String> progress) throws Exception {
        try (BenchmarkStack stack = BenchmarkStack.start(home, progress)) {
            return new Figure(
                    "bigquery-partition-sink, one task",
                    "sink that counts",
                    "records/s",
                    compareWithCounting(stack, rows, rounds, progress),
                    "ratio of 0.6 or more");
        }
    }

    /** The same with Confluent's AvroConverter instead of JsonConverter, for the records in the topic too. */
    public static Figure runAvro(Path home, int rows, int rounds, Consumer<String> progress) throws Exception {
        Path converter = home.resolve("benchmarks").resolve("target").resolve("avro-converter");
        try (BenchmarkStack stack =
                BenchmarkStack.start(home, converter.toAbsolutePath(), Worker.DEFAULTS.withSettings(AVRO), progress)) {
            return new Figure(
                    "bigquery-partition-sink, AvroConverter",
                    "sink that counts",
                    "records/s",
                    compareWithCounting(stack, rows, rounds, progress),
                    "ratio of 0.9 or more");
        }
    }

    private static Duel.Outcome compareWithCounting(
            BenchmarkStack stack, int rows, int rounds, Consumer<String> progress) throws Exception {
        try (DroppingWriteServer server =
                        DroppingWriteServer.start(stack.stack().endpoints().bigQueryStorage());
                CountReport report = CountReport.start()) {
            return compare(stack, rows, rounds, writing(stack, server), counting(stack, report), progress);
        }
    }

    /** Compares upsert mode with append mode, on a separate stack. */
    public static Figure runUpsert(Path home, int rows, int rounds, Consumer<String> progress) throws Exception {
        try (BenchmarkStack stack = BenchmarkStack.start(home, progress);
                DroppingWriteServer upserts =
                        DroppingWriteServer.start(stack.stack().endpoints().bigQueryStorage());
                DroppingWriteServer appends =
                        DroppingWriteServer.start(stack.stack().endpoints().bigQueryStorage())) {
            Duel.Outcome outcome =
                    compare(stack, rows, rounds, upserting(stack, upserts), writing(stack, appends), progress);
            return new Figure(
                    "write.mode=upsert, one task", "write.mode=append", "records/s", outcome, "ratio of 0.8 or more");
        }
    }

    /**
     * Compares the sink with another one. Our rows go to local-bigquery, those of the other one to where its configuration
     * says. Both are done when the worker has committed their offsets.
     */
    static Figure runPeer(BenchmarkStack stack, Peer peer, int rows, int rounds, Consumer<String> progress)
            throws Exception {
        try (CommittedOffsets ours = new CommittedOffsets(stack, "writing", TOPIC);
                CommittedOffsets theirs = new CommittedOffsets(stack, "peer", TOPIC)) {
            Map<String, String> config = peer.config(TOPIC, stack.folder().resolve("products.csv"));
            config.putIfAbsent("topics", TOPIC);
            Duel.Outcome outcome = compare(
                    stack,
                    rows,
                    rounds,
                    new Contender("writing", writing(stack), ours),
                    new Contender("peer", config, theirs),
                    progress);
            return new Figure("bigquery-partition-sink", peer.connectorClass(), "records/s", outcome, "");
        }
    }

    private static Duel.Outcome compare(
            BenchmarkStack stack,
            int rows,
            int rounds,
            Contender measured,
            Contender baseline,
            Consumer<String> progress)
            throws Exception {
        CatalogBlock block = CatalogBlock.generate();
        Path rowFile = stack.folder().resolve("products.rows");
        block.writeRowFile(rowFile);
        SinkBenchmark benchmark =
                new SinkBenchmark(stack, rowFile, Math.max(1, rows / CatalogBlock.ROWS), measured, baseline);
        progress.accept("%,d records a run, %,d bytes of CSV each".formatted(benchmark.rows(), block.bytesPerRow()));
        benchmark.begin();
        Duel.Outcome outcome = new Duel("records/s", 1, progress)
                .run(rounds, benchmark::refill, () -> benchmark.measure(measured), () -> benchmark.measure(baseline));
        benchmark.resetCounts();
        return outcome;
    }

    private long rows() {
        return (long) repeat * CatalogBlock.ROWS;
    }

    /** Starts both sinks and leaves them paused, with tables, streams and connections there. */
    private void begin() throws Exception {
        stack.createTopic(TOPIC);
        stack.deploy(measured.connector(), measured.config());
        stack.deploy(baseline.connector(), baseline.config());
        fill(1);
        for (Contender sink : new Contender[] {measured, baseline}) {
            sink.arrivals().await(CatalogBlock.ROWS);
            pause(sink);
        }
    }

    private void refill() throws Exception {
        stack.emptyTopic(TOPIC);
        fill(repeat);
        resetCounts();
    }

    /** Fails if records arrived after the last ones that were awaited. */
    private void resetCounts() {
        measured.arrivals().reset();
        baseline.arrivals().reset();
    }

    private double measure(Contender sink) throws Exception {
        long begin = System.nanoTime();
        stack.stack().connect().resume(sink.connector());
        long end = sink.arrivals().await(rows());
        pause(sink);
        return rows() * 1e9 / (end - begin);
    }

    private void pause(Contender sink) throws Exception {
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
        stack.delete(source);
    }
}
