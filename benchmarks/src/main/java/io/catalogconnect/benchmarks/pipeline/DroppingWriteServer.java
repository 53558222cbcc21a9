package io.catalogconnect.benchmarks.pipeline;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A {@link DroppingWriteService} on a free port of loopback. */
final class DroppingWriteServer implements AutoCloseable {
    private static final int MAX_INBOUND_BYTES = 20 << 20;

    private final ManagedChannel behind;
    private final Server server;
    private final Arrivals arrivals;

    private DroppingWriteServer(ManagedChannel behind, Server server, Arrivals arrivals) {
        this.behind = behind;
        this.server = server;
        this.arrivals = arrivals;
    }

    /**
     * Serves.
     *
     * @param behind host and port of the Storage Write API that keeps the streams
     */
    static DroppingWriteServer start(String behind) throws IOException {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(behind).usePlaintext().build();
        Arrivals arrivals = new Arrivals();
        try {
            Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .maxInboundMessageSize(MAX_INBOUND_BYTES)
                    .addService(new DroppingWriteService(channel, arrivals))
                    .build()
                    .start();
            return new DroppingWriteServer(channel, server, arrivals);
        } catch (IOException e) {
            channel.shutdownNow();
            throw e;
        }
    }

    String endpoint() {
        return "127.0.0.1:" + server.getPort();
    }

    Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public void close() {
        server.shutdownNow();
        behind.shutdownNow();
    }
}
