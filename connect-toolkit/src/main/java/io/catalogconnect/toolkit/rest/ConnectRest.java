package io.catalogconnect.toolkit.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Connect's REST API. A request that comes while the workers rebalance (409), before the worker has read its
 * configuration (503, and 500 while it may be starting), or while it cannot be reached, is retried for the time of the
 * {@link ConnectAccess}, unless the worker has ended. Thread-safe.
 */
public final class ConnectRest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConnectHttp http;

    /**
     * A client of one worker that the caller has started.
     *
     * @param url where it listens, for example {@code http://127.0.0.1:8083}
     * @param checkRunning called before each retry; throws if the worker has ended
     */
    public ConnectRest(String url, Runnable checkRunning) {
        this(ConnectAccess.ofStartingWorker(url), checkRunning);
    }

    /** A client of one worker. */
    public ConnectRest(ConnectAccess access) {
        this(access, () -> {});
    }

    private ConnectRest(ConnectAccess access, Runnable checkRunning) {
        this.http = new ConnectHttp(access, checkRunning);
    }

    /**
     * Waits until the worker has joined its group and read the configuration of the connectors.
     *
     * @throws ConnectRestException if it does not within the patience of the access
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
        send("PUT", path(definition.name()) + "/config", toJson(definition.config()));
    }

    /** Creates the connector in the state STOPPED: it has no tasks until it is resumed. */
    public void createStopped(ConnectorDefinition definition) throws InterruptedException {
        send(
                "POST",
                "/connectors",
                toJson(Map.of("name", definition.name(), "config", definition.config(), "initial_state", "STOPPED")));
    }

    /** All connectors with their configurations and states, in one request. */
    public List<DeployedConnector> connectors() throws InterruptedException {
        JsonNode all = send("GET", "/connectors?expand=info&expand=status", null);
        return all.properties().stream()
                .map(entry -> {
                    Map<String, String> config =
                            new HashMap<>(toMap(entry.getValue().at("/info/config")));
                    config.remove("name");
                    return new DeployedConnector(
                            entry.getKey(),
                            config,
                            toStatus(entry.getKey(), entry.getValue().path("status")));
                })
                .toList();
    }

    /** The connector's configuration, or empty if there is no such connector. */
    public Optional<Map<String, String>> config(String connector) throws InterruptedException {
        try {
            return Optional.of(toMap(send("GET", path(connector) + "/config", null)));
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
            status = send("GET", path(connector) + "/status", null);
        } catch (ConnectRestException e) {
            if (e.status() == 404) {
                return new ConnectorStatus(connector, new ConnectorStatus.State("UNASSIGNED", ""), List.of());
            }
            throw e;
        }
        return toStatus(connector, status);
    }

    /** The connector's committed offsets: each with {@code partition} and {@code offset}. */
    public List<JsonNode> offsets(String connector) throws InterruptedException {
        JsonNode offsets = send("GET", path(connector) + "/offsets", null);
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
        return send("PUT", "/connector-plugins/" + encode(plugin) + "/config/validate", toJson(config));
    }

    /** The classes of all plugins that the worker has found, with their type and version. */
    public JsonNode plugins() throws InterruptedException {
        return send("GET", "/connector-plugins?connectorsOnly=false", null);
    }

    /** Asks the connector's tasks to wait, without stopping them; its status tells when they do. */
    public void pause(String connector) throws InterruptedException {
        send("PUT", path(connector) + "/pause", null);
    }

    /** Ends the connector's tasks; its status tells when they have, and only then may its offsets be set. */
    public void stop(String connector) throws InterruptedException {
        send("PUT", path(connector) + "/stop", null);
    }

    /**
     * Sets offsets of a connector that is stopped.
     *
     * @param body the request of Kafka Connect's REST API: {@code {"offsets": [{"partition": ..., "offset": ...}]}}
     */
    public void alterOffsets(String connector, String body) throws InterruptedException {
        send("PATCH", path(connector) + "/offsets", body);
    }

    /** Resumes a connector that is paused or stopped. */
    public void resume(String connector) throws InterruptedException {
        send("PUT", path(connector) + "/resume", null);
    }

    /** Starts again what of the connector and its tasks has failed. */
    public void restartFailed(String connector) throws InterruptedException {
        send("POST", path(connector) + "/restart?includeTasks=true&onlyFailed=true", null);
    }

    /** Deletes the connector; its offsets stay. */
    public void delete(String connector) throws InterruptedException {
        send("DELETE", path(connector), null);
    }

    private static ConnectorStatus toStatus(String connector, JsonNode status) {
        return new ConnectorStatus(
                connector,
                toState(status.path("connector")),
                StreamSupport.stream(status.path("tasks").spliterator(), false)
                        .map(ConnectRest::toState)
                        .toList());
    }

    private static Map<String, String> toMap(JsonNode config) {
        return JSON.convertValue(config, JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
    }

    /** The path of a connector. Its name may contain any character. */
    private static String path(String connector) {
        return "/connectors/" + encode(connector);
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ConnectorStatus.State toState(JsonNode node) {
        return new ConnectorStatus.State(
                node.path("state").asText(), node.path("trace").asText(""));
    }

    private JsonNode send(String method, String path, @Nullable String body) throws InterruptedException {
        return http.send(method, path, body);
    }

    private static String toJson(Map<String, ?> content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
