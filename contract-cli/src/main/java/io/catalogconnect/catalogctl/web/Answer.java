package io.catalogconnect.catalogctl.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.catalogconnect.contract.report.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer of the server. */
record Answer(int status, String type, String body) {
    private static final int OK = 200;

    static Answer json(String json) {
        return new Answer(OK, "application/json; charset=UTF-8", json);
    }

    static Answer error(int status, String message) {
        String json = JsonText.of(Map.of("error", message));
        return new Answer(status, "application/json; charset=UTF-8", json);
    }

    void send(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
                        + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
