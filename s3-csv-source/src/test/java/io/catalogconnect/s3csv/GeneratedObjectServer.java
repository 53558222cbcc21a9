package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bucket with one object of any size that is generated while it is sent, so that it needs no memory. Connections break at
 * intervals, and a request for the rest of the object is answered.
 */
final class GeneratedObjectServer implements AutoCloseable {

    /** The {@code category_id} of the first row; it increases by one with each row. */
    static final long FIRST_ID = 10_000_000_000L;

    private static final int ROW_BYTES = 3 + 11 + 1 + 2 + 980 + 1;
    private static final byte[] HEADER = "brand,category_id,comment\n".getBytes(US_ASCII);
    private static final String FILLER = "two\nlines ".repeat(98);
    private static final int ROWS_AT_ONCE = 64;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger gets = new AtomicInteger();
    private final long rows;
    private final long bytesOfConnection;

    /**
     * Starts the server.
     *
     * @param bytesOfConnection number of bytes after which a connection breaks
     */
    GeneratedObjectServer(long rows, long bytesOfConnection) throws IOException {
        this.rows = rows;
        this.bytesOfConnection = bytesOfConnection;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    long size() {
        return HEADER.length + rows * ROW_BYTES;
    }

    /** How often the object was asked for. */
    int gets() {
        return gets.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().endsWith(".csv")) {
                gets.incrementAndGet();
                String range = exchange.getRequestHeaders().getFirst("Range");
                send(
                        exchange,
                        range == null ? 0 : Long.parseLong(range.substring("bytes=".length(), range.length() - 1)));
            } else {
                byte[] list = ("<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>huge.csv</Key>"
                                + "<LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>&quot;huge&quot;</ETag>"
                                + "<Size>" + size() + "</Size></Contents></ListBucketResult>")
                        .getBytes(US_ASCII);
                exchange.sendResponseHeaders(200, list.length);
                exchange.getResponseBody().write(list);
            }
        }
    }

    private void send(HttpExchange exchange, long from) throws IOException {
        exchange.getResponseHeaders().add("ETag", "\"huge\"");
        if (from > 0) {
            exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + (size() - 1) + "/" + size());
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, size() - from);
        OutputStream out = exchange.getResponseBody();
        long at = from;
        long end = Math.min(size(), from + bytesOfConnection);
        if (at < HEADER.length) {
            out.write(HEADER, (int) at, HEADER.length - (int) at);
            at = HEADER.length;
        }
        while (at < end) {
            long row = (at - HEADER.length) / ROW_BYTES;
            byte[] bytes = rows(row, Math.min(ROWS_AT_ONCE, rows - row));
            int skip = (int) ((at - HEADER.length) % ROW_BYTES);
            int count = (int) Math.min(bytes.length - skip, end - at);
            out.write(bytes, skip, count);
            at += count;
        }
    }

    private static byte[] rows(long first, long count) {
        StringBuilder text = new StringBuilder();
        for (long row = first; row < first + count; row++) {
            text.append("HP,")
                    .append(FIRST_ID + row)
                    .append(",\"")
                    .append(FILLER)
                    .append("\"\n");
        }
        return text.toString().getBytes(US_ASCII);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
