package io.catalogconnect.localbigquery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.catalogconnect.localbigquery.rest.RestApi;
import java.io.IOException;

/** The place of the REST API on the HTTP port, which outlives a restart of what is behind it. Thread-safe. */
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
