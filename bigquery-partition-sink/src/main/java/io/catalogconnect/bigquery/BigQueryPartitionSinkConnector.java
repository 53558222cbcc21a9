package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.config.SinkSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the records of topics to partitioned BigQuery tables, each exactly once. */
public final class BigQueryPartitionSinkConnector extends SinkConnector {

    private static final Logger LOGGER = LoggerFactory.getLogger(BigQueryPartitionSinkConnector.class);

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public void start(Map<String, String> props) {
        SinkSettings.of(props);
        SinkSettings.unusedKeys(props).forEach(LOGGER::warn);
        properties = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return BigQueryPartitionSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return IntStream.range(0, maxTasks).mapToObj(task -> properties).toList();
    }

    @Override
    public void stop() {
        properties = Map.of();
    }

    @Override
    public ConfigDef config() {
        return SinkSettings.definition();
    }

    /**
     * Checks the offsets that an operator sets for the consumer group. An earlier offset writes no row twice, because the
     * sink skips records up to the highest offset in a table. To write records again, delete their rows first.
     */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (partition.topic().isEmpty() || partition.partition() < 0) {
                throw new ConnectException("offsets: '" + partition
                        + "' is not a topic partition. Set kafka_topic, and kafka_partition to 0 or more.");
            }
            if (offset != null && offset < 0) {
                throw new ConnectException("offsets: " + partition + " cannot continue at offset " + offset
                        + ". Set kafka_offset to 0 or more, or to null to reset the partition's offset.");
            }
        });
        return true;
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return SinkSettings.validate(connectorConfigs);
    }
}
