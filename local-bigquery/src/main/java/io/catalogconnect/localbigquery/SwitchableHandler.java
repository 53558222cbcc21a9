package io.catalogconnect.localbigquery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.catalogconnect.localbigquery.rest.RestApi;
import java.io.IOException;

/** Forwards HTTP requests to the current REST API, so that the HTTP port stays open while that API restarts. Thread-safe. */
final class SwitchableHandler implements HttpHandler {
    private volatile RestApi api;

    SwitchableHandler(RestApi api) {
        this.api = api;
    }

    void mount(RestApi next) {
        api = next;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        api.handle(exchange);
    }
}
