package io.catalogconnect.benchmarks.connectors;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** The baseline of a sink: counts the records that it is given, and tells a port of this machine how many it has seen. */
public final class CountingSink extends SinkConnector {
    /** The port of 127.0.0.1 that takes the count, eight bytes after each batch. */
    public static final String REPORT_PORT = "report.port";

    private static final ConfigDef CONFIG =
            new ConfigDef().define(REPORT_PORT, ConfigDef.Type.INT, ConfigDef.Importance.HIGH, "Who is told.");

    private Map<String, String> settings = Map.of();

    @Override
    public void start(Map<String, String> props) {
        settings = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return CountingSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(settings);
    }

    @Override
    public void stop() {
        settings = Map.of();
    }

    @Override
    public ConfigDef config() {
        return CONFIG;
    }

    @Override
    public String version() {
        return "benchmark";
    }
}
