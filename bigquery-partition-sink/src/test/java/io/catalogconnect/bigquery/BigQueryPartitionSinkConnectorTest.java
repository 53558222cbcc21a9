package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

final class BigQueryPartitionSinkConnectorTest {

    private static final Map<String, String> SMALLEST = Map.of(
            "name",
            "catalog-sink",
            "bigquery.project",
            "p",
            "bigquery.dataset",
            "d",
            "partition.field",
            "catalog_date");

    private final BigQueryPartitionSinkConnector connector = new BigQueryPartitionSinkConnector();

    @Test
    void serviceLoaderFindsTheConnector() {
        assertThat(ServiceLoader.load(SinkConnector.class).stream().map(ServiceLoader.Provider::type))
                .contains(BigQueryPartitionSinkConnector.class);
    }

    @Test
    void everyTaskGetsTheConnectorsConfiguration() {
        connector.start(SMALLEST);

        assertThat(connector.taskConfigs(3)).hasSize(3).containsOnly(SMALLEST);
        assertThat(connector.taskClass()).isEqualTo(BigQueryPartitionSinkTask.class);
        assertThat(connector.version()).isEqualTo("unknown");
        connector.stop();
        assertThat(connector.taskConfigs(1)).containsExactly(Map.of());
    }

    @Test
    void invalidConfigurationDoesNotStartAndAllItsErrorsAreReported() {
        assertThatThrownBy(() -> connector.start(Map.of("partition.type", "week")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        The configuration has 3 errors:
                        - Missing required configuration "bigquery.project" which has no default value.
                        - Missing required configuration "bigquery.dataset" which has no default value.
                        - partition.type is 'week': it must be one of none, hour, day, month, year, range""");
        assertThat(connector.taskConfigs(1)).containsExactly(Map.of());
    }

    @Test
    void validationReportsEachErrorAtItsKey() {
        Map<String, List<String>> errors = new TreeMap<>();
        connector
                .validate(Map.of(
                        "bigquery.project",
                        "p",
                        "partition.type",
                        "week",
                        "bigquery.credentials",
                        "file",
                        "keyfile",
                        "k"))
                .configValues()
                .stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .forEach(value -> errors.put(value.name(), value.errorMessages()));

        assertThat(errors)
                .containsOnly(
                        Map.entry(
                                "bigquery.credentials.file",
                                List.of(
                                        "bigquery.credentials.file is required with bigquery.credentials=file. Set it to"
                                                + " the path of a key file")),
                        Map.entry(
                                "bigquery.dataset",
                                List.of("Missing required configuration \"bigquery.dataset\" which has no default"
                                        + " value.")),
                        Map.entry(
                                "keyfile",
                                List.of("keyfile is a key of another connector. Use bigquery.credentials.file or"
                                        + " bigquery.credentials.json.")),
                        Map.entry(
                                "partition.type",
                                List.of("partition.type is 'week': it must be one of none, hour, day, month, year,"
                                        + " range")));
    }

    @Test
    void alteredOffsetsAreCheckedBeforeTheyAreCommitted() {
        Map<TopicPartition, Long> good = new HashMap<>();
        good.put(new TopicPartition("products.raw", 0), 5L);
        good.put(new TopicPartition("products.raw", 1), null);
        assertThat(connector.alterOffsets(SMALLEST, good)).isTrue();

        assertThatThrownBy(() -> connector.alterOffsets(SMALLEST, Map.of(new TopicPartition("products.raw", 0), -1L)))
                .isInstanceOf(ConnectException.class)
                .hasMessage("offsets: products.raw-0 cannot continue at offset -1. Set kafka_offset to 0 or more, or to"
                        + " null to reset the partition's offset.");
        assertThatThrownBy(() -> connector.alterOffsets(SMALLEST, Map.of(new TopicPartition("", 0), 1L)))
                .hasMessage("offsets: '-0' is not a topic partition. Set kafka_topic, and kafka_partition to 0 or"
                        + " more.");
        assertThatThrownBy(() -> connector.alterOffsets(SMALLEST, Map.of(new TopicPartition("t", -1), 1L)))
                .hasMessageStartingWith("offsets: 't--1' is not a topic partition.");
    }
}
