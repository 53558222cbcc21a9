package io.catalogconnect.s3csv.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Signs that a header was read with the wrong dialect. */
public final class HeaderHints {

    private static final List<String> DELIMITERS = List.of("||", ";", "\t", "|", ",");

    private HeaderHints() {}

    /** The delimiter that the only name contains, {@code \t} for a tab; empty if there are more names or it contains none. */
    static String probableDelimiter(List<String> header) {
        if (header.size() != 1) {
            return "";
        }
        return DELIMITERS.stream()
                .filter(header.get(0)::contains)
                .findFirst()
                .map(found -> found.equals("\t") ? "\\t" : found)
                .orElse("");
    }

    /** Warnings about a header that can be read, as sentences. */
    public static List<String> warnings(List<String> header) {
        List<String> warnings = new ArrayList<>();
        String delimiter = probableDelimiter(header);
        if (!delimiter.isEmpty()) {
            warnings.add("the header has one column, and its name contains '" + delimiter
                    + "', which looks like the delimiter. Check csv.delimiter");
        }
        Set<String> names = new HashSet<>(header);
        Set<String> lowerCase = new HashSet<>();
        names.forEach(name -> lowerCase.add(name.toLowerCase(Locale.ROOT)));
        if (lowerCase.size() < names.size()) {
            warnings.add("the header has names that differ only in case, which BigQuery does not distinguish");
        }
        return warnings;
    }
}
