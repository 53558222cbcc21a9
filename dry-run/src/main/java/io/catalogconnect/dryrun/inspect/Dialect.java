package io.catalogconnect.dryrun.inspect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The characters that structure a CSV file, as values of the source's keys.
 *
 * @param delimiter value of {@code csv.delimiter}
 * @param quote value of {@code csv.quote}
 * @param escape value of {@code csv.escape}
 */
record Dialect(String delimiter, String quote, String escape) {

    /** The source's default. */
    static final Dialect DEFAULT = new Dialect(",", "\"", "none");

    /** Dialects that files use, the usual ones first. */
    static final List<Dialect> USUAL = Stream.of(
                    new Dialect("", "\"", "none"),
                    new Dialect("", "\"", "\\"),
                    new Dialect("", "'", "none"),
                    new Dialect("", "none", "none"),
                    new Dialect("", "none", "\\"))
            .flatMap(quoting -> Stream.of(",", ";", "\\t", "|")
                    .map(delimiter -> new Dialect(delimiter, quoting.quote(), quoting.escape())))
            .toList();

    /** All three keys. */
    Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("csv.delimiter", delimiter);
        keys.put("csv.quote", quote);
        keys.put("csv.escape", escape);
        return keys;
    }

    /** True if a configuration's keys do not contradict this dialect. */
    boolean fits(Map<String, String> configured) {
        return keys().entrySet().stream()
                .allMatch(key ->
                        configured.getOrDefault(key.getKey(), key.getValue()).equals(key.getValue()));
    }
}
