package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.cleanup.Cleaner;
import io.catalogconnect.s3csv.csv.HeaderLine;
import io.catalogconnect.s3csv.object.ObjectDisposal;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.s3.S3ObjectStore;
import io.catalogconnect.s3csv.offset.LaneWatermark;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.offset.SourcePartition;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;

/**
 * Carries the rows of CSV objects in a bucket to topics, each row once. Objects are dealt to tasks by their keys, so a new object
 * never restarts a task.
 */
public final class S3CsvSourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();
    private @Nullable Cleanup cleanup;

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public void start(Map<String, String> props) {
        S3CsvSourceConfig config = new S3CsvSourceConfig(props);
        properties = Map.copyOf(config.originalsStrings());
        ObjectDisposal disposal = config.cleanup().disposal(config.s3());
        if (disposal != null) {
            ObjectStore store = S3ObjectStore.open(config.s3());
            Cleaner cleaner = new Cleaner(
                    store,
                    config.delivery().plan(config.s3().bucket()),
                    new StoredProgress(context().offsetStorageReader()),
                    disposal,
                    Clock.systemUTC());
            cleanup = Cleanup.start(cleaner, store, disposal, config.cleanup().interval());
        }
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
        Cleanup running = cleanup;
        cleanup = null;
        if (running != null) {
            running.close();
        }
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
            String problem = BucketCheck.problem(new S3CsvSourceConfig(connectorConfigs), Clock.systemUTC());
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

    /**
     * Takes what a person wants to be stored: null for an object to read it again from its start, a place in it to go on from
     * there. A place must be the start of a row, which is the person's to know; its shape is checked here, so that no task
     * fails on it.
     *
     * @throws ConnectException that names the entry that is wrong
     */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            try {
                if (partition.size() == 1 && partition.get(LaneWatermark.LANE) instanceof String) {
                    if (offset != null) {
                        LaneWatermark.fromMap(offset);
                    }
                    return;
                }
                SourcePartition object = SourcePartition.fromMap(partition);
                String bucket = connectorConfig.get(S3Options.BUCKET);
                if (offset != null && bucket != null && !object.uri().startsWith("s3://" + bucket + "/")) {
                    throw new IllegalArgumentException(object.uri() + " is not in this connector's bucket, " + bucket);
                }
                if (offset != null) {
                    checkPlace(SourceOffset.fromMap(offset));
                }
            } catch (IllegalArgumentException e) {
                throw new ConnectException("The offset of " + partition + " cannot be set: " + e.getMessage(), e);
            }
        });
        return true;
    }

    private static void checkPlace(SourceOffset place) {
        HeaderLine.decodeNullable(place.header());
        if (place.done() && place.nextByte() == 0 && place.size() > 0) {
            throw new IllegalArgumentException("st is done and byte is 0: nothing of the object would be read. Set the"
                    + " offset to null to read it again");
        }
    }
}
