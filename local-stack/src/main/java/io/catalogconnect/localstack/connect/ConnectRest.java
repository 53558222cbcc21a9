package io.catalogconnect.localstack.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.catalogconnect.localstack.process.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Connect's REST API, as far as the local stack uses it. A request that comes while the workers rebalance (409), before
 * the worker has read its configuration (500, 503), or while it cannot be reached, is retried for up to two minutes, unless
 * the worker has ended. Thread-safe.
 */
public final class ConnectRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final Runnable checkRunning;

    /**
     * A client of one worker.
     *
     * @param url where it listens, for example {@code http://127.0.0.1:8083}
     * @param checkRunning called before each retry; throws if the worker has ended
     */
    public ConnectRest(String url, Runnable checkRunning) {
        this.url = url;
        this.checkRunning = checkRunning;
    }

    /**
     * Waits until the worker has joined its group and read the configuration of the connectors.
     *
     * @throws ConnectRestException if it does not within two minutes
     */
    public void awaitServing() throws InterruptedException {
        send("GET", "/connectors", null);
    }

    /** The worker's Kafka version, commit and cluster. */
    public JsonNode worker() throws InterruptedException {
        return send("GET", "/", null);
    }

    /** Creates the connector, or changes it to this definition. */
    public void put(ConnectorDefinition definition) throws InterruptedException {
        send("PUT", "/connectors/" + definition.name() + "/config", toJson(definition.config()));
    }

    /** The connector's configuration, or empty if there is no such connector. */
    public Optional<Map<String, String>> config(String connector) throws InterruptedException {
        try {
            JsonNode config = send("GET", "/connectors/" + connector + "/config", null);
            return Optional.of(JSON.convertValue(
                    config, JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class)));
        } catch (ConnectRestException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The state of the connector and its tasks; unassigned without a task when no worker has started it yet. */
    public ConnectorStatus status(String connector) throws InterruptedException {
        JsonNode status;
        try {
            status = send("GET", "/connectors/" + connector + "/status", null);
        } catch (ConnectRestException e) {
            if (e.status() == 404) {
                return new ConnectorStatus(connector, new ConnectorStatus.State("UNASSIGNED", ""), List.of());
            }
            throw e;
        }
        return new ConnectorStatus(
                connector,
                toState(status.path("connector")),
                StreamSupport.stream(status.path("tasks").spliterator(), false)
                        .map(ConnectRest::toState)
                        .toList());
    }

    /** The connector's committed offsets: each with {@code partition} and {@code offset}. */
    public List<JsonNode> offsets(String connector) throws InterruptedException {
        JsonNode offsets = send("GET", "/connectors/" + connector + "/offsets", null);
        return StreamSupport.stream(offsets.path("offsets").spliterator(), false)
                .toList();
    }

    /**
     * Validates a configuration as {@code PUT /connector-plugins/{class}/config/validate} does.
     *
     * @return the unchanged response
     */
    public JsonNode validate(Map<String, String> config) throws InterruptedException {
        String plugin = config.getOrDefault("connector.class", "");
        return send("PUT", "/connector-plugins/" + plugin + "/config/validate", toJson(config));
    }

    /** The classes of all plugins that the worker has found, with their type and version. */
    public JsonNode plugins() throws InterruptedException {
        return send("GET", "/connector-plugins?connectorsOnly=false", null);
    }

    /** Asks the connector's tasks to wait, without stopping them; its status tells when they do. */
    public void pause(String connector) throws InterruptedException {
        send("PUT", "/connectors/" + connector + "/pause", null);
    }

    /** Ends the connector's tasks; its status tells when they have, and only then may its offsets be set. */
    public void stop(String connector) throws InterruptedException {
        send("PUT", "/connectors/" + connector + "/stop", null);
    }

    /**
     * Sets offsets of a connector that is stopped.
     *
     * @param body the request of Kafka Connect's REST API: {@code {"offsets": [{"partition": ..., "offset": ...}]}}
     */
    public void alterOffsets(String connector, String body) throws InterruptedException {
        send("PATCH", "/connectors/" + connector + "/offsets", body);
    }

    /** Resumes a connector that is paused or stopped. */
    public void resume(String connector) throws InterruptedException {
        send("PUT", "/connectors/" + connector + "/resume", null);
    }

    /** Starts again what of the connector and its tasks has failed. */
    public void restartFailed(String connector) throws InterruptedException {
        send("POST", "/connectors/" + connector + "/restart?includeTasks=true&onlyFailed=true", null);
    }

    /** Deletes the connector; its offsets stay. */
    public void delete(String connector) throws InterruptedException {
        send("DELETE", "/connectors/" + connector, null);
    }

    private static ConnectorStatus.State toState(JsonNode node) {
        return new ConnectorStatus.State(
                node.path("state").asText(), node.path("trace").asText(""));
    }

    private JsonNode send(String method, String path, @Nullable String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        Wait wait = Wait.upTo(PATIENCE);
        while (true) {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() < 300) {
                    return response.body().isEmpty() ? NullNode.getInstance() : JSON.readTree(response.body());
                }
                if (!isPassing(response.statusCode()) || wait.isOver()) {
                    throw new ConnectRestException(response.statusCode(), messageOf(response));
                }
            } catch (IOException e) {
                checkRunning.run();
                if (wait.isOver()) {
                    throw new ConnectRestException(503, "Kafka Connect does not answer at " + url);
                }
            }
            wait.pause();
        }
    }

    private static boolean isPassing(int status) {
        return status == 409 || status == 500 || status == 503;
    }

    private static String messageOf(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body()).path("message").asText(response.body());
        } catch (JsonProcessingException e) {
            return response.body();
        }
    }

    private static String toJson(Map<String, String> config) {
        try {
            return JSON.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
