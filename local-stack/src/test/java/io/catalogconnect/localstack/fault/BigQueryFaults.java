package io.catalogconnect.localstack.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Breaks local-bigquery on purpose, through its admin endpoint. */
public final class BigQueryFaults {
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI admin;

    public BigQueryFaults(String restEndpoint) {
        this.admin = URI.create(restEndpoint + "/admin/faults");
    }

    /** Adds rules, JSON objects as docs/local-bigquery.md describes them. */
    public void add(String... rules) throws IOException, InterruptedException {
        for (String rule : rules) {
            send("POST", BodyPublishers.ofString(rule));
        }
    }

    /**
     * Asserts that each rule has affected at least one call since it was added.
     *
     * @param rules the rules that were added since the last {@link #clear}
     */
    void assertEachOccurred(List<String> rules) throws IOException, InterruptedException {
        assertThat(rules).isNotEmpty();
        assertThat(unused(rules)).as("rules that affected no call").isEmpty();
    }

    /** The rules of a list that have affected no call since they were added. */
    List<String> unused(List<String> rules) throws IOException, InterruptedException {
        JsonNode active = active();
        List<String> unused = new ArrayList<>();
        for (String text : rules) {
            JsonNode rule = json.readTree(text);
            for (JsonNode left : active) {
                if (isUnused(rule, left)) {
                    unused.add(text);
                }
            }
        }
        return unused;
    }

    /** Number of rules that have not met all calls that they wait for. */
    int remaining() throws IOException, InterruptedException {
        return active().size();
    }

    private JsonNode active() throws IOException, InterruptedException {
        return json.readTree(send("GET", BodyPublishers.noBody())).get("faults");
    }

    private static boolean isUnused(JsonNode rule, JsonNode left) {
        return left.get("effect").asText().equals(rule.get("effect").asText())
                && left.get("method").asText().equals(rule.path("method").asText(""))
                && left.get("code").asText().equals(rule.path("code").asText("UNAVAILABLE"))
                && left.get("count").asInt() == rule.path("count").asInt(1);
    }

    /** Whether every rule has met the calls that it waited for. */
    public boolean areUsedUp() throws IOException, InterruptedException {
        return remaining() == 0;
    }

    /** Takes all rules back. */
    public void clear() throws IOException, InterruptedException {
        send("DELETE", BodyPublishers.noBody());
    }

    private String send(String method, HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(admin)
                        .header("Content-Type", "application/json")
                        .method(method, body)
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
