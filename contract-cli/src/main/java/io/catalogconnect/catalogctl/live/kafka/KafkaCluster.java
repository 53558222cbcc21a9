package io.catalogconnect.catalogctl.live.kafka;

import io.catalogconnect.catalogctl.live.LiveException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** A Kafka cluster and the admin client for it, which connects at the first call. Thread-safe. */
public final class KafkaCluster implements AutoCloseable {
    private static final int TIMEOUT_MS = 20_000;

    private final String bootstrap;
    private final Map<String, Object> settings;
    private final Admin admin;

    /** @param settings settings of Kafka's clients; {@code bootstrap.servers} at least */
    public KafkaCluster(Map<String, String> settings) {
        this.bootstrap = settings.getOrDefault("bootstrap.servers", "");
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("default.api.timeout.ms", TIMEOUT_MS);
        all.putIfAbsent("request.timeout.ms", TIMEOUT_MS / 2);
        this.settings = Map.copyOf(all);
        try {
            this.admin = Admin.create(all);
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /** The settings of clients. */
    Map<String, Object> settings() {
        return settings;
    }

    Admin admin() {
        return admin;
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
        return cause instanceof TimeoutException
                ? new LiveException("Kafka at " + bootstrap + " does not answer.", cause)
                : new LiveException("Kafka: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        admin.close();
    }

    /** A request to the cluster. */
    interface Request<T> {
        T send() throws ExecutionException, InterruptedException;
    }
}
