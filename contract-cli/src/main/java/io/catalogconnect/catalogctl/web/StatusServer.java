package io.catalogconnect.catalogctl.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.catalogconnect.catalogctl.live.LiveException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** A server on 127.0.0.1 with the status page and what it shows. */
public final class StatusServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int UNSUPPORTED_TYPE = 415;
    private static final int INTERNAL_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int MOST_BYTES = 64 << 10;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int THREADS = 4;
    private static final Pattern JSON = Pattern.compile("application/json *(;.*)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> FILES = Map.of(
            "/", "page.html",
            "/page.css", "page.css",
            "/page.js", "page.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=UTF-8",
            "css", "text/css; charset=UTF-8",
            "js", "text/javascript; charset=UTF-8");

    private final HttpServer server;
    private final ExecutorService threads;
    private final PageData data;

    private StatusServer(HttpServer server, ExecutorService threads, PageData data) {
        this.server = server;
        this.threads = threads;
        this.data = data;
    }

    /**
     * Starts a server.
     *
     * @param port 0 for a free one
     */
    public static StatusServer start(int port, PageData data) throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("Port " + port + " of 127.0.0.1 cannot be opened: " + e.getMessage(), e);
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "status-page");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        StatusServer started = new StatusServer(server, threads, data);
        server.createContext("/", started::handle)
                .getFilters()
                .add(new PageFilter(server.getAddress().getPort()));
        server.start();
        return started;
    }

    /** The address of the page. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void handle(HttpExchange exchange) throws IOException {
        answer(exchange).send(exchange);
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        try {
            if (path.equals("/query")) {
                return method.equals("POST") ? query(exchange) : notAllowed(method);
            }
            if (!method.equals("GET")) {
                return notAllowed(method);
            }
            return switch (path) {
                case "/status.json" -> Answer.json(data.status());
                case "/table" -> Answer.json(data.table(parameter(exchange, "name")));
                default -> file(path);
            };
        } catch (LiveException e) {
            return Answer.error(BAD_GATEWAY, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.error(BAD_GATEWAY, "The server is stopped.");
        } catch (RuntimeException e) {
            return Answer.error(INTERNAL_ERROR, "The request has failed: " + e);
        }
    }

    private static Answer notAllowed(String method) {
        return Answer.error(METHOD_NOT_ALLOWED, method + " is not accepted here.");
    }

    /** A page of another origin cannot send this content type without asking, and it is never allowed to. */
    private Answer query(HttpExchange exchange) throws IOException {
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!JSON.matcher(type).matches()) {
            return Answer.error(UNSUPPORTED_TYPE, "The content type must be application/json.");
        }
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(MOST_BYTES + 1);
        }
        if (body.length > MOST_BYTES) {
            return Answer.error(TOO_LARGE, "The request is larger than " + MOST_BYTES + " bytes.");
        }
        try {
            return Answer.json(data.query(new String(body, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Answer.error(BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static String parameter(HttpExchange exchange, String name) {
        String query = exchange.getRequestURI().getRawQuery();
        return query != null && query.startsWith(name + "=")
                ? URLDecoder.decode(query.substring(name.length() + 1), StandardCharsets.UTF_8)
                : "";
    }

    private static Answer file(String path) throws IOException {
        String name = FILES.get(path);
        if (name == null) {
            return Answer.error(NOT_FOUND, "There is nothing at " + path + ".");
        }
        try (InputStream in = StatusServer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not in the jar.");
            }
            String type = TYPES.getOrDefault(name.substring(name.indexOf('.') + 1), "");
            return new Answer(OK, type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
