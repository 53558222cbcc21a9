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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The HTTP server: serves the fault administration and the REST API, whose calls go through the fault filter. */
final class HttpEndpoint implements AutoCloseable {
    /** A request must arrive completely within this time; otherwise its connection is closed. */
    private static final String REQUEST_SECONDS = "60";

    static final int MAX_THREADS = 256;
    private static final long IDLE_SECONDS = 60;

    private final HttpServer server;
    private final ExecutorService threads;
    private final FaultFilter filter;

    private HttpEndpoint(HttpServer server, ExecutorService threads, FaultFilter filter) {
        this.server = server;
        this.threads = threads;
        this.filter = filter;
    }

    static HttpEndpoint start(Faults faults, HttpHandler rest, InetSocketAddress address) throws IOException {
        // The header and the body of a response are two writes. Without this option the second waits for the client's
        // delayed acknowledgement.
        setDefault("sun.net.httpserver.nodelay", "true");
        setDefault("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException("Cannot serve on HTTP port " + address.getPort() + ": " + e.getMessage(), e);
        }
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "local-bigquery-http");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
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

    /** Sets an option of the JDK's server, which reads it once. An option that was given to the JVM stays. */
    private static void setDefault(String option, String value) {
        if (System.getProperty(option) == null) {
            System.setProperty(option, value);
        }
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
