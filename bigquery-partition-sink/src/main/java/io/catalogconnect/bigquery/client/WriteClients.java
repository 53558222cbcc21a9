package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import io.catalogconnect.bigquery.commit.StreamConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Google's clients of the Storage Write API. Each has one HTTP/2 connection, on which BigQuery accepts 100 calls at the same
 * time; further calls wait without an error. The connection to a write stream is a call that lasts until it is closed. So a
 * new client is created for more write streams. Thread-safe.
 */
final class WriteClients {

    /** Leaves some of the 100 calls to create and finalize streams. */
    private static final int STREAMS_PER_CLIENT = 80;

    private static final class Shared {
        private final BigQueryWriteClient client;
        private final Set<StreamConnection> connections = new HashSet<>();
        private int streams;

        private Shared(BigQueryWriteClient client) {
            this.client = client;
        }
    }

    private final Supplier<BigQueryWriteClient> factory;
    private final List<Shared> clients = new ArrayList<>();
    private boolean closed;

    /** @param factory creates a client with one connection; it is called once at the beginning */
    WriteClients(Supplier<BigQueryWriteClient> factory) {
        this.factory = factory;
        clients.add(new Shared(factory.get()));
    }

    /** The client for calls that end soon. */
    synchronized BigQueryWriteClient forCalls() {
        return clients.get(0).client;
    }

    /** Opens a connection to a write stream. */
    StreamConnection connect(String stream) {
        Shared used = take();
        GrpcStreamConnection opened = new GrpcStreamConnection(used.client, stream, () -> giveBack(used));
        remember(used, opened);
        return opened;
    }

    private synchronized void remember(Shared used, StreamConnection opened) {
        used.connections.removeIf(connection -> !connection.isOpen());
        used.connections.add(opened);
    }

    private synchronized Shared take() {
        Shared used = clients.stream()
                .filter(client -> closed || client.streams < STREAMS_PER_CLIENT)
                .findFirst()
                .orElseGet(() -> {
                    Shared added = new Shared(factory.get());
                    clients.add(added);
                    return added;
                });
        used.streams++;
        return used;
    }

    private synchronized void giveBack(Shared used) {
        used.streams--;
    }

    /** Ends the connections that are still open and closes all clients; false if one did not close in time. */
    boolean close(long seconds) throws InterruptedException {
        List<Shared> open;
        List<StreamConnection> connections;
        synchronized (this) {
            closed = true;
            open = List.copyOf(clients);
            connections =
                    open.stream().flatMap(shared -> shared.connections.stream()).toList();
        }
        connections.forEach(StreamConnection::close);
        open.forEach(shared -> shared.client.close());
        boolean done = true;
        for (Shared shared : open) {
            done &= shared.client.awaitTermination(seconds, TimeUnit.SECONDS);
        }
        return done;
    }
}
