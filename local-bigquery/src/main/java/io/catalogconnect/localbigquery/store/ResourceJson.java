package io.catalogconnect.localbigquery.store;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Converts resources of the REST API to and from JSON, with BigQuery's client library. */
public final class ResourceJson {
    private ResourceJson() {}

    public static String toJson(GenericJson resource) {
        try {
            return GsonFactory.getDefaultInstance().toString(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "A " + resource.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    public static <T extends GenericJson> T parse(String json, Class<T> type) {
        try {
            return GsonFactory.getDefaultInstance().fromString(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException("Stored JSON is not a " + type.getSimpleName(), e);
        }
    }

    /** A deep copy. Unlike {@code clone()} it supports lists of any class. */
    @SuppressWarnings("unchecked")
    static <T extends GenericJson> T copy(T resource) {
        return parse(toJson(resource), (Class<T>) resource.getClass());
    }
}
