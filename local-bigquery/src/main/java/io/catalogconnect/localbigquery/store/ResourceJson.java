package io.catalogconnect.localbigquery.store;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON text of the REST API's resources, as BigQuery's own client library reads and writes it. */
public final class ResourceJson {
    private ResourceJson() {}

    public static String toJson(GenericJson resource) {
        try {
            return GsonFactory.getDefaultInstance().toString(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "A " + resource.getClass().getSimpleName() + " could not be written as JSON", e);
        }
    }

    public static <T extends GenericJson> T parse(String json, Class<T> type) {
        try {
            return GsonFactory.getDefaultInstance().fromString(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException("Stored JSON is not a " + type.getSimpleName(), e);
        }
    }

    /** A deep copy; unlike {@code clone()} it takes lists of any kind. */
    @SuppressWarnings("unchecked")
    static <T extends GenericJson> T copy(T resource) {
        return parse(toJson(resource), (Class<T>) resource.getClass());
    }
}
