package io.catalogconnect.bigquery.table;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Conversion of field names to column names. A character that is not permitted is replaced by an underscore, and a name that does not
 * start with a letter or an underscore gets an underscore as prefix. Fields whose column names are equal, regardless of case, are
 * refused.
 */
public enum ColumnNaming {
    /** ASCII letters, digits and underscores. */
    ASCII("[A-Za-z0-9_]", "[A-Za-z_]"),
    /** BigQuery's flexible column names: also letters and digits of any script, blanks and {@code -&%=+:'<>#|}. */
    FLEXIBLE("[\\p{L}\\p{N}\\p{M}_ \\-&%=+:'<>#|]", "[\\p{L}_]");

    private static final int MAX_LENGTH = 300;
    private static final List<String> RESERVED_PREFIXES =
            List.of("_TABLE_", "_FILE_", "_PARTITION", "_ROW_TIMESTAMP", "__ROOT__", "_COLIDENTIFIER", "_CHANGE_");

    private final Pattern refused;
    private final Pattern first;

    ColumnNaming(String permitted, String first) {
        this.refused = Pattern.compile("(?!" + permitted + ").", Pattern.DOTALL);
        this.first = Pattern.compile(first);
    }

    /** The column name of a field. */
    public String columnFor(String field) {
        String safe = refused.matcher(field).replaceAll("_");
        String name = first.matcher(safe).lookingAt() ? safe : "_" + safe;
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

    /** Refuses fields whose column names are equal. */
    public void refuseCollisions(String where, List<String> fields) {
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
}
