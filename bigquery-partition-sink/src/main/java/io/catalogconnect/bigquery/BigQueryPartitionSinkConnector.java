package io.catalogconnect.bigquery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;

/** Writes the records of topics to partitioned BigQuery tables, each exactly once. */
public final class BigQueryPartitionSinkConnector extends SinkConnector {

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public void start(Map<String, String> props) {
        new BigQueryPartitionSinkConfig(props);
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
        return BigQueryPartitionSinkConfig.definition();
    }

    /**
     * Checks offsets that an operator wants the group to go on from. Going back writes nothing twice: rows up to the
     * highest offset in a table are left out, so delete rows first that are to be written anew.
     */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (partition.topic().isEmpty() || partition.partition() < 0) {
                throw new ConnectException("offsets: '" + partition
                        + "' is no topic partition. Give kafka_topic and kafka_partition, which counts from 0.");
            }
            if (offset != null && offset < 0) {
                throw new ConnectException("offsets: " + partition + " cannot go on at " + offset
                        + ". Give kafka_offset 0 or more, or null to forget the partition's offset.");
            }
        });
        return true;
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        Map<String, ConfigValue> byName = new HashMap<>();
        Map<String, Object> values = new HashMap<>();
        for (ConfigValue value : config.configValues()) {
            byName.put(value.name(), value);
            values.put(value.name(), value.value());
        }
        BigQueryPartitionSinkConfig.checkTogether(values, (key, message) -> {
            ConfigValue value = byName.get(key);
            if (value != null) {
                value.addErrorMessage(key + " " + message);
            }
        });
        return config;
    }
}
