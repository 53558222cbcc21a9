package io.catalogconnect.localstack.layout;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folders of the stack: build results and configuration (in {@code home}), and the files of the running stack (in
 * {@code state}).
 *
 * @param home the project's folder
 * @param state the folder of all data that outlives a run
 * @param plugins the modules whose plugins the worker finds
 */
public record StackLayout(Path home, Path state, List<String> plugins) {
    private static final List<String> SHIPPED = List.of("s3-csv-source", "smt-filters", "bigquery-partition-sink");

    public StackLayout {
        home = home.toAbsolutePath().normalize();
        state = state.toAbsolutePath().normalize();
        plugins = List.copyOf(plugins);
    }

    /** With the plugins that ship. */
    public StackLayout(Path home, Path state) {
        this(home, state, SHIPPED);
    }

    /** The same with one more module's plugin. */
    public StackLayout withPlugin(String module) {
        return new StackLayout(
                home, state, Stream.concat(plugins.stream(), Stream.of(module)).toList());
    }

    /** Class path of a module that runs as a separate process. */
    public String classPath(String module) {
        Path target = home.resolve(module).resolve("target");
        return target.resolve("*") + File.pathSeparator + target.resolve("lib").resolve("*");
    }

    /** The class path of a module's own classes with the libraries of another folder. */
    public String classPath(String module, Path lib) {
        return home.resolve(module).resolve("target").resolve("*") + File.pathSeparator + lib.resolve("*");
    }

    /** Class path of the dry run: the plugins as they are installed, and the jars of a worker. */
    public String dryRunClassPath() {
        Stream<Path> folders = Stream.of(
                home.resolve("dry-run").resolve("target"),
                pluginFolder("s3-csv-source"),
                pluginFolder("smt-filters"),
                home.resolve("kafka-runtime").resolve("target"),
                home.resolve("kafka-runtime").resolve("target").resolve("lib"));
        return folders.map(folder -> folder.resolve("*").toString()).collect(Collectors.joining(File.pathSeparator));
    }

    /** The folder with the jars of a plugin. */
    public Path pluginFolder(String module) {
        return home.resolve(module).resolve("target").resolve("plugin").resolve(module);
    }

    /** The worker's {@code plugin.path}: one folder a plugin, as on a real worker. */
    public String pluginPath() {
        return plugins.stream()
                .map(plugin ->
                        home.resolve(plugin).resolve("target").resolve("plugin").toString())
                .collect(Collectors.joining(","));
    }

    /** The definitions of the main job's connectors. */
    public Path connectors() {
        return home.resolve("config").resolve("connectors");
    }

    /** The contract of the sample. */
    public Path contract() {
        return home.resolve("config").resolve("contracts").resolve("product-catalog.odcs.yaml");
    }

    /** The worker's settings that do not depend on this machine. */
    public Path workerProperties() {
        return home.resolve("config").resolve("workers").resolve("local.properties");
    }

    /** The JMX exporter of Prometheus, an agent of the worker's JVM. */
    public Path metricsAgent() {
        return home.resolve("kafka-runtime").resolve("target").resolve("agent").resolve("jmx_prometheus_javaagent.jar");
    }

    /** The rules by which the JMX exporter names the worker's metrics. */
    public Path metricsRules() {
        return home.resolve("config").resolve("monitoring").resolve("jmx-exporter.yml");
    }

    /** The catalogue that ships with the project. */
    public Path sample() {
        return home.resolve("config").resolve("sample").resolve("product_catalog.csv");
    }

    /** The broker's log directory. */
    public Path kafka() {
        return state.resolve("kafka");
    }

    /** The folder that the S3 server serves; each folder in it is a bucket. */
    public Path s3() {
        return state.resolve("s3");
    }

    /** The DuckDB file of local-bigquery. */
    public Path database() {
        return state.resolve("bigquery").resolve("catalog.duckdb");
    }

    /** The folder of the logs. */
    public Path logs() {
        return state.resolve("logs");
    }

    /** The log of a process. */
    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** The temporary files of a process, by its log's name. */
    public Path temporary(String process) {
        return state.resolve("tmp").resolve(process);
    }

    /** Files that each start rewrites. */
    public Path run() {
        return state.resolve("run");
    }
}
