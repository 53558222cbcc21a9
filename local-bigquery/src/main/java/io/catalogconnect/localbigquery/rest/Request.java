package io.catalogconnect.localbigquery.rest;

import com.google.api.client.json.GenericJson;
import io.catalogconnect.localbigquery.job.ServiceError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, completely read.
 *
 * @param method the effective method, after {@code X-HTTP-Method-Override}
 * @param path the decoded path segments after the root of the API
 * @param query the query parameters of the URL
 * @param headers the first value of each header; names are in lower case
 * @param body the body, decompressed
 * @param host the value of the Host header
 */
record Request(
        String method,
        List<String> path,
        Map<String, String> query,
        Map<String, String> headers,
        Body body,
        String host) {

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    boolean flag(String name) {
        return parameter(name).map(Boolean::parseBoolean).orElse(false);
    }

    long number(String name, long otherwise) {
        String text = query.get(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ServiceError.invalid("Invalid value for " + name + ": " + text + " is not a valid value");
        }
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /**
     * The body, which must be declared as JSON: a web page can send a form or a plain text to another origin, but no JSON.
     *
     * @throws ServiceError if the body has another content type
     */
    String text() {
        if (!headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new ServiceError(
                    415, "unsupportedMediaType", "The request needs the header Content-Type: application/json.");
        }
        return body.text();
    }

    <T extends GenericJson> T json(Class<T> type) {
        return RequestJson.parse(text(), type);
    }

    /** Refuses a change with 412 if the resource has changed since the client read it. */
    void checkEtag(@Nullable String etag) {
        String expected = header("if-match");
        if (expected != null && !expected.equals("*") && !expected.equals(etag)) {
            throw new ServiceError(
                    412,
                    "conditionNotMet",
                    "Precondition Failed: the resource's etag is " + etag + ", not " + expected);
        }
    }
}
