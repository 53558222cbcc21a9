package io.catalogconnect.s3csv.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The topics that a task writes to. Immutable.
 *
 * @param main receives every row
 * @param copies each receives a copy of every row
 * @param malformedRows receives malformed rows; null if they are not sent
 * @param events receives the events of objects; null if there are none
 */
public record Topics(
        String main,
        List<String> copies,
        @Nullable String malformedRows,
        @Nullable String events) {

    public Topics {
        copies = List.copyOf(copies);
    }

    /** All topics, the main one first. */
    public List<String> all() {
        List<String> all = new ArrayList<>(List.of(main));
        all.addAll(copies);
        if (malformedRows != null) {
            all.add(malformedRows);
        }
        if (events != null) {
            all.add(events);
        }
        return all;
    }
}
