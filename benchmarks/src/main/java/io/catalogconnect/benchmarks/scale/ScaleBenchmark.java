package io.catalogconnect.benchmarks.scale;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Start, rebalance and writing of the sink for different numbers of lanes and dates, and publications of replace mode for
 * different numbers of dates, on a server with BigQuery's limits and latency. The tasks run in this process, so its processor
 * time is the time of the sink and of the generated records.
 */
public final class ScaleBenchmark {

    private static final int MOST_TASKS = 10;
    private static final int FEWEST_ROWS_PER_LANE = 500;
    /** Rounds of writing; the first one does not count. */
    private static final int ROUNDS = 4;

    private record Case(int lanes, int dates) {}

    /** Objects of different dates that are published together. */
    private record Publications(int dates, int tasks) {}

    private static final List<Publications> PUBLICATIONS = List.of(
            new Publications(1, 1), new Publications(10, 1), new Publications(100, 1), new Publications(100, 10));

    private record Writing(double rowsPerSecond, double cpuPerMillion, double appendsPerMillion) {}

    private static final List<Case> CASES = List.of(
            new Case(1, 1),
            new Case(10, 1),
            new Case(100, 1),
            new Case(1_000, 1),
            new Case(10, 365),
            new Case(10, 3_650));

    private final ScaleServer server;
    private final int rows;
    private final Consumer<String> progress;

    private ScaleBenchmark(ScaleServer server, int rows, Consumer<String> progress) {
        this.server = server;
        this.rows = rows;
        this.progress = progress;
    }

    /**
     * Runs the cases and returns the lines of a table.
     *
     * @param mostLanes cases with more lanes are left out
     */
    public static List<String> run(Path home, int rows, int mostLanes, Consumer<String> progress) throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add(line("", "", "", "start", "rebalance", "", "", "", "streams", "REST calls", "", "CPU s", "appends"));
        lines.add(line(
                "lanes",
                "tasks",
                "dates",
                "s",
                "s",
                "UPDATE",
                "INSERT",
                "SELECT",
                "created",
                "per lane",
                "rows/s",
                "/ M rows",
                "/ M rows"));
        try (ScaleServer server = ScaleServer.start(home)) {
            ScaleBenchmark benchmark = new ScaleBenchmark(server, rows, progress);
            benchmark.measure(new Case(10, 1), "warmup");
            for (Case each :
                    CASES.stream().filter(each -> each.lanes() <= mostLanes).toList()) {
                String line = benchmark.measure(each, "lanes" + each.lanes() + "dates" + each.dates());
                progress.accept(line);
                lines.add(line);
            }
            lines.add("");
            lines.add(
                    publicationLine("dates", "tasks", "s", "INSERT", "UPDATE", "SELECT", "jobs", "REST calls / date"));
            for (Publications each : PUBLICATIONS) {
                String line = benchmark.measure(each, "replace" + each.dates() + "tasks" + each.tasks());
                progress.accept(line);
                lines.add(line);
            }
        }
        return lines;
    }

    /** Publishes objects that arrive at the same time in a new table. */
    private String measure(Publications wanted, String name) throws Exception {
        progress.accept("== %,d dates published by %,d tasks".formatted(wanted.dates(), wanted.tasks()));
        Map<String, String> replace = Map.of("write.mode", "replace", "replace.min.interval.ms", "0");
        try (ScaleTasks tasks =
                new ScaleTasks(server, name, wanted.tasks(), wanted.tasks(), 0, replace, SinkRows.CATALOGUE)) {
            Map<String, Long> statementsBefore = server.statements();
            Map<String, Long> callsBefore = server.calls();
            double seconds = tasks.publish(wanted.dates());
            Map<String, Long> calls = server.calls();
            Map<String, Long> statements = server.statements();
            return publicationLine(
                    wanted.dates(),
                    wanted.tasks(),
                    number(seconds),
                    difference("INSERT", statements, statementsBefore),
                    difference("UPDATE", statements, statementsBefore),
                    difference("SELECT", statements, statementsBefore),
                    difference(ScaleServer.PUBLICATION, statements, statementsBefore),
                    number((double) (difference("GET", calls, callsBefore) + difference("POST", calls, callsBefore))
                            / wanted.dates()));
        }
    }

    private static String publicationLine(Object... cells) {
        return String.format(Locale.ROOT, "%6s %6s | %8s %7s %7s %7s %7s %18s", cells);
    }

    private String measure(Case wanted, String name) throws Exception {
        int lanes = wanted.lanes();
        int tasks = Math.min(MOST_TASKS, lanes);
        progress.accept("== %,d lanes, %,d dates".formatted(lanes, wanted.dates()));
        double start;
        long startBegin = System.nanoTime();
        try (ScaleTasks first = new ScaleTasks(server, name, lanes, tasks, 0)) {
            first.write(0, 1, wanted.dates());
            start = secondsSince(startBegin);
        }
        Map<String, Long> statementsBefore = server.statements();
        Map<String, Long> callsBefore = server.calls();
        long rebalanceBegin = System.nanoTime();
        try (ScaleTasks next = new ScaleTasks(server, name, lanes, tasks, 1)) {
            next.write(1, 1, wanted.dates());
            double rebalance = secondsSince(rebalanceBegin);
            Map<String, Long> calls = server.calls();
            Map<String, Long> statements = server.statements();
            int perLane = Math.max(FEWEST_ROWS_PER_LANE, rows / lanes);
            List<Writing> rounds = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                rounds.add(write(next, 2 + (long) round * perLane, perLane, wanted));
            }
            Writing writing = rounds.subList(1, ROUNDS).stream()
                    .sorted(Comparator.comparingDouble(Writing::cpuPerMillion))
                    .toList()
                    .get((ROUNDS - 1) / 2);
            return line(
                    lanes,
                    tasks,
                    wanted.dates(),
                    number(start),
                    number(rebalance),
                    difference("UPDATE", statements, statementsBefore),
                    difference("INSERT", statements, statementsBefore),
                    difference("SELECT", statements, statementsBefore),
                    difference("CreateWriteStream", calls, callsBefore),
                    number((double) (difference("GET", calls, callsBefore) + difference("POST", calls, callsBefore))
                            / lanes),
                    "%,.0f".formatted(writing.rowsPerSecond()),
                    number(writing.cpuPerMillion()),
                    "%,.0f".formatted(writing.appendsPerMillion()));
        }
    }

    private Writing write(ScaleTasks tasks, long from, int perLane, Case wanted) throws Exception {
        double millions = (double) perLane * wanted.lanes() / 1e6;
        Map<String, Long> callsBefore = server.calls();
        long cpuBefore = cpuNanos();
        double seconds = tasks.write(from, perLane, wanted.dates());
        double cpu = (cpuNanos() - cpuBefore) / 1e9;
        return new Writing(
                millions * 1e6 / seconds,
                cpu / millions,
                difference("AppendRows", server.calls(), callsBefore) / millions);
    }

    private static long difference(String key, Map<String, Long> after, Map<String, Long> before) {
        return after.getOrDefault(key, 0L) - before.getOrDefault(key, 0L);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static String number(double value) {
        return "%.1f".formatted(value);
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%6s %6s %6s | %8s %9s %7s %7s %7s %7s %10s | %8s %10s %12s", cells);
    }
}
