package io.catalogconnect.localbigquery.rest;

import io.catalogconnect.localbigquery.job.ServiceError;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the handler for a method and a path. Routes are added before the server starts and never change afterwards. */
final class Router {

    private record Route(String method, List<String> pattern, Handler handler) {}

    private final List<Route> routes = new ArrayList<>();

    /** Adds a route. {@code {name}} in the pattern matches one segment. */
    Router add(String method, String pattern, Handler handler) {
        routes.add(new Route(method, List.of(pattern.split("/")), handler));
        return this;
    }

    Response answer(Request request) throws SQLException, IOException, InterruptedException {
        boolean known = false;
        for (Route route : routes) {
            Map<String, String> values = match(route.pattern(), request.path());
            if (values != null) {
                if (route.method().equals(request.method())) {
                    return route.handler().handle(request, new Arguments(values));
                }
                known = true;
            }
        }
        String path = "/" + String.join("/", request.path());
        throw known
                ? new ServiceError(
                        405, "httpMethodNotAllowed", "Method " + request.method() + " is not allowed for " + path)
                : ServiceError.notFound(
                        "Not found: " + request.method() + " " + path + " is not an operation of local-bigquery");
    }

    private static @org.jspecify.annotations.Nullable Map<String, String> match(
            List<String> pattern, List<String> path) {
        if (pattern.size() != path.size()) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String part = pattern.get(i);
            if (part.startsWith("{")) {
                values.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return null;
            }
        }
        return values;
    }
}
