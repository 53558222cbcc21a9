package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.assign.StoredProgress;
import io.catalogconnect.s3csv.assign.TaskLanes;
import io.catalogconnect.s3csv.cleanup.PeriodicCleanup;
import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.object.s3.BucketCheck;
import io.catalogconnect.s3csv.offset.AlteredOffsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each row of the CSV objects in a bucket to topics, once. Objects are assigned to tasks by their keys, so a new object
 * never restarts a task.
 */
public final class S3CsvSourceConnector extends SourceConnector {

    private static final Logger log = LoggerFactory.getLogger(S3CsvSourceConnector.class);

    private Map<String, String> properties = Map.of();
    private @Nullable PeriodicCleanup cleanup;

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public void start(Map<String, String> props) {
        SourceSettings settings = SourceSettings.parse(props);
        SourceSettings.TABLE.unusedKeys(props).forEach(log::warn);
        properties = Map.copyOf(props);
        cleanup = PeriodicCleanup.start(
                settings.cleanup(),
                settings.s3(),
                settings.discovery(),
                () -> new StoredProgress(context().offsetStorageReader()),
                Clock.systemUTC());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return S3CsvSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return TaskLanes.configurations(properties, maxTasks);
    }

    @Override
    public void stop() {
        PeriodicCleanup running = cleanup;
        cleanup = null;
        if (running != null) {
            running.close();
        }
        properties = Map.of();
    }

    @Override
    public ConfigDef config() {
        return SourceSettings.TABLE.definition();
    }

    /** Checks each key, then the keys together, and then sends a request to the bucket. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = SourceSettings.TABLE.validate(connectorConfigs);
        if (config.configValues().stream()
                .allMatch(value -> value.errorMessages().isEmpty())) {
            SourceSettings settings = SourceSettings.parse(connectorConfigs);
            String problem =
                    BucketCheck.problem(settings.s3(), settings.discovery().firstPrefix(Clock.systemUTC()));
            if (problem != null) {
                config.configValues().stream()
                        .filter(value -> value.name().equals(SourceSettings.BUCKET))
                        .forEach(value -> value.addErrorMessage(problem));
            }
        }
        return config;
    }

    /** Supported by every valid configuration, because an offset names a byte and a version of an object. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> connectorConfig) {
        return ConnectorTransactionBoundaries.SUPPORTED;
    }

    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        AlteredOffsets.check(connectorConfig.get(SourceSettings.BUCKET), offsets);
        return true;
    }
}
