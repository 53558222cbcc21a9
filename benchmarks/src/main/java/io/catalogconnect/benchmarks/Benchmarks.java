package io.catalogconnect.benchmarks;

import io.catalogconnect.benchmarks.csv.CsvReadBenchmark;
import io.catalogconnect.benchmarks.duel.Duel;
import io.catalogconnect.benchmarks.duel.Figure;
import io.catalogconnect.benchmarks.duel.JmhContender;
import io.catalogconnect.benchmarks.duel.StoredRatios;
import io.catalogconnect.benchmarks.encoder.RowEncoderBenchmark;
import io.catalogconnect.benchmarks.localbigquery.CommittedStreamBenchmark;
import io.catalogconnect.benchmarks.pipeline.PeerBenchmark;
import io.catalogconnect.benchmarks.pipeline.SinkBenchmark;
import io.catalogconnect.benchmarks.pipeline.SourceBenchmark;
import io.catalogconnect.benchmarks.rules.RuleFigures;
import io.catalogconnect.benchmarks.scale.GrowthBenchmark;
import io.catalogconnect.benchmarks.scale.ScaleBenchmark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code benchmarks/run} runs. */
@Command(
        name = "benchmarks/run",
        description = "Measures parts of the pipeline, each by turns with its baseline, and prints one table.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Benchmarks implements Callable<Integer> {
    private static final int JMH_ROUNDS = 3;

    /** What can be measured. */
    enum Name {
        SOURCE,
        SINK,
        AVRO,
        UPSERT,
        ENCODER,
        CSV,
        LOCAL_BIGQUERY,
        RULES,
        SCALE,
        GROWTH,
        PEERS
    }

    private final PrintWriter out;
    private final PrintWriter err;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "What to measure: ${COMPLETION-CANDIDATES}, in small letters too; all but peers without one.")
    private List<Name> names = new ArrayList<>();

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "300000",
            description =
                    "Rows of one run of source, sink, avro, upsert, local_bigquery, scale and growth. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "6",
            description = "Rounds of source, sink, avro, upsert and local_bigquery that count, after one that does"
                    + " not. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Most lanes of scale, which leaves out the cases with more. Default: ${DEFAULT-VALUE}.")
    private int lanes;

    @Option(
            names = "--plugin",
            paramLabel = "DIR",
            description = "Plugin folder of the connector that peers compares with ours.")
    private @Nullable Path plugin;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Configuration of that connector in JSON. {topic} stands for the topic, {file} for the CSV file.")
    private @Nullable Path config;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Write the ratios to this file. It keeps those of benchmarks that do not run.")
    private @Nullable Path save;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Compare the ratios with those of an earlier --save. Exit code 1 if one is slower.")
    private @Nullable Path compare;

    @Option(names = "--home", hidden = true, required = true)
    private Path home = Path.of("");

    Benchmarks(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Exit code 2 for wrong options, 1 when a benchmark fails or has become slower. */
    public static void main(String[] arguments) {
        Benchmarks benchmarks = new Benchmarks(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        System.exit(new CommandLine(benchmarks)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> benchmarks.explain(failure))
                .execute(arguments));
    }

    /** A wrong file needs a message, all else its stack trace too. */
    private int explain(Exception failure) throws Exception {
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            err.println("benchmarks/run: " + failure.getMessage());
            return 1;
        }
        throw failure;
    }

    @Override
    public Integer call() throws Exception {
        StoredRatios before = compare == null ? null : StoredRatios.read(compare);
        List<Figure> figures = new ArrayList<>();
        for (Name name : names.isEmpty() ? EnumSet.complementOf(EnumSet.of(Name.PEERS)) : names) {
            err.println("== " + name);
            figures.addAll(figures(name));
        }
        if (!figures.isEmpty()) {
            Figure.table(figures).forEach(out::println);
        }
        if (save != null) {
            StoredRatios.save(save, figures);
        }
        if (before == null) {
            return 0;
        }
        before.compare(figures).forEach(out::println);
        return figures.stream().anyMatch(before::isSlower) ? 1 : 0;
    }

    private List<Figure> figures(Name name) throws Exception {
        return switch (name) {
            case SOURCE -> List.of(SourceBenchmark.run(home, rows, rounds, this::tell));
            case SINK -> List.of(SinkBenchmark.run(home, rows, rounds, this::tell));
            case AVRO -> List.of(SinkBenchmark.runAvro(home, rows, rounds, this::tell));
            case UPSERT -> List.of(SinkBenchmark.runUpsert(home, rows, rounds, this::tell));
            case LOCAL_BIGQUERY -> List.of(CommittedStreamBenchmark.run(home, rows, rounds, this::tell));
            case ENCODER -> List.of(encoder("handWritten", "by hand"), encoder("dynamicMessage", "DynamicMessage"));
            case CSV ->
                List.of(
                        csv("catalogue", "CSV with positions, one core", "ratio of 0.9 or more"),
                        csv("quirks", "the same, not only ASCII", ""));
            case RULES -> RuleFigures.run(this::tell);
            case SCALE -> {
                ScaleBenchmark.run(home, rows, lanes, this::tell).forEach(out::println);
                yield List.of();
            }
            case GROWTH -> {
                GrowthBenchmark.run(home, rows, this::tell).forEach(out::println);
                yield List.of();
            }
            case PEERS -> {
                if (plugin == null || config == null) {
                    throw new ParameterException(
                            spec.commandLine(), "peers needs --plugin and --config: the other connector");
                }
                yield List.of(PeerBenchmark.run(home, plugin, config, rows, rounds, this::tell));
            }
        };
    }

    private Figure encoder(String baseline, String called) throws Exception {
        Duel.Outcome outcome = new Duel("rows/s", 0, this::tell)
                .run(
                        JMH_ROUNDS,
                        new JmhContender(RowEncoderBenchmark.class, "compiled", Map.of()),
                        new JmhContender(RowEncoderBenchmark.class, baseline, Map.of()));
        return new Figure("row encoder, one core", called, "rows/s", outcome, "1,000,000 rows/s or more");
    }

    private Figure csv(String shape, String called, String wanted) throws Exception {
        Map<String, String> parameters = Map.of("shape", shape);
        Duel.Outcome outcome = new Duel("rows/s", 0, this::tell)
                .run(
                        JMH_ROUNDS,
                        new JmhContender(CsvReadBenchmark.class, "withPositions", parameters),
                        new JmhContender(CsvReadBenchmark.class, "plainCommonsCsv", parameters));
        return new Figure(called, "plain commons-csv", "rows/s", outcome, wanted);
    }

    private void tell(String line) {
        err.println(line);
    }
}
