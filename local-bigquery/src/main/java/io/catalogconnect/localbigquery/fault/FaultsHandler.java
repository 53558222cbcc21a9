package io.catalogconnect.localbigquery.fault;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Serves the fault rules over HTTP at {@code /admin/faults}: GET lists them, POST adds one, DELETE removes all. A rule is
 * {@code {"effect": "DROP_ANSWER", "method": "AppendRows", "resource": "tables/t", "body": "", "skip": 0, "count": 1, "code": "INTERNAL", "durationMs": 500}};
 * all members except the effect are optional.
 */
public final class FaultsHandler implements HttpHandler {
    private static final Set<String> KEYS =
            Set.of("effect", "method", "resource", "body", "skip", "count", "code", "durationMs");

    private final Faults faults;

    public FaultsHandler(Faults faults) {
        this.faults = faults;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod()) {
                case "GET" -> answer(exchange, 200, list());
                case "POST" -> add(exchange);
                case "DELETE" -> {
                    faults.clear();
                    answer(exchange, 200, list());
                }
                default ->
                    answer(exchange, 405, error("Use GET, POST or DELETE, not " + exchange.getRequestMethod() + "."));
            }
        }
    }

    private void add(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        // A web page can send a form or a plain text to another origin, but no JSON.
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            answer(exchange, 415, error("The request needs the header Content-Type: application/json."));
            return;
        }
        try (Reader body = new InputStreamReader(exchange.getRequestBody(), StandardCharsets.UTF_8)) {
            JsonElement json = JsonParser.parseReader(body);
            if (!json.isJsonObject()) {
                throw new IllegalArgumentException("A fault must be a JSON object with an \"effect\".");
            }
            faults.add(parse(json.getAsJsonObject()));
            answer(exchange, 200, list());
        } catch (IllegalArgumentException | JsonParseException e) {
            answer(exchange, 400, error(String.valueOf(e.getMessage())));
        }
    }

    private static FaultRule parse(JsonObject json) {
        for (String key : json.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("A fault has no \"" + key
                        + "\"; it may have effect, method, resource, body, skip, count, code and durationMs.");
            }
        }
        return new FaultRule(
                constant(Effect.values(), "effect", text(json, "effect", "")),
                text(json, "method", ""),
                text(json, "resource", ""),
                text(json, "body", ""),
                number(json, "skip", 0),
                number(json, "count", 1),
                constant(ErrorCode.values(), "code", text(json, "code", ErrorCode.UNAVAILABLE.name())),
                Duration.ofMillis(number(json, "durationMs", 0)));
    }

    private static <E extends Enum<E>> E constant(E[] constants, String key, String name) {
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The fault's " + key + " is '" + name
                        + "'; it must be one of " + Arrays.toString(constants) + "."));
    }

    private static String text(JsonObject json, String key, String absent) {
        JsonElement value = json.get(key);
        return value == null ? absent : value.getAsString();
    }

    private static int number(JsonObject json, String key, int absent) {
        JsonElement value = json.get(key);
        return value == null ? absent : value.getAsInt();
    }

    private JsonObject list() {
        JsonArray rules = new JsonArray();
        for (FaultRule rule : faults.rules()) {
            JsonObject json = new JsonObject();
            json.addProperty("effect", rule.effect().name());
            json.addProperty("method", rule.method());
            json.addProperty("resource", rule.resource());
            json.addProperty("body", rule.body());
            json.addProperty("skip", rule.skip());
            json.addProperty("count", rule.count());
            json.addProperty("code", rule.code().name());
            json.addProperty("durationMs", rule.duration().toMillis());
            rules.add(json);
        }
        JsonObject answer = new JsonObject();
        answer.add("faults", rules);
        return answer;
    }

    private static JsonObject error(String message) {
        JsonObject answer = new JsonObject();
        answer.addProperty("error", message);
        return answer;
    }

    private static void answer(HttpExchange exchange, int status, JsonObject body) throws IOException {
        byte[] bytes = new Gson().toJson(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
