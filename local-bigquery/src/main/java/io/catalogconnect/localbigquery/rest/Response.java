package io.catalogconnect.localbigquery.rest;

import com.google.api.client.json.GenericJson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.catalogconnect.localbigquery.job.ServiceError;
import io.catalogconnect.localbigquery.store.ResourceJson;
import java.util.Map;

/**
 * One HTTP response.
 *
 * @param status the HTTP status
 * @param body a JSON text, or empty
 * @param headers headers in addition to the content type and length
 */
record Response(int status, String body, Map<String, String> headers) {

    static Response ok(GenericJson resource) {
        return json(ResourceJson.toJson(resource));
    }

    static Response json(String body) {
        return new Response(200, body, Map.of());
    }

    static Response noContent() {
        return new Response(204, "", Map.of());
    }

    /** The error body that Google's clients parse. */
    static Response error(ServiceError error) {
        JsonObject item = new JsonObject();
        item.addProperty("message", error.getMessage());
        item.addProperty("domain", "global");
        item.addProperty("reason", error.reason());
        if (error.reason().equals("invalidQuery")) {
            item.addProperty("location", "q");
            item.addProperty("locationType", "parameter");
        }
        JsonArray errors = new JsonArray();
        errors.add(item);
        JsonObject inner = new JsonObject();
        inner.addProperty("code", error.code());
        inner.addProperty("message", error.getMessage());
        inner.add("errors", errors);
        inner.addProperty("status", error.status());
        JsonObject body = new JsonObject();
        body.add("error", inner);
        return new Response(error.code(), body.toString(), Map.of());
    }
}
