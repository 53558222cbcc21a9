package io.catalogconnect.localbigquery;

import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.fault.Faults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A local BigQuery server. Listens on ports of the loopback interface until it is closed. Accepts any project id; a dataset must be created
 * before it is used, as in BigQuery. Acknowledged changes are in the DuckDB file; the next instance that opens the file serves them.
 * Thread-safe.
 *
 * <pre>{@code
 * try (LocalBigQuery bigquery = LocalBigQuery.builder().databaseFile(file).start()) {
 *     // connect Google's clients to bigquery.restEndpoint() and, without TLS, to bigquery.storageEndpoint()
 * }
 * }</pre>
 */
public final class LocalBigQuery implements AutoCloseable {
    private final RunningStorage.Plan plan;
    private final Faults faults;
    private final Permissions permissions;
    private final HttpEndpoint http;
    private final SwitchableHandler rest;
    private RunningStorage serving;

    private LocalBigQuery(
            RunningStorage.Plan plan,
            Faults faults,
            Permissions permissions,
            RunningStorage serving,
            SwitchableHandler rest,
            HttpEndpoint http) {
        this.plan = plan;
        this.faults = faults;
        this.permissions = permissions;
        this.serving = serving;
        this.rest = rest;
        this.http = http;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Port of the REST API. */
    public int httpPort() {
        return http.port();
    }

    /** Root URL of the REST API: {@code http://127.0.0.1:9050}. */
    public String restEndpoint() {
        return "http://127.0.0.1:" + httpPort();
    }

    /** Port of the Storage API. */
    public synchronized int grpcPort() {
        return serving.grpcPort();
    }

    /** Host and port of the Storage API, without TLS: {@code 127.0.0.1:9060}. */
    public String storageEndpoint() {
        return "127.0.0.1:" + grpcPort();
    }

    /** The fault rules that apply to the following calls. */
    public Faults faults() {
        return faults;
    }

    /** The permissions of all callers. By default, everything is permitted. */
    public Permissions permissions() {
        return permissions;
    }

    /**
     * Breaks every connection of the Storage API, closes the file, opens it again and serves it on the same port. Acknowledged changes are
     * kept.
     *
     * @throws IOException when the file cannot be opened again or the port has been taken
     */
    public synchronized void restart() throws IOException {
        int port = serving.grpcPort();
        serving.close();
        serving = RunningStorage.start(plan.onPort(port), faults, permissions);
        rest.mount(serving.rest());
    }

    /** Stops serving, waits for the running transaction and closes the file. */
    @Override
    public synchronized void close() {
        http.close();
        serving.close();
    }

    /** Settings of a server. Every setting except the file has a default. */
    public static final class Builder {
        private @Nullable Path databaseFile;
        private InetAddress host = InetAddress.getLoopbackAddress();
        private int httpPort;
        private int grpcPort;
        private @Nullable String memoryLimit;
        private Duration statementLatency = Duration.ZERO;
        private Clock clock = Clock.systemUTC();
        private final Permissions permissions = new Permissions();

        private Builder() {}

        /** The DuckDB file, created if it is missing. Required. */
        public Builder databaseFile(Path file) {
            this.databaseFile = file;
            return this;
        }

        /**
         * The interface to listen on; default: loopback. The server checks no credentials, so use another interface only inside a
         * container's private network.
         */
        public Builder host(InetAddress address) {
            this.host = address;
            return this;
        }

        /** Port of the REST API; 0, the default, selects a free port. */
        public Builder httpPort(int port) {
            this.httpPort = port;
            return this;
        }

        /** Port of the Storage API; 0, the default, selects a free port. */
        public Builder grpcPort(int port) {
            this.grpcPort = port;
            return this;
        }

        /** Memory limit of DuckDB, for example {@code 512MB}; by default half of the machine's memory. */
        public Builder memoryLimit(String limit) {
            this.memoryLimit = limit;
            return this;
        }

        /**
         * The time that each query and each other statement runs at least; by default as short as possible. Statements that change rows of
         * the same table conflict only if they take time.
         */
        public Builder statementLatency(Duration latency) {
            this.statementLatency = latency;
            return this;
        }

        /**
         * Restricts all callers to the permissions of a list; see {@link Permissions}.
         *
         * @throws IllegalArgumentException when a line is not a grant
         */
        public Builder permitOnly(List<String> grants) {
            permissions.permitOnly(grants);
            return this;
        }

        /** The clock for creation times, idle times and expirations. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /**
         * Opens the file and starts serving.
         *
         * @throws IOException when the file cannot be opened (for example because another process has it open) or a port is taken
         */
        public LocalBigQuery start() throws IOException {
            Path file = Objects.requireNonNull(databaseFile, "LocalBigQuery needs a databaseFile");
            RunningStorage.Plan plan =
                    new RunningStorage.Plan(file, host, grpcPort, memoryLimit, statementLatency, clock);
            Faults faults = new Faults();
            RunningStorage serving = RunningStorage.start(plan, faults, permissions);
            try {
                SwitchableHandler rest = new SwitchableHandler(serving.rest());
                return new LocalBigQuery(
                        plan,
                        faults,
                        permissions,
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
