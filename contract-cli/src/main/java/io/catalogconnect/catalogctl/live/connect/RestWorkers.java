package io.catalogconnect.catalogctl.live.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.SourceProgress;
import io.catalogconnect.catalogctl.live.Workers;
import io.catalogconnect.contract.render.Connector;
import io.catalogconnect.toolkit.rest.ConnectAccess;
import io.catalogconnect.toolkit.rest.ConnectRest;
import io.catalogconnect.toolkit.rest.ConnectRestException;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import io.catalogconnect.toolkit.wait.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Connectors through Connect's REST API. Thread-safe. */
public final class RestWorkers implements Workers {
    private static final int ABSENT = 404;
    private static final int BAD_REQUEST = 400;
    private static final Duration STOPPING = Duration.ofMinutes(1);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[A-Za-z0-9_-]+:[^}]+}");

    private final ConnectRest rest;

    public RestWorkers(ConnectAccess access) {
        this.rest = new ConnectRest(access);
    }

    @Override
    public List<DeployedConnector> connectors() throws InterruptedException {
        return call(rest::connectors);
    }

    @Override
    public Map<String, String> pluginVersions() throws InterruptedException {
        Map<String, String> versions = new HashMap<>();
        call(rest::plugins)
                .forEach(plugin -> versions.put(
                        plugin.path("class").asText(), plugin.path("version").asText()));
        return versions;
    }

    @Override
    public SourceProgress progress(String source) throws InterruptedException {
        try {
            return OffsetsJson.read(rest.offsets(source));
        } catch (ConnectRestException e) {
            if (e.status() == ABSENT) {
                return new SourceProgress(List.of(), Map.of());
            }
            throw failure(e);
        }
    }

    @Override
    public List<String> validate(Connector connector) throws InterruptedException {
        List<String> errors = new ArrayList<>();
        for (JsonNode entry : validated(connector)) {
            JsonNode value = entry.path("value");
            value.path("errors").forEach(error -> errors.add(value.path("name").asText() + ": " + error.asText()));
        }
        return errors;
    }

    @Override
    public List<String> literalPlaceholders(Connector connector) throws InterruptedException {
        List<String> keys = new ArrayList<>();
        for (JsonNode entry : validated(connector)) {
            JsonNode value = entry.path("value");
            String key = value.path("name").asText();
            Matcher placeholder = PLACEHOLDER.matcher(connector.config().getOrDefault(key, ""));
            // The answer contains the value after the replacement.
            if (placeholder.find() && value.path("value").asText().contains(placeholder.group())) {
                keys.add(key);
            }
        }
        return keys;
    }

    private JsonNode validated(Connector connector) throws InterruptedException {
        Map<String, String> config = new HashMap<>(connector.config());
        config.put("name", connector.name());
        return call(() -> rest.validate(config)).path("configs");
    }

    @Override
    public void createStopped(Connector connector) throws InterruptedException {
        run(() -> rest.createStopped(definition(connector)));
    }

    @Override
    public void configure(Connector connector) throws InterruptedException {
        run(() -> rest.put(definition(connector)));
    }

    @Override
    public void stop(String connector) throws InterruptedException {
        run(() -> rest.stop(connector));
    }

    @Override
    public void setOffsets(String source, String offsets) throws InterruptedException {
        Wait patience = Wait.upTo(STOPPING);
        while (true) {
            try {
                rest.alterOffsets(source, offsets);
                return;
            } catch (ConnectRestException e) {
                // Also a connector whose tasks have not ended on all workers.
                boolean isStopping = e.status() == BAD_REQUEST
                        && String.valueOf(e.getMessage()).contains("STOPPED state");
                if (!isStopping || patience.isOver()) {
                    throw failure(e);
                }
            }
            patience.pause();
        }
    }

    @Override
    public void resume(String connector) throws InterruptedException {
        run(() -> rest.resume(connector));
    }

    @Override
    public void restartFailed(String connector) throws InterruptedException {
        run(() -> rest.restartFailed(connector));
    }

    @Override
    public void delete(String connector) throws InterruptedException {
        run(() -> {
            try {
                rest.delete(connector);
            } catch (ConnectRestException e) {
                if (e.status() != ABSENT) {
                    throw e;
                }
            }
        });
    }

    @Override
    public ConnectorStatus status(String connector) throws InterruptedException {
        return call(() -> rest.status(connector));
    }

    private static ConnectorDefinition definition(Connector connector) {
        return new ConnectorDefinition(connector.name(), connector.config());
    }

    private static void run(Request request) throws InterruptedException {
        call(() -> {
            request.send();
            return true;
        });
    }

    private static <T> T call(Query<T> query) throws InterruptedException {
        try {
            return query.send();
        } catch (ConnectRestException e) {
            throw failure(e);
        }
    }

    private static LiveException failure(ConnectRestException e) {
        return new LiveException((e.isUnreachable() ? "" : "Kafka Connect: ") + e.getMessage(), e);
    }

    /** A request with a result. */
    private interface Query<T> {
        T send() throws InterruptedException;
    }

    /** A request without a result. */
    private interface Request {
        void send() throws InterruptedException;
    }
}
