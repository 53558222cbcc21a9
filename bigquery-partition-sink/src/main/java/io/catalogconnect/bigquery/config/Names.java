package io.catalogconnect.bigquery.config;

import io.catalogconnect.settings.Setting;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Forms of names and of entries in lists. */
final class Names {

    static final String COLUMN = "[A-Za-z_][A-Za-z0-9_]*";
    /** A name that a record's field may have with {@code column.names=flexible}, or a column of an existing table. */
    static final String FLEXIBLE_COLUMN = "[\\p{L}_][\\p{L}\\p{N}\\p{M}_ \\-&%=+:'<>#|]*";

    static final String TABLE = "[A-Za-z0-9_]{1,1024}";

    private Names() {}

    /** A text of a form that a regular expression describes. */
    static Setting<String> text(String key, String form, String accepted) {
        return Setting.parsed(
                key,
                accepted,
                text -> match(form, text, "it must be " + accepted).group());
    }

    /** The name of a table. */
    static Setting<String> table(String key) {
        return text(key, TABLE, "a table name of letters, digits and underscores");
    }

    /** The name of a column. */
    static Setting<String> column(String key) {
        return text(key, COLUMN, "a column name of letters, digits and underscores");
    }

    /** The name of a column, of any script. */
    static Setting<String> flexibleColumn(String key) {
        return text(key, FLEXIBLE_COLUMN, "a column name");
    }

    /** Reads texts of a form. */
    static Function<String, Matcher> form(String form, String message) {
        return text -> match(form, text, message);
    }

    private static Matcher match(String form, String text, String message) {
        Matcher parts = Pattern.compile(form, Pattern.DOTALL).matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(message);
        }
        return parts;
    }
}
