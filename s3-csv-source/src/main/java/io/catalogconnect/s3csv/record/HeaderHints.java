package io.catalogconnect.s3csv.record;

import io.catalogconnect.s3csv.object.MessageText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Signs that a header was read with the wrong dialect. */
public final class HeaderHints {

    private static final List<String> DELIMITERS = List.of("||", ";", "\t", "|", ",");

    private static final Pattern MARKUP =
            Pattern.compile("<(\\?xml|!doctype|html|error>|[a-z]+ xmlns)", Pattern.CASE_INSENSITIVE);

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

    /** The format of an object that is not CSV, recognized by its first line; empty if nothing comes to mind. */
    public static String otherFormat(List<String> header) {
        String start = header.isEmpty() ? "" : header.get(0);
        if (start.equals("{") || start.equals("[") || start.startsWith("{\"") || start.startsWith("[{")) {
            return "JSON";
        }
        return MARKUP.matcher(start).lookingAt() ? "XML or HTML" : "";
    }

    /** Warnings about a header that can be read, as sentences. */
    public static List<String> warnings(List<String> header) {
        List<String> warnings = new ArrayList<>();
        String delimiter = probableDelimiter(header);
        if (!delimiter.isEmpty()) {
            warnings.add("the header has one column, and its name contains '" + delimiter
                    + "', which looks like the delimiter. Check csv.delimiter");
        }
        Map<String, String> names = new HashMap<>();
        for (String name : header) {
            String former = names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (former != null && !former.equals(name)) {
                warnings.add(
                        "the header has the names '" + MessageText.of(former) + "' and '" + MessageText.of(name)
                                + "', which differ only in case. BigQuery does not distinguish them. Declare one of them in columns");
                break;
            }
        }
        return warnings;
    }
}
