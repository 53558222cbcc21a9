package io.catalogconnect.benchmarks.duel;

import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A JMH benchmark as a contender: a separate, warmed-up JVM each time. */
public final class JmhContender implements Duel.Contender {
    private final String benchmark;
    private final Map<String, String> parameters;

    /** The benchmark method of this name. */
    public JmhContender(Class<?> benchmarks, String method, Map<String, String> parameters) {
        this.benchmark = benchmarks.getName() + "." + method;
        this.parameters = Map.copyOf(parameters);
    }

    @Override
    public double measure() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark) + "$")
                .forks(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        return new Runner(options.build()).runSingle().getPrimaryResult().getScore();
    }
}
