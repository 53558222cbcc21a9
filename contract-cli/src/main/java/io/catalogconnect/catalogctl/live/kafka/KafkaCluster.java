package io.catalogconnect.catalogctl.live.kafka;

import io.catalogconnect.catalogctl.live.LiveException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A Kafka cluster and the admin client for it, which is created for the first call. Thread-safe. */
public final class KafkaCluster implements AutoCloseable {
    private static final int TIMEOUT_MS = 20_000;
    private static final String CALL_MS = "default.api.timeout.ms";
    private static final String REQUEST_MS = "request.timeout.ms";

    private final String bootstrap;
    private final Map<String, Object> settings;
    private @Nullable Admin admin;

    /** @param settings settings of Kafka's clients; {@code bootstrap.servers} at least */
    public KafkaCluster(Map<String, String> settings) {
        this.bootstrap = settings.getOrDefault("bootstrap.servers", "");
        Map<String, Object> all = new HashMap<>(settings);
        // Kafka refuses a time of a request that is longer than that of a call.
        all.putIfAbsent(CALL_MS, Math.max(TIMEOUT_MS, number(settings, REQUEST_MS)));
        all.putIfAbsent(REQUEST_MS, Math.min(TIMEOUT_MS / 2, number(settings, CALL_MS)));
        this.settings = Map.copyOf(all);
    }

    /** A time that the user has set; otherwise, and for a value that the client refuses, the default. */
    private static int number(Map<String, String> settings, String key) {
        try {
            return Integer.parseInt(settings.getOrDefault(key, "").strip());
        } catch (NumberFormatException e) {
            return TIMEOUT_MS;
        }
    }

    /** The settings of clients. */
    Map<String, Object> settings() {
        return settings;
    }

    /** The client, to be used within {@link #call}: settings that it cannot use are seen here. */
    synchronized Admin admin() {
        Admin existing = admin;
        if (existing == null) {
            existing = Admin.create(settings);
            admin = existing;
        }
        return existing;
    }

    /** Sends a request and translates its errors. */
    <T> T call(Request<T> request) throws InterruptedException {
        try {
            return request.send();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    private LiveException failure(Throwable cause) {
        if (cause instanceof TimeoutException) {
            return new LiveException("Kafka at " + bootstrap + " does not answer.", cause);
        }
        // The client is created with all settings at once. Only the cause names the wrong one.
        Throwable reason =
                cause.getClass() == KafkaException.class && cause.getCause() != null ? cause.getCause() : cause;
        return new LiveException("Kafka at " + bootstrap + ": " + reason.getMessage(), cause);
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close();
        }
    }

    /** A request to the cluster. */
    interface Request<T> {
        T send() throws ExecutionException, InterruptedException;
    }
}
