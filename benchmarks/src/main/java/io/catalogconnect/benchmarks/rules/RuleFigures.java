package io.catalogconnect.benchmarks.rules;

import io.catalogconnect.benchmarks.duel.Duel;
import io.catalogconnect.benchmarks.duel.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link SamsungRuleBenchmark} whole; every contender beside the predicate that is written by hand. */
public final class RuleFigures {
    private static final String BY_HAND = "handWritten";
    private static final Map<String, String> NAMES = new TreeMap<>(Map.of(
            "compiledRule", "the rule",
            "transformation", "the whole ConditionFilter",
            "plainCel", "plain CEL over a Map",
            "debeziumStyleGroovy", "a Groovy script, as Debezium's filter"));

    private RuleFigures() {}

    /** Times for one record, in nanoseconds: less is better. */
    public static List<Figure> run(Consumer<String> progress) throws RunnerException {
        progress.accept("JMH, 15 benchmarks of nine seconds");
        Map<String, Map<String, RunResult>> byRecords = new TreeMap<>();
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(SamsungRuleBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run()) {
            byRecords
                    .computeIfAbsent(result.getParams().getParam("records"), records -> new TreeMap<>())
                    .put(result.getPrimaryResult().getLabel(), result);
        }
        List<Figure> figures = new ArrayList<>();
        byRecords.forEach((records, results) -> NAMES.forEach((benchmark, name) -> {
            RunResult result = find(results, benchmark);
            figures.add(new Figure(
                    name + ", " + records,
                    "by hand",
                    "ns",
                    new Duel.Outcome(List.of(score(result)), List.of(score(find(results, BY_HAND)))),
                    "%.1f B/op".formatted(allocated(result))
                            + (benchmark.equals("compiledRule") ? ", 40 ns or less and 8 B or less" : "")));
        }));
        return figures;
    }

    private static RunResult find(Map<String, RunResult> results, String benchmark) {
        RunResult result = results.get(benchmark);
        if (result == null) {
            throw new IllegalStateException("JMH has no result of " + benchmark + ", only of " + results.keySet());
        }
        return result;
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static double allocated(RunResult result) {
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith("gc.alloc.rate.norm")) {
                return result.getSecondaryResults().get(name).getScore();
            }
        }
        throw new IllegalStateException("JMH has not measured what is allocated, only "
                + result.getSecondaryResults().keySet());
    }
}
