package io.catalogconnect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The images of docker-compose.yml, held to what is known of them. */
final class ComposeImagesTest {
    /** The commands of each image that a health check may use. */
    private static final Map<String, Set<String>> COMMANDS = Map.of(
            "confluentinc/cp-kafka", Set.of("kafka-broker-api-versions"),
            "confluentinc/cp-schema-registry", Set.of("curl"),
            "confluentinc/cp-kafka-connect", Set.of("curl"),
            // These three have busybox.
            "versity/versitygw", Set.of("wget"),
            "prom/prometheus", Set.of("wget"),
            "grafana/grafana", Set.of("wget"),
            // Ubuntu, without curl.
            "eclipse-temurin", Set.of("bash"));

    private static final Pattern HOST_AND_PORT = Pattern.compile("([a-z0-9.-]+)[:/](\\d{4,5})\\b");

    private final ComposeFile compose;

    ComposeImagesTest() throws IOException {
        compose = ComposeFile.read(Path.of(".."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "schema-registry", "s3", "local-bigquery", "connect", "prometheus", "grafana"})
    void healthCheckUsesACommandOfItsImageAndAPortOfItsService(String service) throws IOException {
        List<String> check = compose.healthCheck(service);
        String image = compose.baseImage(service);
        assertThat(COMMANDS.get(image.substring(0, image.indexOf(':')))).contains(check.get(0));

        List<String> asked = HOST_AND_PORT
                .matcher(String.join(" ", check))
                .results()
                .map(match -> {
                    assertThat(match.group(1)).isIn("127.0.0.1", service);
                    return match.group(2);
                })
                .toList();
        assertThat(asked).hasSize(1).isSubsetOf(listening(service));
    }

    @Test
    void everyHealthCheckIsKnown() {
        List<String> checked = new ArrayList<>();
        compose.services().properties().forEach(service -> {
            if (service.getValue().has("healthcheck")) {
                checked.add(service.getKey());
            }
        });
        assertThat(checked)
                .containsExactlyInAnyOrder(
                        "kafka", "schema-registry", "s3", "local-bigquery", "connect", "prometheus", "grafana");
    }

    @Test
    void imagesOfTheConfluentPlatformHaveOneVersion() throws IOException {
        Set<String> tags = new HashSet<>();
        for (String service : List.of("kafka", "schema-registry", "connect", "create-topics")) {
            tags.add(compose.baseImage(service).replaceFirst(".*:", ""));
        }
        assertThat(tags).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "local-bigquery"})
    void imagesThatAreBuiltDoNotRunAsRoot(String service) throws IOException {
        assertThat(compose.dockerfile(service))
                .filteredOn(line -> line.startsWith("USER "))
                .last()
                .asString()
                .doesNotContain("root")
                .doesNotContain(" 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus", "grafana"})
    void monitoringStartsOnRequestAndNotAsRoot(String service) {
        assertThat(compose.services().path(service).path("profiles")).hasToString("[\"monitoring\"]");
        assertThat(compose.services().path(service).path("user").asText()).matches("[1-9]\\d*:\\d+");
    }

    @Test
    void projectHasANameAndLocalBigQueryAMemoryLimit() {
        assertThat(compose.root().path("name").asText()).isEqualTo("catalog-connect");
        assertThat(compose.services().path("local-bigquery").path("mem_limit").asText())
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CONNECT_GROUP_ID, group.id", "CONNECT_A__B_C, a_b.c", "CONNECT_A___B, a-b"})
    void environmentBecomesPropertiesAsInTheImages(String variable, String property) {
        assertThat(ComposeFile.properties("CONNECT_", Map.of(variable, "x", "OTHER", "y")))
                .isEqualTo(Map.of(property, "x"));
    }

    /** The ports that a service listens on: those that it publishes, and those of its listeners. */
    private Set<String> listening(String service) {
        Set<String> ports = new HashSet<>();
        compose.services()
                .path(service)
                .path("ports")
                .forEach(port -> ports.add(port.asText().replaceFirst(".*:", "")));
        compose.environment(service).forEach((name, value) -> {
            if (name.endsWith("LISTENERS")) {
                Pattern.compile(":(\\d+)").matcher(value).results().forEach(match -> ports.add(match.group(1)));
            }
        });
        return ports;
    }
}
