package io.catalogconnect.localbigquery;

import io.catalogconnect.localbigquery.fault.Faults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * BigQuery on this machine, serving on ports of the loopback interface until closed. Any project id is good; datasets are created first,
 * as in BigQuery. What was acknowledged is in the DuckDB file, and is served again by the next instance over the same file. Thread-safe.
 *
 * <pre>{@code
 * try (LocalBigQuery bigquery = LocalBigQuery.builder().databaseFile(file).start()) {
 *     // point Google's clients at bigquery.restEndpoint() and, without TLS, at bigquery.storageEndpoint()
 * }
 * }</pre>
 */
public final class LocalBigQuery implements AutoCloseable {
    private final RunningStorage.Plan plan;
    private final Faults faults;
    private final HttpEndpoint http;
    private final SwitchableHandler rest;
    private RunningStorage serving;

    private LocalBigQuery(
            RunningStorage.Plan plan,
            Faults faults,
            RunningStorage serving,
            SwitchableHandler rest,
            HttpEndpoint http) {
        this.plan = plan;
        this.faults = faults;
        this.serving = serving;
        this.rest = rest;
        this.http = http;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The REST API's port. */
    public int httpPort() {
        return http.port();
    }

    /** Root of the REST API: {@code http://127.0.0.1:9050}. */
    public String restEndpoint() {
        return "http://127.0.0.1:" + httpPort();
    }

    /** The Storage API's port. */
    public synchronized int grpcPort() {
        return serving.grpcPort();
    }

    /** Host and port of the Storage API, without TLS: {@code 127.0.0.1:9060}. */
    public String storageEndpoint() {
        return "127.0.0.1:" + grpcPort();
    }

    /** What goes wrong on purpose, from now on. */
    public Faults faults() {
        return faults;
    }

    /**
     * Breaks every connection of the Storage API, closes the file, and serves it again on the same port, with what was acknowledged.
     *
     * @throws IOException when the file or the port is not to be had any more
     */
    public synchronized void restart() throws IOException {
        int port = serving.grpcPort();
        serving.close();
        serving = RunningStorage.start(plan.onPort(port), faults);
        rest.mount(serving.rest());
    }

    /** Ends what is being served, waits for the transaction under way, closes the file. */
    @Override
    public synchronized void close() {
        http.close();
        serving.close();
    }

    /** How to start one; every setting but the file has a default. */
    public static final class Builder {
        private @Nullable Path databaseFile;
        private InetAddress host = InetAddress.getLoopbackAddress();
        private int httpPort;
        private int grpcPort;
        private @Nullable String memoryLimit;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** The DuckDB file, made when missing. Required. */
        public Builder databaseFile(Path file) {
            this.databaseFile = file;
            return this;
        }

        /**
         * The interface to listen on; loopback unless told otherwise. Nobody is asked for credentials, so that any other one is for a
         * container's own network only.
         */
        public Builder host(InetAddress address) {
            this.host = address;
            return this;
        }

        /** Port of the REST API; 0, the default, for a free one. */
        public Builder httpPort(int port) {
            this.httpPort = port;
            return this;
        }

        /** Port of the Storage API; 0, the default, for a free one. */
        public Builder grpcPort(int port) {
            this.grpcPort = port;
            return this;
        }

        /** How much memory DuckDB may take, {@code 512MB}; its own default otherwise. */
        public Builder memoryLimit(String limit) {
            this.memoryLimit = limit;
            return this;
        }

        /** The time by which things are created, idle and expired. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /**
         * Opens the file and serves.
         *
         * @throws IOException when the file cannot be opened (another process may have it) or a port is taken
         */
        public LocalBigQuery start() throws IOException {
            Path file = Objects.requireNonNull(databaseFile, "LocalBigQuery needs a databaseFile");
            RunningStorage.Plan plan = new RunningStorage.Plan(file, host, grpcPort, memoryLimit, clock);
            Faults faults = new Faults();
            RunningStorage serving = RunningStorage.start(plan, faults);
            try {
                SwitchableHandler rest = new SwitchableHandler(serving.rest());
                return new LocalBigQuery(
                        plan,
                        faults,
                        serving,
                        rest,
                        HttpEndpoint.start(faults, rest, new InetSocketAddress(host, httpPort)));
            } catch (IOException | RuntimeException e) {
                serving.close();
                throw e;
            }
        }
    }
}
