package io.catalogconnect.bigquery.client;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Types of credentials files, named as their field {@code type}. */
public enum CredentialsType {
    SERVICE_ACCOUNT,
    AUTHORIZED_USER,
    EXTERNAL_ACCOUNT,
    EXTERNAL_ACCOUNT_AUTHORIZED_USER,
    IMPERSONATED_SERVICE_ACCOUNT,
    GDCH_SERVICE_ACCOUNT;

    /**
     * The type with this name.
     *
     * @throws IllegalArgumentException that names all types
     */
    public static CredentialsType of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("each entry must be one of "
                        + Arrays.stream(values()).map(CredentialsType::toString).collect(Collectors.joining(", "))));
    }

    /**
     * The type of a credentials file.
     *
     * @param json content of the file
     * @throws IOException if the content is not JSON, or has no known type
     */
    static CredentialsType ofFile(String json) throws IOException {
        try {
            Object type = GsonFactory.getDefaultInstance()
                    .fromString(json, GenericJson.class)
                    .get("type");
            return of(String.valueOf(type));
        } catch (IllegalArgumentException e) {
            // The parser throws it for JSON that is not an object. Its message quotes the content.
            throw new IOException("The content is not a JSON object with a known type");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
