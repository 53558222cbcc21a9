package io.catalogconnect.catalogctl.web;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests of other web pages. The server has no login, and any page in a browser of this machine can send requests to
 * it. The host must be this server by its address, because a domain name of another page may resolve to it. The origin, if the
 * request has one, must be this server.
 */
final class PageFilter extends Filter {
    private static final int FORBIDDEN = 403;

    private final Set<String> hosts;

    PageFilter(int port) {
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        Optional<String> refusal = refusal(exchange.getRequestHeaders());
        if (refusal.isPresent()) {
            Answer.error(FORBIDDEN, refusal.get()).send(exchange);
        } else {
            chain.doFilter(exchange);
        }
    }

    private Optional<String> refusal(Headers headers) {
        if (!hosts.contains(text(headers.getFirst("Host")))) {
            return Optional.of("Requests are accepted for the address of this server only.");
        }
        String origin = text(headers.getFirst("Origin"));
        if (!origin.isEmpty() && hosts.stream().noneMatch(host -> origin.equals("http://" + host))) {
            return Optional.of("Requests of other web pages are not accepted.");
        }
        return Optional.empty();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    @Override
    public String description() {
        return "refuses requests of other web pages";
    }
}
