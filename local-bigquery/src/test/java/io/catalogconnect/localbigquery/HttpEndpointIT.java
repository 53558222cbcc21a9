package io.catalogconnect.localbigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that a page can make a browser send, and bodies that are too large, are refused. */
final class HttpEndpointIT {
    private static final String QUERY = "/bigquery/v2/projects/p/queries";
    private static final String FAULTS = "/admin/faults";
    private static final String SQL = "{\"query\":\"SELECT 1\",\"useLegacySql\":false}";
    private static final String RULE = "{\"effect\":\"ERROR\",\"method\":\"nothing\"}";
    private static final String JSON = "application/json";

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LocalBigQuery bigquery;

    @BeforeAll
    static void start() throws IOException {
        bigquery = LocalBigQuery.builder()
                .databaseFile(folder.resolve("b.duckdb"))
                .httpPort(0)
                .grpcPort(0)
                .start();
    }

    @AfterAll
    static void stop() {
        bigquery.close();
    }

    static Stream<Arguments> requests() {
        List<Arguments> cases = List.of(
                Arguments.of("127.0.0.1", "", JSON, 200),
                Arguments.of("localhost", "", "Application/JSON; charset=UTF-8", 200),
                Arguments.of("[::1]", "", JSON, 200),
                Arguments.of("local-bigquery", "", JSON, 200),
                Arguments.of("127.0.0.1", "http://127.0.0.1:PORT", JSON, 200),
                Arguments.of("rebound.example.com", "", JSON, 403),
                Arguments.of("127.0.0.1.example.com", "", JSON, 403),
                Arguments.of("", "", JSON, 403),
                Arguments.of("127.0.0.1", "https://example.com", JSON, 403),
                Arguments.of("127.0.0.1", "http://127.0.0.1:1", JSON, 403),
                Arguments.of("127.0.0.1", "null", JSON, 403),
                Arguments.of("127.0.0.1", "", "text/plain", 415),
                Arguments.of("127.0.0.1", "", "Text/Plain;charset=UTF-8", 415),
                Arguments.of("127.0.0.1", "", "application/x-www-form-urlencoded", 415),
                Arguments.of("127.0.0.1", "", "multipart/form-data; boundary=x", 415),
                Arguments.of("127.0.0.1", "", "", 415));
        return cases.stream()
                .flatMap(one -> Stream.of(
                        Arguments.of(QUERY, SQL, one.get()[0], one.get()[1], one.get()[2], one.get()[3]),
                        Arguments.of(FAULTS, RULE, one.get()[0], one.get()[1], one.get()[2], one.get()[3])));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestOfAWebPageIsRefused(String path, String body, String host, String origin, String type, int status)
            throws IOException {
        int port = URI.create(bigquery.restEndpoint()).getPort();
        StringBuilder request = new StringBuilder("POST " + path + " HTTP/1.1\r\nConnection: close\r\n");
        header(request, "Host", host.isEmpty() ? "" : host + ":" + port);
        header(request, "Origin", origin.replace("PORT", Integer.toString(port)));
        header(request, "Content-Type", type);
        header(request, "Content-Length", Integer.toString(body.length()));
        int before = bigquery.faults().rules().size();

        assertThat(send(port, request + "\r\n" + body)).startsWith("HTTP/1.1 " + status + " ");
        assertThat(bigquery.faults().rules()).hasSize(before + (status == 200 && path.equals(FAULTS) ? 1 : 0));
    }

    @Test
    void bodyThatExpandsBeyondTheLimitIsRefused() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] block = new byte[1024 * 1024];
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 101; i++) {
                out.write(block);
            }
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(bigquery.restEndpoint() + QUERY))
                .header("Content-Type", JSON)
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("Request payload size exceeds the limit: 104857600 bytes.");
    }

    @Test
    void requestThatDoesNotArriveInTimeIsClosed() throws Exception {
        assertThat(System.getProperty("sun.net.httpserver.maxReqTime")).isEqualTo("60");
        String[] parts = {"P", "POST " + QUERY + " HTTP/1.1\r\nHost: localhost\r\n", post(100) + "{"};
        List<Socket> slow = new ArrayList<>();
        try (ServerProcess server =
                ServerProcess.start(folder.resolve("slow.duckdb"), List.of("-Dsun.net.httpserver.maxReqTime=1"))) {
            for (int i = 0; i < 30; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort());
                slow.add(socket);
                socket.getOutputStream().write(parts[i % parts.length].getBytes(StandardCharsets.UTF_8));
            }

            for (Socket socket : slow) {
                socket.setSoTimeout(10_000);
                assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            }
            assertThat(send(server.httpPort(), post(SQL.length()) + SQL)).startsWith("HTTP/1.1 200 ");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static String post(int length) {
        return "POST " + QUERY + " HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\nContent-Type: " + JSON
                + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static void header(StringBuilder request, String name, String value) {
        if (!value.isEmpty()) {
            request.append(name).append(": ").append(value).append("\r\n");
        }
    }

    private static String send(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
