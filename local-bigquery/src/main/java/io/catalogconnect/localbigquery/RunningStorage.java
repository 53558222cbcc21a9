package io.catalogconnect.localbigquery;

import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.fault.Faults;
import io.catalogconnect.localbigquery.job.RowSnapshots;
import io.catalogconnect.localbigquery.read.ReadService;
import io.catalogconnect.localbigquery.rest.RestApi;
import io.catalogconnect.localbigquery.store.Warehouse;
import io.catalogconnect.localbigquery.write.WriteServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open DuckDB file and the Storage API that serves it. A restart replaces this object. */
final class RunningStorage implements AutoCloseable {
    /**
     * Settings for opening the file and serving it.
     *
     * @param host the interface to listen on
     * @param grpcPort 0 selects a free port
     * @param memoryLimit memory limit of DuckDB; null for the default
     * @param latency the time that each statement runs at least
     */
    record Plan(
            Path file,
            InetAddress host,
            int grpcPort,
            @Nullable String memoryLimit,
            Duration latency,
            Clock clock) {
        Plan onPort(int port) {
            return new Plan(file, host, port, memoryLimit, latency, clock);
        }
    }

    private final Warehouse warehouse;
    private final WriteServer writeServer;
    private final ReadService reads;
    private final RestApi rest;

    private RunningStorage(Warehouse warehouse, WriteServer writeServer, ReadService reads, RestApi rest) {
        this.warehouse = warehouse;
        this.writeServer = writeServer;
        this.reads = reads;
        this.rest = rest;
    }

    static RunningStorage start(Plan plan, Faults faults, Permissions permissions) throws IOException {
        Warehouse warehouse;
        try {
            warehouse = Warehouse.open(plan.file(), plan.clock(), plan.memoryLimit());
        } catch (SQLException e) {
            throw new IOException("Cannot open the DuckDB file " + plan.file() + ": " + e.getMessage(), e);
        }
        try {
            RestApi rest = RestApi.open(warehouse, permissions, plan.latency());
            ReadService reads = new ReadService(permissions, new RowSnapshots(warehouse, permissions, rest.jobs()));
            return new RunningStorage(
                    warehouse,
                    WriteServer.start(
                            warehouse,
                            faults,
                            permissions,
                            List.of(reads),
                            new InetSocketAddress(plan.host(), plan.grpcPort())),
                    reads,
                    rest);
        } catch (IOException | SQLException | RuntimeException e) {
            try {
                warehouse.close();
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new IOException(
                    "Cannot serve " + plan.file() + " on gRPC port " + plan.grpcPort() + ": " + e.getMessage(), e);
        }
    }

    Warehouse warehouse() {
        return warehouse;
    }

    RestApi rest() {
        return rest;
    }

    int grpcPort() {
        return writeServer.port();
    }

    @Override
    public void close() {
        writeServer.close();
        reads.close();
        try {
            rest.close();
            warehouse.close();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot close the DuckDB file", e);
        }
    }
}
