package io.catalogconnect.benchmarks.connectors;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * The baseline of a source: emits the rows of a {@link RowFile} again and again, with the headers and the transactions that {@code
 * s3-csv-source} gives them, and does nothing else.
 */
public final class MemorySource extends SourceConnector {
    /** The topic. */
    public static final String TOPIC = "topic";

    /** The file to load the rows from, a {@link RowFile}. */
    public static final String ROW_FILE = "row.file";

    /** How often the file's rows are emitted. */
    public static final String REPEAT = "repeat";

    /** Before the names of headers that all records have. */
    public static final String HEADER_PREFIX = "header.";

    private static final ConfigDef CONFIG = new ConfigDef()
            .define(TOPIC, ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "Where the records go.")
            .define(ROW_FILE, ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "What to emit.")
            .define(REPEAT, ConfigDef.Type.INT, ConfigDef.Importance.HIGH, "How often.");

    private Map<String, String> settings = Map.of();

    @Override
    public void start(Map<String, String> props) {
        settings = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return MemorySourceTask.class;
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
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> props) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> props) {
        return ConnectorTransactionBoundaries.SUPPORTED;
    }

    @Override
    public String version() {
        return "benchmark";
    }
}
