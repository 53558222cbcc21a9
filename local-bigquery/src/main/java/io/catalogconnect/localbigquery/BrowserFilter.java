package io.catalogconnect.localbigquery;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a web page makes through the browser of a developer: the server checks no credentials, and a page of any
 * site can send requests to the loopback interface. The host must be an IP address or a name without a dot, because a domain name
 * of the page may resolve to the loopback interface. The origin, if the request has one, must be this server. Forms, which some
 * browsers send without an origin, are refused where a body is read as JSON.
 */
final class BrowserFilter extends Filter {
    /** A name without a dot, an IPv4 address or an IPv6 address, with an optional port. */
    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9_-]+|\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])(?::\\d{1,5})?");

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        Optional<String> refusal = refusal(exchange);
        if (refusal.isEmpty()) {
            chain.doFilter(exchange);
            return;
        }
        byte[] body = ("{\"error\":{\"code\":403,\"message\":\"" + refusal.get()
                        + "\",\"status\":\"PERMISSION_DENIED\"}}")
                .getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
            exchange.sendResponseHeaders(403, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static Optional<String> refusal(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String host = lower(headers.getFirst("Host"));
        if (!HOST.matcher(host).matches()) {
            return Optional.of("local-bigquery accepts requests only for an IP address or a host name without a dot,"
                    + " so that no web page can reach it through another domain name. Use 127.0.0.1.");
        }
        String origin = lower(headers.getFirst("Origin"));
        if (!origin.isEmpty() && !origin.equals("http://" + host)) {
            return Optional.of("local-bigquery accepts no requests from web pages of other origins.");
        }
        return Optional.empty();
    }

    private static String lower(@Nullable String value) {
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String description() {
        return "refuses requests of web pages";
    }
}
