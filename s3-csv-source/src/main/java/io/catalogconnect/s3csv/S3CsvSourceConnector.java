package io.catalogconnect.s3csv;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Carries the rows of CSV objects in a bucket to topics, each row once. Objects are dealt to tasks by their keys, so a new object
 * never restarts a task.
 */
public final class S3CsvSourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public void start(Map<String, String> props) {
        properties = Map.copyOf(new S3CsvSourceConfig(props).originalsStrings());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return S3CsvSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return TaskLane.configurations(properties, maxTasks);
    }

    @Override
    public void stop() {
        properties = Map.of();
    }

    @Override
    public ConfigDef config() {
        return S3CsvSourceConfig.CONFIG_DEF;
    }

    /** Checks each setting, then all of them together, then asks the bucket. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        if (config.configValues().stream()
                .anyMatch(value -> !value.errorMessages().isEmpty())) {
            return config;
        }
        try {
            String problem = BucketCheck.problem(new S3CsvSourceConfig(connectorConfigs));
            if (problem != null) {
                value(config, S3Options.BUCKET).addErrorMessage(problem);
            }
        } catch (InvalidSettingException e) {
            value(config, e.key()).addErrorMessage(e.getMessage());
        }
        return config;
    }

    private static ConfigValue value(Config config, String key) {
        return config.configValues().stream()
                .filter(value -> value.name().equals(key))
                .findFirst()
                .orElseThrow(() -> new ConfigException("There is no setting " + key));
    }

    /**
     * Progress is exact for every configuration that is valid: it names bytes, and an object's version. One that is not valid
     * is refused by {@link #validate} with its own message.
     */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> connectorConfig) {
        return ConnectorTransactionBoundaries.SUPPORTED;
    }
}
