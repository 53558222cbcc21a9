package io.catalogconnect.localbigquery;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.catalogconnect.localbigquery.fault.FaultFilter;
import io.catalogconnect.localbigquery.fault.Faults;
import io.catalogconnect.localbigquery.fault.FaultsHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP server: serves the fault administration and the REST API, whose calls go through the fault filter. */
final class HttpEndpoint implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final FaultFilter filter;

    private HttpEndpoint(HttpServer server, ExecutorService threads, FaultFilter filter) {
        this.server = server;
        this.threads = threads;
        this.filter = filter;
    }

    static HttpEndpoint start(Faults faults, HttpHandler rest, InetSocketAddress address) throws IOException {
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            // The header and the body of a response are two writes. Without this option the second waits for the
            // client's delayed
            // acknowledgement.
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException("Cannot serve on HTTP port " + address.getPort() + ": " + e.getMessage(), e);
        }
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "local-bigquery-http");
            thread.setDaemon(true);
            return thread;
        });
        FaultFilter filter = new FaultFilter(faults);
        server.setExecutor(threads);
        BrowserFilter browsers = new BrowserFilter();
        server.createContext("/", rest).getFilters().addAll(List.of(browsers, filter));
        server.createContext("/admin/faults", new FaultsHandler(faults))
                .getFilters()
                .add(browsers);
        server.start();
        return new HttpEndpoint(server, threads, filter);
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        filter.stop();
        server.stop(0);
        threads.shutdownNow();
    }
}
