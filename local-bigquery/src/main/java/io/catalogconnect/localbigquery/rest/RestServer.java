package io.catalogconnect.localbigquery.rest;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The REST API on a socket of its own. Thread-safe; the warehouse stays the caller's to close. */
public final class RestServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService executor;
    private final RestApi api;

    private RestServer(HttpServer server, ExecutorService executor, RestApi api) {
        this.server = server;
        this.executor = executor;
        this.api = api;
    }

    /**
     * Starts to serve.
     *
     * @param warehouse what is served
     * @param address where; port 0 takes a free one
     * @return the server, ready
     * @throws IOException when the address is taken
     * @throws SQLException when the record of jobs cannot be read
     */
    public static RestServer start(Warehouse warehouse, InetSocketAddress address) throws IOException, SQLException {
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            // Head and body of an answer are two writes: without this the second waits for the client's delayed
            // acknowledgement.
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        HttpServer server = HttpServer.create(address, 256);
        ExecutorService executor = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "bigquery-rest");
            thread.setDaemon(true);
            return thread;
        });
        RestApi api = RestApi.open(warehouse);
        server.setExecutor(executor);
        server.createContext("/", api);
        server.start();
        return new RestServer(server, executor, api);
    }

    /** Where it serves. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Serves something else below a path, such as {@code /admin/faults}. */
    public void addContext(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    @Override
    public void close() throws SQLException {
        server.stop(0);
        executor.shutdownNow();
        api.close();
    }
}
