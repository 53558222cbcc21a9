package io.catalogconnect.localbigquery.rest;

import io.catalogconnect.localbigquery.job.ServiceError;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filter of dataset lists: {@code labels.key:value labels.other}. */
final class Labels {

    private Labels() {}

    static Map<String, String> filter(String text) {
        Map<String, String> filter = new HashMap<>();
        for (String term : text.split("\\s+", -1)) {
            if (term.isEmpty() || term.equalsIgnoreCase("AND")) {
                continue;
            }
            if (!term.startsWith("labels.")) {
                throw ServiceError.invalid("Invalid filter: " + text + ". Use labels.<name>[:<value>]");
            }
            int colon = term.indexOf(':');
            filter.put(
                    term.substring("labels.".length(), colon < 0 ? term.length() : colon),
                    colon < 0 ? "" : term.substring(colon + 1));
        }
        return filter;
    }

    static boolean match(@Nullable Map<String, String> labels, Map<String, String> filter) {
        return filter.entrySet().stream()
                .allMatch(term -> labels != null
                        && labels.containsKey(term.getKey())
                        && (term.getValue().isEmpty() || term.getValue().equals(labels.get(term.getKey()))));
    }
}
