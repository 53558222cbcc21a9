package io.catalogconnect.localbigquery.rest;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.catalogconnect.localbigquery.job.ServiceError;
import io.catalogconnect.localbigquery.store.ResourceJson;
import java.io.IOException;
import java.util.Map;

/** JSON bodies of requests: resources, and PATCH semantics: members of the request replace members of the resource, objects are merged recursively, and null removes a member. */
final class RequestJson {

    private RequestJson() {}

    static <T extends GenericJson> T patch(T resource, String patch, Class<T> type) {
        JsonObject changes = parse(patch);
        JsonObject target =
                JsonParser.parseString(ResourceJson.toJson(resource)).getAsJsonObject();
        merge(target, changes);
        return parse(target, type);
    }

    /** The body without members that are null, and with the values of query parameters converted to text, as the schema of the API requires. */
    static <T extends GenericJson> T withoutNulls(String body, Class<T> type) {
        JsonObject target = new JsonObject();
        merge(target, parse(body));
        textValues(target);
        return parse(target, type);
    }

    static JsonObject parse(String text) {
        try {
            JsonElement element = JsonParser.parseString(text);
            if (element.isJsonObject()) {
                return element.getAsJsonObject();
            }
        } catch (com.google.gson.JsonParseException e) {
            throw new ServiceError(400, "parseError", "Parse Error: " + e.getMessage());
        }
        throw new ServiceError(400, "parseError", "Parse Error: the body must be a JSON object");
    }

    static <T extends GenericJson> T parse(String text, Class<T> type) {
        return parse(parse(text), type);
    }

    /** Reads a resource. Its integers may be numbers or text. Changes the object. */
    private static <T extends GenericJson> T parse(JsonObject object, Class<T> type) {
        try {
            IntegerForms.convert(object, type);
            return GsonFactory.getDefaultInstance().fromString(object.toString(), type);
        } catch (IOException | IllegalArgumentException e) {
            throw new ServiceError(400, "parseError", "Parse Error: " + e.getMessage());
        }
    }

    private static void merge(JsonObject target, JsonObject changes) {
        for (Map.Entry<String, JsonElement> change : changes.entrySet()) {
            String name = change.getKey();
            JsonElement value = change.getValue();
            if (value.isJsonNull()) {
                target.remove(name);
            } else if (value.isJsonObject()) {
                JsonElement inner = target.get(name);
                JsonObject object = inner != null && inner.isJsonObject() ? inner.getAsJsonObject() : new JsonObject();
                merge(object, value.getAsJsonObject());
                target.add(name, object);
            } else {
                target.add(name, value);
            }
        }
    }

    /** Converts parameter values that a client sent as JSON numbers to text. Clients in dynamically typed languages do that. */
    private static void textValues(JsonElement json) {
        if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(RequestJson::textValues);
        } else if (json.isJsonObject()) {
            JsonObject object = json.getAsJsonObject();
            object.entrySet().forEach(member -> textValues(member.getValue()));
            JsonElement value = object.get("value");
            if (value != null && value.isJsonPrimitive()) {
                object.addProperty("value", value.getAsString());
            }
        }
    }
}
