package io.catalogconnect.localbigquery;

import io.catalogconnect.localbigquery.store.Warehouse;
import io.catalogconnect.localbigquery.write.WriteServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
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
    private final Warehouse warehouse;
    private final WriteServer writeServer;
    private final HttpEndpoint http;

    private LocalBigQuery(Warehouse warehouse, WriteServer writeServer, HttpEndpoint http) {
        this.warehouse = warehouse;
        this.writeServer = writeServer;
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
    public int grpcPort() {
        return writeServer.port();
    }

    /** Host and port of the Storage API, without TLS: {@code 127.0.0.1:9060}. */
    public String storageEndpoint() {
        return "127.0.0.1:" + grpcPort();
    }

    /** Ends what is being served, waits for the transaction under way, closes the file. */
    @Override
    public void close() {
        http.close();
        writeServer.close();
        try {
            warehouse.close();
        } catch (SQLException e) {
            throw new IllegalStateException("The DuckDB file could not be closed", e);
        }
    }

    /** How to start one; every setting but the file has a default. */
    public static final class Builder {
        private @Nullable Path databaseFile;
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
            Warehouse warehouse;
            try {
                warehouse = Warehouse.open(file, clock, memoryLimit);
            } catch (SQLException e) {
                throw new IOException("Cannot open the DuckDB file " + file + ": " + e.getMessage(), e);
            }
            WriteServer writeServer = null;
            try {
                writeServer = WriteServer.start(warehouse, grpcPort);
                return new LocalBigQuery(warehouse, writeServer, HttpEndpoint.start(warehouse, httpPort));
            } catch (IOException | SQLException | RuntimeException e) {
                if (writeServer != null) {
                    writeServer.close();
                }
                closeAfter(e, warehouse);
                throw new IOException("Cannot serve " + file + ": " + e.getMessage(), e);
            }
        }

        private static void closeAfter(Exception cause, Warehouse warehouse) {
            try {
                warehouse.close();
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
