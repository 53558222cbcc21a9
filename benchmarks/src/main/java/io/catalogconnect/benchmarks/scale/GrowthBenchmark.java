package io.catalogconnect.benchmarks.scale;

import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * CPU time, allocated bytes and heap of one task of the source for more objects and columns, and of one task of the sink for more
 * topic partitions, dates and columns. All cases of a part have the same number of cells, so that they take the same time if the
 * cost is proportional. The tasks run in this process, and the servers in other processes, so the tasks and the loop that calls
 * them cause all the cost.
 */
public final class GrowthBenchmark {

    private static final int COLUMNS = 10;
    /** Runs of a case; the result is the run with the median of CPU time. */
    private static final int ROUNDS = 3;

    /** A case with more objects runs once, because it takes minutes. */
    private static final int MOST_OBJECTS_OF_ROUNDS = 10_000;

    private static final int WARM_UP_OBJECTS = 1_000;

    /** @param pieces objects of the source, or topic partitions of the sink */
    private record Case(int pieces, int dates, int columns) {}

    private static final List<Case> SOURCE = List.of(
            new Case(1, 1, COLUMNS),
            new Case(100, 1, COLUMNS),
            new Case(10_000, 1, COLUMNS),
            new Case(100_000, 1, COLUMNS),
            new Case(1, 1, 100),
            new Case(1, 1, 1_000));

    private static final List<Case> SINK = List.of(
            new Case(1, 1, COLUMNS),
            new Case(8, 1, COLUMNS),
            new Case(64, 1, COLUMNS),
            new Case(1, 365, COLUMNS),
            new Case(1, 3_650, COLUMNS),
            new Case(1, 1, 100),
            new Case(1, 1, 1_000));

    private final ScaleServer server;
    private final int port;
    private final Path connectors;
    private final int rows;
    private final Consumer<String> progress;

    private GrowthBenchmark(ScaleServer server, int port, Path connectors, int rows, Consumer<String> progress) {
        this.server = server;
        this.port = port;
        this.connectors = connectors;
        this.rows = rows;
        this.progress = progress;
    }

    /**
     * Runs the cases and returns the lines of a table for each part.
     *
     * @param home the project's folder, built
     * @param rows rows of a case with ten columns. Cases with more objects than rows are left out
     */
    public static List<String> run(Path home, int rows, Consumer<String> progress) throws Exception {
        List<String> lines = new ArrayList<>();
        try (ScaleServer server = ScaleServer.start(home);
                JavaProcess objects = JavaProcess.start(objectServer(server.layout()))) {
            String ready = objects.awaitReady(Duration.ofMinutes(1));
            int port = Integer.parseInt(ready.substring(ObjectServer.READY.length()));
            GrowthBenchmark benchmark =
                    new GrowthBenchmark(server, port, server.layout().connectors(), rows, progress);
            lines.add("s3-csv-source");
            lines.addAll(Growth.table("object", benchmark.source()));
            lines.add("");
            lines.add("bigquery-partition-sink");
            lines.addAll(Growth.table("partition", benchmark.sink()));
        }
        return lines;
    }

    private static JavaProcess.Command objectServer(StackLayout layout) {
        return new JavaProcess.Command(
                "The S3 server",
                layout.classPath("benchmarks"),
                ObjectServer.class.getName(),
                // Its answers have two parts, and the second one would wait for the acknowledgement of the first one.
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dsun.net.httpserver.nodelay=true"),
                List.of(),
                Map.of(),
                ObjectServer.READY,
                layout.temporary("objects"),
                layout.log("objects"));
    }

    private List<Growth> source() throws Exception {
        int warmUp = Math.min(WARM_UP_OBJECTS, rows);
        progress.accept("== source, warm-up");
        SourceRun.read(connectors, port, new GeneratedObjects(warmUp, rows / warmUp, COLUMNS));
        List<Growth> results = new ArrayList<>();
        for (Case each : SOURCE) {
            if (each.pieces() > rows) {
                continue;
            }
            GeneratedObjects objects =
                    new GeneratedObjects(each.pieces(), rowsOf(each) / each.pieces(), each.columns());
            progress.accept("== source, %,d objects, %,d columns".formatted(each.pieces(), each.columns()));
            int rounds = each.pieces() > MOST_OBJECTS_OF_ROUNDS ? 1 : ROUNDS;
            Cost cost = median(rounds, () -> SourceRun.read(connectors, port, objects));
            results.add(new Growth(each.pieces(), objects.dates(), each.columns(), cost));
        }
        return results;
    }

    private List<Growth> sink() throws Exception {
        progress.accept("== sink, warm-up");
        sink(new Case(1, 1, COLUMNS), "warmup");
        List<Growth> results = new ArrayList<>();
        for (Case each : SINK) {
            progress.accept("== sink, %,d topic partitions, %,d dates, %,d columns"
                    .formatted(each.pieces(), each.dates(), each.columns()));
            String name = "partitions" + each.pieces() + "dates" + each.dates() + "columns" + each.columns();
            results.add(new Growth(each.pieces(), each.dates(), each.columns(), sink(each, name)));
        }
        return results;
    }

    /** Starts a task that takes its partitions over with a row of each, and then writes the rounds. */
    private Cost sink(Case wanted, String name) throws Exception {
        SinkRows values = new WideRows(wanted.columns(), wanted.dates());
        int perPartition = Math.max(1, rowsOf(wanted) / wanted.pieces());
        long heapBefore = CostMeter.liveHeapBytes();
        try (ScaleTasks tasks = new ScaleTasks(server, name, wanted.pieces(), 1, 0, Map.of(), values)) {
            tasks.write(0, 1, wanted.dates());
            long[] offset = {1};
            Cost cost = median(ROUNDS, () -> {
                CostMeter meter = new CostMeter();
                meter.start();
                tasks.write(offset[0], perPartition, wanted.dates());
                meter.stop();
                offset[0] += perPartition;
                return new Cost(
                        (long) perPartition * wanted.pieces(),
                        meter.cpuSeconds(),
                        meter.allocatedBytes(),
                        CostMeter.liveHeapBytes() - heapBefore,
                        0);
            });
            server.checkRows(tasks.table(), offset[0] * wanted.pieces());
            return cost;
        }
    }

    private int rowsOf(Case wanted) {
        return Math.max(1, rows / (wanted.columns() / COLUMNS));
    }

    private Cost median(int rounds, Callable<Cost> run) throws Exception {
        List<Cost> costs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Cost cost = run.call();
            progress.accept("  %,d rows, %.2f CPU s, %,.0f MB allocated, %.1f MB of heap"
                    .formatted(cost.rows(), cost.cpuSeconds(), cost.allocatedBytes() / 1e6, cost.heapBytes() / 1e6));
            costs.add(cost);
        }
        costs.sort(Comparator.comparingDouble(Cost::cpuSeconds));
        return costs.get(rounds / 2);
    }
}
