package io.catalogconnect.localstack.connect;

import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.JavaProcess;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts a Connect worker as a separate process, with the plugins isolated on its plugin path. */
public final class Worker {
    /** What a worker of the stack gets unless it is told otherwise. */
    public static final Options DEFAULTS = new Options("connect", "1g");

    /**
     * A large young generation, because most records live longer than a small one takes to fill. The thresholds are four times those of
     * the JVM: a run of minutes does not win back what the optimizing compiler takes for methods that are called rarely.
     */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:NewRatio=1",
            "-XX:Tier4InvocationThreshold=20000",
            "-XX:Tier4MinInvocationThreshold=2400",
            "-XX:Tier4CompileThreshold=60000",
            "-XX:Tier4BackEdgeThreshold=160000");

    private Worker() {}

    /**
     * Options that may differ between two workers of one group.
     *
     * @param name names its log
     * @param heap maximum heap size, in the form of {@code -Xmx}
     * @param settings settings that override those of {@code config/workers/local.properties}
     * @param jvmOptions further options of its JVM
     * @param release the Kafka release that it runs, or null for the one of kafka-runtime
     */
    public record Options(
            String name,
            String heap,
            Map<String, String> settings,
            List<String> jvmOptions,
            @Nullable Release release) {
        public Options {
            settings = Map.copyOf(settings);
            jvmOptions = List.copyOf(jvmOptions);
        }

        /** A worker of the release of kafka-runtime. */
        public Options(String name, String heap, Map<String, String> settings, List<String> jvmOptions) {
            this(name, heap, settings, jvmOptions, null);
        }

        /** A worker with the settings of {@code config/workers/local.properties}. */
        public Options(String name, String heap) {
            this(name, heap, Map.of(), List.of());
        }

        /** The same with these settings. */
        public Options withSettings(Map<String, String> changed) {
            return new Options(name, heap, changed, jvmOptions, release);
        }

        /** The same with the JMX exporter, which serves the metrics for Prometheus on this port of 127.0.0.1. */
        public Options withMetrics(StackLayout layout, int port) {
            String agent = "-javaagent:" + layout.metricsAgent() + "=127.0.0.1:" + port + ":" + layout.metricsRules();
            return new Options(
                    name,
                    heap,
                    settings,
                    Stream.concat(jvmOptions.stream(), Stream.of(agent)).toList(),
                    release);
        }

        /** The same of another release. */
        public Options withRelease(Release changed) {
            return new Options(name, heap, settings, jvmOptions, changed);
        }
    }

    /**
     * A worker that is not the stack's usual one: of another Kafka release, or with other settings than
     * {@code config/workers/local.properties}.
     *
     * @param lib the folder with the jars of the release
     * @param settings all settings, in place of those of {@code config/workers/local.properties}
     * @param environment the variables of the worker, in place of the stack's own
     * @param connectors properties files of connectors that a standalone worker creates when it starts
     */
    public record Release(
            Path lib, Map<String, String> settings, Map<String, String> environment, List<Path> connectors) {
        public Release {
            settings = Map.copyOf(settings);
            environment = Map.copyOf(environment);
            connectors = List.copyOf(connectors);
        }

        /** With the variables of the stack. */
        public Release(Path lib, Map<String, String> settings) {
            this(lib, settings, Map.of(), List.of());
        }
    }

    /**
     * Starts a worker with the settings of {@code config/workers/local.properties} and the addresses of this stack.
     *
     * @param layout the folders of the stack
     * @param options how this worker differs from others
     * @param port the port of its REST API
     * @param bootstrap the broker's address
     * @param environment variables for <code>${env:...}</code> in the configuration of connectors
     * @throws IOException if the settings cannot be read
     */
    public static JavaProcess start(
            StackLayout layout, Options options, int port, String bootstrap, Map<String, String> environment)
            throws IOException {
        Release release = options.release();
        Properties properties = new Properties();
        if (release == null) {
            properties.putAll(settings(layout));
        } else {
            properties.putAll(release.settings());
        }
        properties.setProperty("bootstrap.servers", bootstrap);
        properties.setProperty("listeners", "http://127.0.0.1:" + port);
        properties.setProperty("rest.advertised.host.name", "127.0.0.1");
        properties.setProperty("plugin.path", layout.pluginPath());
        options.settings().forEach(properties::setProperty);
        Files.createDirectories(layout.run());
        List<String> jvmOptions = new ArrayList<>(List.of("-Xmx" + options.heap(), "-Xms" + options.heap()));
        jvmOptions.addAll(JVM);
        jvmOptions.addAll(options.jvmOptions());
        Path rendered = layout.run().resolve("worker-" + port + ".properties");
        try (Writer writer = Files.newBufferedWriter(rendered)) {
            properties.store(writer, null);
        }
        List<String> arguments = new ArrayList<>(List.of(rendered.toString()));
        if (release != null) {
            release.connectors().forEach(file -> arguments.add(file.toString()));
        }
        return JavaProcess.start(new JavaProcess.Command(
                "The Connect worker",
                release == null ? layout.classPath("kafka-runtime") : layout.classPath("kafka-runtime", release.lib()),
                "io.catalogconnect.kafka.WorkerProcess",
                jvmOptions,
                arguments,
                release == null || release.environment().isEmpty() ? environment : release.environment(),
                "connect ready",
                layout.temporary(options.name()),
                layout.log(options.name())));
    }

    /**
     * The settings of {@code config/workers/local.properties}.
     *
     * @throws IOException if the file cannot be read
     */
    public static Map<String, String> settings(StackLayout layout) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(layout.workerProperties())) {
            properties.load(reader);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), properties::getProperty));
    }
}
