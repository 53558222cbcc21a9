package io.catalogconnect.localstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * docker-compose.yml, held to the rest of the project. No engine runs it here; {@code .ci/run} validates its form against the
 * compose specification.
 */
final class ComposeFileTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{env:(\\w+)}");

    private static JsonNode services;

    @BeforeAll
    static void read() throws IOException {
        try (Reader reader = Files.newBufferedReader(ROOT.resolve("docker-compose.yml"))) {
            services = new ObjectMapper().valueToTree(new Yaml().load(reader)).path("services");
        }
    }

    @Test
    void everyImageIsPinned() {
        services.forEach(service -> assertThat(service.path("image").asText())
                .matches("[a-z0-9/-]+:[A-Za-z0-9._-]+")
                .doesNotEndWith(":latest"));
    }

    @Test
    void everyPortIsPublishedOnLoopbackOnly() {
        List<String> ports = new ArrayList<>();
        services.forEach(service -> service.path("ports").forEach(port -> ports.add(port.asText())));
        assertThat(ports).hasSize(8).allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    }

    @Test
    void everyServerHasAHealthCheckAndEveryDependencyExists() {
        services.properties().forEach(service -> {
            assertThat(service.getValue().has("ports"))
                    .as(service.getKey())
                    .isEqualTo(service.getValue().has("healthcheck"));
            service.getValue().path("depends_on").properties().forEach(dependency -> {
                JsonNode other = services.path(dependency.getKey());
                assertThat(other.isMissingNode()).as(dependency.getKey()).isFalse();
                assertThat(dependency.getValue().path("condition").asText())
                        .as(service.getKey() + " on " + dependency.getKey())
                        .isEqualTo(other.has("healthcheck") ? "service_healthy" : "service_completed_successfully");
            });
        });
    }

    @Test
    void everyFileThatIsMountedOrBuiltFromExists() {
        services.forEach(service -> {
            service.path("volumes").forEach(volume -> {
                String source = volume.asText().substring(0, volume.asText().indexOf(':'));
                if (source.startsWith("./")) {
                    assertThat(ROOT.resolve(source)).exists();
                }
            });
            if (service.has("build")) {
                assertThat(ROOT.resolve(service.path("build").path("dockerfile").asText()))
                        .exists();
            }
        });
    }

    @Test
    void workerHasEveryVariableThatTheConnectorsRead() {
        StackLayout layout = new StackLayout(ROOT, ROOT.resolve(".local"));
        TreeSet<String> wanted = new TreeSet<>();
        for (ConnectorDefinition connector : ConnectorDefinition.readAll(layout.connectors())) {
            connector.config().values().forEach(value -> {
                Matcher matcher = ENVIRONMENT.matcher(value);
                while (matcher.find()) {
                    wanted.add(matcher.group(1));
                }
            });
        }
        List<String> given = new ArrayList<>();
        services.path("connect").path("environment").fieldNames().forEachRemaining(given::add);
        assertThat(given).containsAll(wanted).contains("CATALOG_S3_ENDPOINT");
    }

    @Test
    void topicsOfTheConnectorsAreCreated() {
        ConnectorDefinition sink = ConnectorDefinition.read(ROOT.resolve("config/connectors/catalog-sink.json"));
        ConnectorDefinition source = ConnectorDefinition.read(ROOT.resolve("config/connectors/catalog-source.json"));
        List<String> topics = new ArrayList<>(sink.list("topics"));
        topics.addAll(source.list("object.events.topic"));
        String command = services.path("create-topics").path("command").path(0).asText();
        assertThat(topics).hasSize(4).allSatisfy(topic -> assertThat(command).contains(topic));
    }
}
