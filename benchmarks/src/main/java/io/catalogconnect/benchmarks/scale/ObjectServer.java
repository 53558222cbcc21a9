package io.catalogconnect.benchmarks.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An S3 server on loopback with {@link GeneratedObjects}: lists a prefix page by page, and sends objects from their start. It knows
 * no buckets and checks no signatures.
 */
final class ObjectServer implements AutoCloseable {

    /** Start of the line that the process prints when it serves; its port follows. */
    static final String READY = "objects ready ";

    private static final int PAGE = 1_000;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String MODIFIED = "2026-01-02T03:04:05.000Z";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private ObjectServer(HttpServer server) {
        this.server = server;
    }

    static ObjectServer start() throws IOException {
        ObjectServer started =
                new ObjectServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        started.server.setExecutor(started.threads);
        started.server.createContext("/", ObjectServer::answer);
        started.server.start();
        return started;
    }

    /** Serves until the standard input ends. */
    public static void main(String[] arguments) throws IOException {
        try (ObjectServer server = start()) {
            System.out.println(READY + server.port());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith(".csv")) {
                send(exchange, path.substring(path.indexOf('/', 1) + 1));
            } else {
                byte[] page = page(parameters(exchange)).getBytes(UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/xml");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        }
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : exchange.getRequestURI().getQuery().split("&", -1)) {
            int equals = parameter.indexOf('=');
            parameters.put(parameter.substring(0, Math.max(0, equals)), parameter.substring(equals + 1));
        }
        return parameters;
    }

    /** The continuation of a page is the number of its first object. */
    private static String page(Map<String, String> parameters) {
        GeneratedObjects objects = GeneratedObjects.of(parameters.getOrDefault("prefix", ""));
        int first = Integer.parseInt(parameters.getOrDefault("continuation-token", "0"));
        int end = Math.min(objects.objects(), first + PAGE);
        long size = objects.size();
        StringBuilder page = new StringBuilder("<ListBucketResult><IsTruncated>")
                .append(end < objects.objects())
                .append("</IsTruncated>");
        if (end < objects.objects()) {
            page.append("<NextContinuationToken>").append(end).append("</NextContinuationToken>");
        }
        for (int index = first; index < end; index++) {
            page.append("<Contents><Key>")
                    .append(objects.key(index))
                    .append("</Key><LastModified>")
                    .append(MODIFIED)
                    .append("</LastModified><ETag>")
                    .append(etag(index).replace("\"", "&quot;"))
                    .append("</ETag><Size>")
                    .append(size)
                    .append("</Size><StorageClass>STANDARD</StorageClass></Contents>");
        }
        return page.append("</ListBucketResult>").toString();
    }

    private static String etag(int index) {
        return "\"%032x\"".formatted(index + 1);
    }

    private static void send(HttpExchange exchange, String key) throws IOException {
        GeneratedObjects objects = GeneratedObjects.of(key);
        int index = GeneratedObjects.indexOf(key);
        exchange.getResponseHeaders().add("ETag", etag(index));
        exchange.getResponseHeaders().add("Accept-Ranges", "bytes");
        exchange.getResponseHeaders().add("Content-Type", "text/csv");
        exchange.sendResponseHeaders(200, objects.size());
        OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), BUFFER_BYTES);
        out.write(objects.header());
        byte[] rest = objects.restOfRow();
        byte[] number = Long.toString(GeneratedObjects.FIRST_ROW + (long) index * objects.rows())
                .getBytes(UTF_8);
        for (int row = 0; row < objects.rows(); row++) {
            out.write(number);
            out.write(rest);
            increment(number);
        }
        out.flush();
    }

    private static void increment(byte[] number) {
        int digit = number.length - 1;
        while (number[digit] == '9') {
            digit--;
        }
        number[digit]++;
        Arrays.fill(number, digit + 1, number.length, (byte) '0');
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
