package io.catalogconnect.catalogctl.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.catalogctl.live.LiveException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusServerTest {
    private static final String SELECT = "{\"sql\": \"SELECT 1\"}";

    private StatusServer server;
    private int port;

    /** Answers with what it was asked. */
    private static final class Echo implements PageData {
        @Override
        public String status() {
            return "{\"status\": true}";
        }

        @Override
        public String table(String name) {
            if (name.isEmpty()) {
                throw new IllegalStateException("no name");
            }
            throw new LiveException("There is no table " + name + ".", null);
        }

        @Override
        public String query(String request) {
            if (!request.startsWith("{")) {
                throw new IllegalArgumentException("The request is not JSON.");
            }
            return "{\"asked\": " + request + "}";
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = StatusServer.start(0, new Echo());
        port = URI.create(server.address()).getPort();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pageHasNoExternalResources() throws IOException {
        assertThat(get("/"))
                .startsWith("HTTP/1.1 200 OK")
                .contains(
                        "Content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src"
                                + " 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
                        "<script defer src=\"page.js\">");
        for (String path : new String[] {"/", "/page.css", "/page.js"}) {
            assertThat(get(path)).startsWith("HTTP/1.1 200 OK").doesNotContain("https://", "innerHTML", " style=");
        }
    }

    @Test
    void dataIsAnswered() throws IOException {
        assertThat(get("/status.json")).startsWith("HTTP/1.1 200 OK").endsWith("{\"status\": true}");
        assertThat(post("127.0.0.1:" + port, "Content-Type: application/json; charset=utf-8", SELECT))
                .endsWith("{\"asked\": " + SELECT + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /absent,        404, There is nothing at /absent.",
        "GET,  /../page.html,  404, There is nothing at /../page.html.",
        "GET,  /table?name=a%20b, 502, There is no table a b.",
        "GET,  /table,         500, The request has failed: java.lang.IllegalStateException: no name",
        "GET,  /query,         405, GET is not accepted here.",
        "PUT,  /,              405, PUT is not accepted here.",
        "POST, /status.json,   405, POST is not accepted here."
    })
    void otherRequestsAreErrors(String method, String path, int status, String message) throws IOException {
        assertThat(send(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\"error\": \"" + message + "\"");
    }

    /** A page that another domain name brings to this address, or that sends requests from its own origin. */
    @ParameterizedTest
    @CsvSource({
        "evil.example.com:PORT, X: y",
        "127.0.0.1,             X: y",
        "127.0.0.1:1,           X: y",
        "127.0.0.1:PORT,        Origin: http://evil.example.com",
        "127.0.0.1:PORT,        Origin: null",
        "127.0.0.1:PORT,        Origin: http://127.0.0.1:1",
        "127.0.0.1:PORT,        Origin: https://127.0.0.1:PORT"
    })
    void requestOfAnotherPageIsRefused(String host, String header) throws IOException {
        String own = header.replace("PORT", String.valueOf(port));
        assertThat(post(host.replace("PORT", String.valueOf(port)), own + "\r\nContent-Type: application/json", SELECT))
                .startsWith("HTTP/1.1 403 ")
                .doesNotContain("asked");
        assertThat(send("GET /status.json HTTP/1.1\r\nHost: " + host.replace("PORT", String.valueOf(port)) + "\r\n"
                        + own + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void portThatCannotBeOpenedIsNamed() {
        assertThatThrownBy(() -> StatusServer.start(port, new Echo()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Port " + port + " of 127.0.0.1 cannot be opened: ");
        assertThatThrownBy(() -> StatusServer.start(70_000, new Echo()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Port 70000 of 127.0.0.1 cannot be opened: ");
    }

    @Test
    void ownOriginIsAccepted() throws IOException {
        String json = "\r\nContent-Type: application/json";
        assertThat(post("127.0.0.1:" + port, "Origin: http://127.0.0.1:" + port + json, SELECT))
                .startsWith("HTTP/1.1 200 ");
        assertThat(post("localhost:" + port, "Origin: http://localhost:" + port + json, SELECT))
                .startsWith("HTTP/1.1 200 ");
    }

    /** Forms have other content types, and a browser sends them without asking. */
    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
    void formIsRefused(String type) throws IOException {
        assertThat(post("127.0.0.1:" + port, "Content-Type: " + type, SELECT))
                .startsWith("HTTP/1.1 415 ")
                .contains("The content type must be application/json.");
        assertThat(post("127.0.0.1:" + port, "X: y", SELECT)).startsWith("HTTP/1.1 415 ");
    }

    @Test
    void wrongRequestIsRefused() throws IOException {
        String json = "Content-Type: application/json";
        assertThat(post("127.0.0.1:" + port, json, "SELECT 1")).startsWith("HTTP/1.1 400 ");
        assertThat(post("127.0.0.1:" + port, json, "{" + "x".repeat(70_000))).startsWith("HTTP/1.1 413 ");
    }

    private String get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n");
    }

    private String post(String host, String headers, String body) throws IOException {
        return send("POST /query HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body);
    }

    /** With a socket, because Java's client sets the host itself. */
    private String send(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return in.lines().collect(Collectors.joining("\n"));
        }
    }
}
