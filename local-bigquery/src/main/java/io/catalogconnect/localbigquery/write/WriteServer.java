package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.BigQueryWriteGrpc;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.fault.Faults;
import io.catalogconnect.localbigquery.store.Warehouse;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Serves the Storage Write API, and the Storage Read API beside it, on a port. */
public final class WriteServer implements AutoCloseable {
    /** The service accepts requests of up to 20 MB. This limit is slightly higher, so that the service and not gRPC refuses them. */
    private static final int MAX_INBOUND_BYTES = 20 << 20;

    /** The service accepts as many calls at a time on one HTTP/2 connection. */
    private static final int MAX_CALLS = 100;

    private final WriteEngine engine;
    private final Server server;

    private WriteServer(WriteEngine engine, Server server) {
        this.engine = engine;
        this.server = server;
    }

    /**
     * Starts serving.
     *
     * @param others more services for the same port
     * @param address the address to listen on; port 0 selects a free port
     */
    public static WriteServer start(
            Warehouse warehouse,
            Faults faults,
            Permissions permissions,
            List<? extends BindableService> others,
            InetSocketAddress address)
            throws IOException, SQLException {
        WriteEngine engine = WriteEngine.start(
                warehouse, faults, permissions, () -> UUID.randomUUID().toString());
        try {
            NettyServerBuilder server = NettyServerBuilder.forAddress(address)
                    .maxInboundMessageSize(MAX_INBOUND_BYTES)
                    .maxConcurrentCallsPerConnection(MAX_CALLS)
                    .addService(new WriteService(engine));
            others.forEach(server::addService);
            return new WriteServer(engine, server.build().start());
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /**
     * Loads the classes of the server, and serves nothing: a server on a free loopback port that stops at once. The server process calls
     * this while DuckDB's library is being loaded, which takes equally long.
     */
    public static void warmUp() {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new BigQueryWriteGrpc.BigQueryWriteImplBase() {})
                .build();
        try {
            server.start();
        } catch (IOException e) {
            // The classes are loaded by now. If there is no free port, the start of the real server says so.
        }
        server.shutdownNow();
    }

    public int port() {
        return server.getPort();
    }

    /** Answers the requests that are being committed, then ends every connection. */
    @Override
    public void close() {
        server.shutdown();
        engine.close();
        try {
            if (!server.awaitTermination(2, TimeUnit.SECONDS)) {
                server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
