package io.catalogconnect.dryrun.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ConnectorCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SHIPPED = Path.of("../config/connectors/replace/catalog-source.json");

    @Test
    void shippedSourceHasNoProblems() throws Exception {
        assertThat(check(Map.of()).path("problems")).isEmpty();
    }

    @Test
    void wrongAndUnknownKeysAreReported() throws Exception {
        JsonNode problems = check(Map.of(
                        "batch.max.rows", "many",
                        "poll.interval.mss", "5",
                        "csv.delimiter", "\"",
                        "s3.endpoint", "${env:ANYTHING}"))
                .path("problems");
        assertThat(problems)
                .extracting(problem -> problem.path("key").asText())
                .contains("batch.max.rows", "poll.interval.mss", "csv.delimiter")
                .doesNotContain("s3.endpoint");
        assertThat(problems.toString()).contains("poll.interval.ms");
    }

    private static JsonNode check(Map<String, String> changes) throws Exception {
        Map<String, String> config = new TreeMap<>();
        JSON.readTree(SHIPPED.toFile())
                .path("config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        config.putAll(changes);
        return JSON.readTree(ConnectorCheck.answer(JSON.writeValueAsString(config)));
    }
}
