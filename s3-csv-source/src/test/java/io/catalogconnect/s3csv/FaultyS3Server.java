package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * As much of S3's protocol as a reader needs, over HTTP, and every way in which a network and a busy store fail. Its keys are
 * plain ASCII.
 */
final class FaultyS3Server implements AutoCloseable {

    private static final String BUCKET = "catalog";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Stored> objects = new TreeMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger gets = new AtomicInteger();
    private volatile int failureStatus = 503;
    private volatile int cutAfter = Integer.MAX_VALUE;
    private volatile boolean stall;
    private volatile boolean drip;
    private volatile @Nullable Runnable afterGet;
    private int version;

    private record Stored(String etag, String latin1) {}

    FaultyS3Server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void put(String key, String text) {
        version++;
        objects.put(key, new Stored("etag" + version, new String(text.getBytes(UTF_8), ISO_8859_1)));
    }

    /** The next requests get this status. */
    void failNext(int requests, int status) {
        failureStatus = status;
        failures.set(requests);
    }

    /** Connections break after this number of bytes of an object. */
    void cutAfter(int bytes) {
        cutAfter = bytes;
    }

    /** Instead of breaking, connections fall silent. */
    void stallInstead() {
        stall = true;
    }

    /** Bytes come one by one, with a pause before each. */
    void drip() {
        drip = true;
    }

    /** Runs once, after the next object was sent as far as it is. */
    void afterGet(Runnable action) {
        afterGet = action;
    }

    /** How often an object was asked for. */
    int gets() {
        return gets.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                error(exchange, failureStatus, failureStatus == 503 ? "SlowDown" : "InternalError");
                return;
            }
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/" + BUCKET) || path.equals("/" + BUCKET + "/")) {
                list(exchange);
            } else {
                get(exchange, path.substring(BUCKET.length() + 2));
            }
        }
    }

    private synchronized void list(HttpExchange exchange) throws IOException {
        StringBuilder xml = new StringBuilder(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult>" + "<IsTruncated>false</IsTruncated>");
        objects.forEach((key, stored) -> xml.append("<Contents><Key>")
                .append(key)
                .append("</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>&quot;")
                .append(stored.etag())
                .append("&quot;</ETag><Size>")
                .append(stored.latin1().length())
                .append("</Size></Contents>"));
        byte[] body = xml.append("</ListBucketResult>").toString().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void get(HttpExchange exchange, String key) throws IOException {
        gets.incrementAndGet();
        Stored stored;
        synchronized (this) {
            stored = objects.get(key);
        }
        if (stored == null) {
            error(exchange, 404, "NoSuchKey");
            return;
        }
        String match = exchange.getRequestHeaders().getFirst("If-Match");
        if (!("\"" + stored.etag() + "\"").equals(match)) {
            error(exchange, 412, "PreconditionFailed");
            return;
        }
        byte[] bytes = stored.latin1().getBytes(ISO_8859_1);
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        byte[] body = Arrays.copyOfRange(bytes, from, bytes.length);
        exchange.getResponseHeaders().add("ETag", "\"" + stored.etag() + "\"");
        if (range != null) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, body.length);
        OutputStream out = exchange.getResponseBody();
        if (drip) {
            drip(out, body);
        } else {
            out.write(body, 0, Math.min(cutAfter, body.length));
        }
        out.flush();
        Runnable action = afterGet;
        if (action != null) {
            afterGet = null;
            action.run();
        }
        if (stall && cutAfter < body.length) {
            pause(60_000);
        }
    }

    private void drip(OutputStream out, byte[] body) throws IOException {
        for (byte one : body) {
            pause(5);
            out.write(one);
            out.flush();
        }
    }

    private void pause(long millis) {
        try {
            closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = ("<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>").getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
