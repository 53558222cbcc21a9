package io.catalogconnect.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.strimzi.api.kafka.model.connect.ImageArtifact;
import io.strimzi.api.kafka.model.connect.KafkaConnect;
import io.strimzi.api.kafka.model.connect.build.ZipArtifact;
import io.strimzi.api.kafka.model.connector.KafkaConnector;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The resources of config/strimzi, read with Strimzi's own model classes. */
final class StrimziResourcesTest {
    private static final Path CONFIG = Path.of("..", "config");
    private static final ObjectMapper YAML = strict();

    @ParameterizedTest
    @ValueSource(strings = {"catalog-source", "catalog-sink"})
    void connectorResourceEqualsTheShippedConnector(String name) throws IOException {
        KafkaConnector connector = read(name, KafkaConnector.class);
        Map<String, String> config = new TreeMap<>();
        connector.getSpec().getConfig().forEach((key, value) -> config.put(key, value.toString()));
        config.put("connector.class", connector.getSpec().getClassName());
        config.put("tasks.max", connector.getSpec().getTasksMax().toString());
        assertThat(connector.getMetadata().getName()).isEqualTo(name);
        JsonNode shipped =
                Artifacts.json(CONFIG.resolve("connectors").resolve("cluster").resolve(name + ".json"));
        Map<String, String> expected = new TreeMap<>();
        shipped.path("config")
                .properties()
                .forEach(entry -> expected.put(entry.getKey(), entry.getValue().asText()));
        assertThat(config).isEqualTo(expected);
        assertThat(connector.getMetadata().getLabels())
                .containsEntry(
                        "strimzi.io/cluster",
                        read("kafka-connect-build", KafkaConnect.class)
                                .getMetadata()
                                .getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka-connect-build", "kafka-connect-image-volume"})
    void workerResourceHasTheSettingsOfTheShippedWorker(String name) throws IOException {
        KafkaConnect connect = read(name, KafkaConnect.class);
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(CONFIG.resolve("workers").resolve("cluster.properties"))) {
            shipped.load(reader);
        }
        assertThat(connect.getSpec().getConfig())
                .isNotEmpty()
                .allSatisfy((key, value) -> assertThat(value).as(key).hasToString(shipped.getProperty(key)));
        assertThat(connect.getSpec().getConfig())
                .containsKeys("exactly.once.source.support", "connector.client.config.override.allowlist");
        assertThat(connect.getSpec().getGroupId()).isEqualTo(shipped.getProperty("group.id"));
        assertThat(connect.getMetadata().getAnnotations()).containsEntry("strimzi.io/use-connector-resources", "true");
    }

    @Test
    void pluginsComeFromTheArchivesOrFromTheImage() throws IOException {
        assertThat(read("kafka-connect-build", KafkaConnect.class)
                        .getSpec()
                        .getBuild()
                        .getPlugins())
                .extracting(plugin -> plugin.getName())
                .containsAll(Artifacts.PLUGINS);
        assertThat(read("kafka-connect-build", KafkaConnect.class)
                        .getSpec()
                        .getBuild()
                        .getPlugins())
                .flatExtracting(plugin -> plugin.getArtifacts())
                .isNotEmpty()
                .allSatisfy(artifact -> assertThat(artifact).isInstanceOf(ZipArtifact.class));
        assertThat(read("kafka-connect-image-volume", KafkaConnect.class)
                        .getSpec()
                        .getPlugins())
                .flatExtracting(plugin -> plugin.getArtifacts())
                .isNotEmpty()
                .allSatisfy(artifact -> assertThat(artifact).isInstanceOf(ImageArtifact.class));
    }

    @Test
    void propertyThatStrimziDoesNotKnowIsRefused() throws IOException {
        String worker = Files.readString(CONFIG.resolve("strimzi").resolve("kafka-connect-build.yaml"));
        assertThat(worker).contains("sha512sum");
        assertThatThrownBy(() -> YAML.readValue(worker.replace("sha512sum", "sha512"), KafkaConnect.class))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("\"sha512\"");
    }

    /** The resources that catalogctl renders from the contract of the product catalogue. */
    @Test
    void renderedResourcesHaveOnlyPropertiesThatStrimziKnows() throws IOException {
        Map<String, Class<?>> kinds = Map.of(
                "KafkaConnector", KafkaConnector.class, "KafkaTopic", KafkaTopic.class, "KafkaUser", KafkaUser.class);
        String rendered =
                Files.readString(Path.of("../data-contract/src/test/resources/rendered/product-catalog/strimzi.yaml"));
        List<String> read = new ArrayList<>();
        for (String document : rendered.substring(4).split("\n---\n", -1)) {
            String kind = YAML.readTree(document).path("kind").asText();
            assertThat(YAML.readValue(document, Objects.requireNonNull(kinds.get(kind))))
                    .isNotNull();
            read.add(kind);
        }
        assertThat(read).hasSize(8).containsAll(kinds.keySet());
    }

    private static <T> T read(String name, Class<T> kind) throws IOException {
        return YAML.readValue(CONFIG.resolve("strimzi").resolve(name + ".yaml").toFile(), kind);
    }

    /** Strimzi's classes keep unknown properties; without that Jackson refuses them. */
    private static ObjectMapper strict() {
        return YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .annotationIntrospector(new KnownPropertiesOnly())
                .build();
    }

    private static final class KnownPropertiesOnly extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
