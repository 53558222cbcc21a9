package io.catalogconnect.bigquery.table;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Converts field and topic names to names that BigQuery accepts. Every character except ASCII letters, digits and
 * underscore is replaced by an underscore, and a column name that does not start with a letter or an underscore gets an
 * underscore as prefix. Fields whose column names are equal, regardless of case, are refused.
 */
public final class ColumnNames {

    private static final int MAX_LENGTH = 300;
    private static final List<String> RESERVED_PREFIXES =
            List.of("_TABLE_", "_FILE_", "_PARTITION", "_ROW_TIMESTAMP", "__ROOT__", "_COLIDENTIFIER", "_CHANGE_");

    private ColumnNames() {}

    /** The column name of a field. */
    public static String columnFor(String field) {
        String name = sanitize(field);
        String upper = name.toUpperCase(Locale.ROOT);
        for (String prefix : RESERVED_PREFIXES) {
            if (upper.startsWith(prefix)) {
                return "f" + name;
            }
        }
        if (name.length() > MAX_LENGTH) {
            throw new TableMismatchException("field '" + field + "' has a name of " + name.length()
                    + " characters; BigQuery accepts " + MAX_LENGTH + ". Rename it with a transformation.");
        }
        return name;
    }

    /** The table name of a topic that has no configured table. */
    public static String tableFor(String topic) {
        return topic.replaceAll("[^A-Za-z0-9_]", "_");
    }

    /** Refuses fields whose column names are equal. */
    public static void refuseCollisions(String where, List<String> fields) {
        Map<String, String> seen = new HashMap<>();
        for (String field : fields) {
            String other = seen.put(columnFor(field).toLowerCase(Locale.ROOT), field);
            if (other != null) {
                throw new TableMismatchException(where + ": the fields '" + other + "' and '" + field
                        + "' would both become the column '" + columnFor(field)
                        + "'. Rename one of them with a transformation.");
            }
        }
    }

    private static String sanitize(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9_]", "_");
        return safe.isEmpty() || Character.isDigit(safe.charAt(0)) ? "_" + safe : safe;
    }
}
