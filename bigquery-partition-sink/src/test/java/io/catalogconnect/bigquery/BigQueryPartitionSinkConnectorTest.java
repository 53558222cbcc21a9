package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.client.Service;
import io.catalogconnect.bigquery.client.ServiceCredentials;
import io.catalogconnect.bigquery.commit.WriterSettings;
import io.catalogconnect.bigquery.convert.Descriptions;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.SchemaEvolution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
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
    void theWorkerFindsItByServiceLoader() {
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
    void everyDefaultIsWhatTheReferenceSays() {
        BigQueryPartitionSinkConfig config = new BigQueryPartitionSinkConfig(SMALLEST);

        assertThat(config.connector()).isEqualTo("catalog-sink");
        assertThat(config.service())
                .isEqualTo(new Service(
                        "p",
                        "d",
                        "US",
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        new ServiceCredentials.ApplicationDefault(),
                        Duration.ofSeconds(30)));
        assertThat(config.partitioning())
                .isEqualTo(new Partitioning(
                        Partitioning.Unit.DAY, Optional.of("catalog_date"), Optional.empty(), false, Optional.empty()));
        assertThat(config.layout().clustering()).isEmpty();
        assertThat(config.createsTables()).isTrue();
        assertThat(config.evolution()).isEqualTo(SchemaEvolution.NONE);
        assertThat(config.registryTable()).isEqualTo("_catalog_connect_streams");
        assertThat(config.bufferMaxBytes()).isEqualTo(33_554_432);
        assertThat(config.settleTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.retryBackoff()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.retryBackoffMax()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.writer())
                .isEqualTo(new WriterSettings(
                        new WriterSettings.Appends(
                                1_000, 1_048_576, 8, 5, Duration.ofMillis(20), Duration.ofMinutes(1)),
                        new WriterSettings.TakeOvers(Duration.ofMinutes(3), Duration.ofMinutes(10), false),
                        Duration.ofHours(1)));
        assertThat(config.router().tableFor("products.raw")).isEqualTo("products_raw");
    }

    @Test
    void everyKeyArrives() {
        Map<String, String> all = with(
                "bigquery.location", "EU",
                "bigquery.rest.endpoint", "http://127.0.0.1:9050",
                "bigquery.storage.endpoint", "127.0.0.1:9060",
                "bigquery.storage.plaintext", "true",
                "bigquery.credentials", "file",
                "bigquery.credentials.file", "/etc/key.json",
                "partition.type", "range",
                "partition.field", "year_release",
                "partition.range", "1950:2050:10",
                "partition.filter.required", "true",
                "partition.expiration.ms", "1000",
                "schema.evolution", "relax",
                "table.description", "Products; each once.",
                "column.descriptions", "brand: Who makes it; maker.name : Its name: short",
                "tables", "a:b, c:b");
        BigQueryPartitionSinkConfig config = new BigQueryPartitionSinkConfig(all);

        assertThat(config.service())
                .isEqualTo(new Service(
                        "p",
                        "d",
                        "EU",
                        Optional.of("http://127.0.0.1:9050"),
                        Optional.of("127.0.0.1:9060"),
                        true,
                        new ServiceCredentials.KeyFile(Path.of("/etc/key.json")),
                        Duration.ofSeconds(30)));
        assertThat(config.partitioning())
                .isEqualTo(new Partitioning(
                        Partitioning.Unit.RANGE,
                        Optional.of("year_release"),
                        Optional.of(Duration.ofSeconds(1)),
                        true,
                        Optional.of(new Partitioning.Range(1950, 2050, 10))));
        assertThat(config.evolution()).isEqualTo(SchemaEvolution.RELAX);
        assertThat(config.layout().descriptions())
                .isEqualTo(new Descriptions(
                        "Products; each once.", Map.of("brand", "Who makes it", "maker.name", "Its name: short")));
        assertThat(config.router().tableFor("c")).isEqualTo("b");
    }

    @Test
    void credentialsComeFromWhereTheConfigurationSays() {
        assertThat(new BigQueryPartitionSinkConfig(with("bigquery.credentials", "none"))
                        .service()
                        .credentials())
                .isEqualTo(new ServiceCredentials.None());
        ServiceCredentials json = new BigQueryPartitionSinkConfig(
                        with("bigquery.credentials", "json", "bigquery.credentials.json", "{}"))
                .service()
                .credentials();
        assertThat(json).isEqualTo(new ServiceCredentials.KeyJson("{}")).hasToString("KeyJson[hidden]");
    }

    @Test
    void aTableWithoutPartitionsNeedsNoField() {
        Map<String, String> properties = with("partition.type", "none");
        properties.remove("partition.field");

        assertThat(new BigQueryPartitionSinkConfig(properties).partitioning()).isEqualTo(Partitioning.NONE);
    }

    @Test
    void validationSaysTheKeyTheValueAndWhatWouldBeRight() {
        assertThat(errors("bigquery.dataset", "my-dataset"))
                .containsExactly("Invalid value my-dataset for configuration bigquery.dataset: must be a dataset id:"
                        + " letters, digits and underscores");
        assertThat(errors("bigquery.storage.endpoint", "http://127.0.0.1:9060"))
                .containsExactly("Invalid value http://127.0.0.1:9060 for configuration bigquery.storage.endpoint: must"
                        + " be host:port, without a scheme");
        assertThat(errors("bigquery.rest.endpoint", "127.0.0.1"))
                .containsExactly("Invalid value 127.0.0.1 for configuration bigquery.rest.endpoint: must be an http or"
                        + " https address, http://127.0.0.1:9050 for instance");
        assertThat(errors("partition.type", "week"))
                .containsExactly("Invalid value week for configuration partition.type: must be one of none, hour, day,"
                        + " month, year, range");
        assertThat(errors("tables", "products.raw=products"))
                .containsExactly("Invalid value products.raw=products for configuration tables: must be topic:table,"
                        + " where the table's name has letters, digits and underscores only");
        assertThat(errors("partition.range", "1-2"))
                .contains("Invalid value 1-2 for configuration partition.range: must be start:end:interval,"
                        + " 0:100000:1000 for instance");
        assertThat(errors("header.columns", "a:b:float"))
                .containsExactly("Invalid value a:b:float for configuration header.columns: has the type 'float'; it"
                        + " must be string, int64, float64, bool, date or timestamp");
        assertThat(errors("table.labels", "Team:A"))
                .containsExactly("Invalid value Team:A for configuration table.labels: must be key:value of lower-case"
                        + " letters, digits, underscores and hyphens");
        assertThat(errors("header.columns", "a"))
                .containsExactly("Invalid value a for configuration header.columns: must be header:column or"
                        + " header:column:type");
        assertThat(errors("clustering.fields", "a b"))
                .containsExactly("Invalid value a b for configuration clustering.fields: must be a column's name");
        assertThat(errors("bigquery.project", "${env:PROJECT}"))
                .containsExactly("Invalid value ${env:PROJECT} for configuration bigquery.project: still holds a"
                        + " reference to a configuration provider that the worker did not resolve; check the worker's"
                        + " config.providers and what that provider is allowed to read");
        assertThat(errors("bigquery.credentials.json", "${file:x}"))
                .containsExactly("Invalid value [hidden] for configuration bigquery.credentials.json: still holds a"
                        + " reference to a configuration provider that the worker did not resolve; check the worker's"
                        + " config.providers and what that provider is allowed to read");
    }

    @Test
    void validationComparesKeys() {
        assertThat(errors("bigquery.credentials", "file"))
                .containsExactly("bigquery.credentials.file is needed with bigquery.credentials=file");
        assertThat(errors("bigquery.credentials", "json"))
                .containsExactly("bigquery.credentials.json is needed with bigquery.credentials=json");
        assertThat(errors("bigquery.storage.plaintext", "true"))
                .containsExactly("bigquery.storage.plaintext Google's endpoint takes TLS only; set"
                        + " bigquery.storage.endpoint or remove it");
        assertThat(errors("partition.field", ""))
                .containsExactly("partition.field is needed with partition.type=day: rows that land in the partition of"
                        + " their arrival cannot be written exactly once. Name a column, or set"
                        + " delivery.guarantee=at-least-once");
        assertThat(errors("partition.type", "none"))
                .containsExactly("partition.field has no meaning with partition.type=none; remove one of the two");
        assertThat(errors("partition.type", "range"))
                .containsExactly("partition.range is needed with partition.type=range");
        assertThat(errors("partition.range", "0:10:1"))
                .containsExactly("partition.range has a meaning with partition.type=range only; remove it");
        assertThat(errors("clustering.fields", "a,b,c,d,e"))
                .containsExactly("clustering.fields names 5 columns; BigQuery takes at most 4");
        assertThatThrownBy(() -> new BigQueryPartitionSinkConfig(with("clustering.fields", "a,b,c,d,e")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("clustering.fields names 5 columns; BigQuery takes at most 4");
    }

    @Test
    void atLeastOnceTakesIngestionTimePartitions() {
        Map<String, String> properties = with("delivery.guarantee", "at-least-once");
        properties.remove("partition.field");

        assertThat(new BigQueryPartitionSinkConfig(properties).partitioning().byIngestionTime())
                .isTrue();
        properties.put("partition.type", "range");
        assertThatThrownBy(() -> new BigQueryPartitionSinkConfig(properties))
                .hasMessage("partition.field is needed with partition.type=range");
    }

    @Test
    void alteredOffsetsAreCheckedBeforeTheGroupTakesThem() {
        Map<TopicPartition, Long> good = new HashMap<>();
        good.put(new TopicPartition("products.raw", 0), 5L);
        good.put(new TopicPartition("products.raw", 1), null);
        assertThat(connector.alterOffsets(SMALLEST, good)).isTrue();

        assertThatThrownBy(() -> connector.alterOffsets(SMALLEST, Map.of(new TopicPartition("products.raw", 0), -1L)))
                .isInstanceOf(ConnectException.class)
                .hasMessage("offsets: products.raw-0 cannot go on at -1. Give kafka_offset 0 or more, or null to forget"
                        + " the partition's offset.");
        assertThatThrownBy(() -> connector.alterOffsets(SMALLEST, Map.of(new TopicPartition("", 0), 1L)))
                .hasMessage("offsets: '-0' is no topic partition. Give kafka_topic and kafka_partition, which counts"
                        + " from 0.");
        assertThatThrownBy(() -> connector.alterOffsets(SMALLEST, Map.of(new TopicPartition("t", -1), 1L)))
                .hasMessageStartingWith("offsets: 't--1' is no topic partition.");
    }

    private List<String> errors(String key, String value) {
        List<String> errors = new ArrayList<>();
        for (ConfigValue each : connector.validate(with(key, value)).configValues()) {
            errors.addAll(each.errorMessages());
        }
        return errors;
    }

    private static Map<String, String> with(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>(SMALLEST);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }
}
