package io.catalogconnect.localbigquery.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.catalogconnect.localbigquery.job.Expiration;
import io.catalogconnect.localbigquery.job.ServiceError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects the JDK's HTTP server to the routes: reads requests, writes responses, and turns every failure into an error body. */
final class HttpAdapter implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(HttpAdapter.class);
    private static final int WORTH_PACKING = 2048;
    /** Bytes of a request body, also after decompression. */
    private static final int MAX_BODY_BYTES = 100 * 1024 * 1024;

    private final Router router;
    private final Expiration expiration;

    HttpAdapter(Router router, Expiration expiration) {
        this.router = router;
        this.expiration = expiration;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Response response = answer(exchange);
            send(exchange, response);
        }
    }

    private Response answer(HttpExchange exchange) throws IOException {
        try {
            expiration.sweep();
            return router.answer(request(exchange));
        } catch (SQLException | RuntimeException e) {
            ServiceError error = ServiceError.of(e);
            if (error.code() >= 500) {
                LOG.warn(
                        "{} {} failed",
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        e);
            }
            return Response.error(error);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Response.error(new ServiceError(503, "backendError", "The server is stopping"));
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = limited(in);
        }
        if ("gzip".equalsIgnoreCase(headers.get("content-encoding")) && body.length > 0) {
            try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
                body = limited(unpacked);
            }
        }
        String override = headers.get("x-http-method-override");
        String method = override == null ? exchange.getRequestMethod() : override.toUpperCase(Locale.ROOT);
        String host = headers.getOrDefault(
                "host", "127.0.0.1:" + exchange.getLocalAddress().getPort());
        return new Request(
                method,
                path(exchange.getRequestURI().getRawPath()),
                parameters(exchange.getRequestURI().getRawQuery()),
                headers,
                new Body(body),
                host);
    }

    private static byte[] limited(InputStream in) throws IOException {
        byte[] body = in.readNBytes(MAX_BODY_BYTES);
        if (body.length == MAX_BODY_BYTES && in.read() >= 0) {
            throw new ServiceError(
                    413, "uploadTooLarge", "Request payload size exceeds the limit: " + MAX_BODY_BYTES + " bytes.");
        }
        return body;
    }

    /** The path segments without the prefix of the API. The path of an upload keeps the segment {@code upload}. */
    private static List<String> path(String raw) {
        List<String> segments = new ArrayList<>();
        for (String segment : raw.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        int upload = 0;
        if (!segments.isEmpty() && segments.get(0).equals("resumable")) {
            segments.remove(0);
        }
        if (!segments.isEmpty() && segments.get(0).equals("upload")) {
            upload = 1;
        }
        boolean prefixed = segments.size() > upload + 1
                && segments.get(upload).equals("bigquery")
                && segments.get(upload + 1).equals("v2");
        if (prefixed) {
            segments.remove(upload);
            segments.remove(upload);
        }
        return segments;
    }

    private static Map<String, String> parameters(@org.jspecify.annotations.Nullable String raw) {
        Map<String, String> parameters = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.put(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        if (response.body().isEmpty()) {
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (accepted != null && accepted.contains("gzip") && body.length > WORTH_PACKING) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(body);
            }
            body = packed.toByteArray();
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(response.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
