package io.catalogconnect.localstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connectors that are shipped, validated by a real worker that found the plugins by their service files. */
final class ShippedConfigurationIT {
    private static final StackLayout PROJECT = new StackLayout(Path.of(".."), Path.of("target", "unused"));

    @TempDir
    static Path directory;

    private static LocalStack stack;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        stack = LocalStack.start(new StackLayout(Path.of(".."), directory), StackPorts.FREE, step -> {});
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void workerFindsEveryPluginWithItsVersion() throws InterruptedException {
        Map<String, String> versions = new TreeMap<>();
        stack.connect()
                .plugins()
                .forEach(plugin -> versions.put(
                        plugin.path("class").asText(), plugin.path("version").asText()));
        assertThat(versions)
                .containsEntry("io.catalogconnect.s3csv.S3CsvSourceConnector", "0.1.0-SNAPSHOT")
                .containsEntry("io.catalogconnect.bigquery.BigQueryPartitionSinkConnector", "0.1.0-SNAPSHOT")
                .containsEntry("io.catalogconnect.transforms.ConditionFilter", "0.1.0-SNAPSHOT")
                .containsEntry("io.catalogconnect.transforms.ConditionRouter", "0.1.0-SNAPSHOT");
    }

    @Test
    void connectorsOfTheLocalStackAndOfTheExamplesAreValid() throws InterruptedException {
        List<ConnectorDefinition> connectors = new ArrayList<>(ConnectorDefinition.readAll(PROJECT.connectors()));
        connectors.addAll(ConnectorDefinition.readAll(PROJECT.connectors().resolve("examples")));
        connectors.addAll(ConnectorDefinition.readAll(PROJECT.connectors().resolve("replace")));
        assertThat(connectors).hasSize(7);
        for (ConnectorDefinition connector : connectors) {
            Map<String, String> config = new HashMap<>(connector.config());
            // The one secret that the local stack's worker does not have.
            config.replace("transforms.pseudonyms.secret", "a secret of thirty-two bytes or more");
            assertThat(errors(config)).as(connector.name()).isEmpty();
            assertThat(unknownKeys(config)).as(connector.name()).isEmpty();
        }
    }

    @Test
    void connectorsOfAClusterAreValidExceptForTheClustersOwnConverter() throws InterruptedException {
        List<ConnectorDefinition> connectors =
                ConnectorDefinition.readAll(PROJECT.connectors().resolve("cluster"));
        assertThat(connectors).hasSize(2);
        for (ConnectorDefinition connector : connectors) {
            Map<String, String> config = new HashMap<>(connector.config());
            assertThat(config.remove("value.converter")).isEqualTo("io.confluent.connect.avro.AvroConverter");
            assertThat(config.remove("value.converter.schema.registry.url"))
                    .isEqualTo("${env:CATALOG_SCHEMA_REGISTRY}");
            // What only a cluster's environment knows.
            config.replace("s3.region", "us-east-1");
            // Validation lists the bucket; this machine has one behind another address and other credentials.
            if (connector.isA("S3CsvSourceConnector")) {
                config.put("s3.endpoint", "${env:CATALOG_S3_ENDPOINT}");
                config.put("s3.path.style", "true");
                config.put("s3.credentials", "static");
                config.put("s3.access.key.id", "${env:CATALOG_S3_ACCESS_KEY}");
                config.put("s3.secret.access.key", "${env:CATALOG_S3_SECRET_KEY}");
            }
            config.replace("bigquery.location", "EU");
            assertThat(errors(config)).as(connector.name()).isEmpty();
            assertThat(unknownKeys(config)).as(connector.name()).isEmpty();
        }
    }

    @Test
    void wrongRuleIsRefusedWithLineColumnAndCaret() throws InterruptedException {
        Map<String, String> config =
                new HashMap<>(ConnectorDefinition.read(PROJECT.connectors().resolve("catalog-source.json"))
                        .config());
        config.put("transforms.teams.conditions.by.topic", "products.team-a: value.brand === \"HP\"");
        assertThat(errors(config))
                .hasEntrySatisfying(
                        "transforms.teams.conditions.by.topic",
                        message -> assertThat(message)
                                .contains("line 1, column 30")
                                .contains("products.team-a: value.brand === \\\"HP\\\"\\n" + " ".repeat(31) + "^"));
    }

    private Map<String, String> errors(Map<String, String> config) throws InterruptedException {
        Map<String, String> errors = new TreeMap<>();
        for (JsonNode entry : validate(config)) {
            JsonNode value = entry.path("value");
            if (!value.path("errors").isEmpty()) {
                errors.put(value.path("name").asText(), value.path("errors").toString());
            }
        }
        return errors;
    }

    /** Keys that no definition knows: Connect itself ignores them, so that a wrong name goes unnoticed. */
    private List<String> unknownKeys(Map<String, String> config) throws InterruptedException {
        List<String> known = StreamSupport.stream(validate(config).spliterator(), false)
                .map(entry -> entry.path("definition").path("name").asText())
                .toList();
        return config.keySet().stream()
                .filter(key -> !known.contains(key))
                .filter(key -> !key.startsWith("producer.override.") && !key.startsWith("consumer.override."))
                .toList();
    }

    private static JsonNode validate(Map<String, String> config) throws InterruptedException {
        Map<String, String> named = new HashMap<>(config);
        // In a definition the name stands beside the configuration; validation wants it inside.
        named.put("name", "validated");
        return stack.connect().validate(named).path("configs");
    }
}
