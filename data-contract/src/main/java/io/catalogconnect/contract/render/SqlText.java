package io.catalogconnect.contract.render;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts in GoogleSQL. */
public final class SqlText {
    private SqlText() {}

    /** A string. */
    public static String string(String text) {
        StringBuilder sql = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> sql.append("\\\"");
                case '\\' -> sql.append("\\\\");
                case '\n' -> sql.append("\\n");
                case '\r' -> sql.append("\\r");
                default -> sql.appendCodePoint(c < ' ' ? ' ' : c);
            }
        });
        return sql.append('"').toString();
    }

    /** Strings in parentheses, for {@code IN}. */
    public static String list(Stream<String> texts) {
        return texts.map(SqlText::string).collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * A condition in parentheses that all rows of a partitioned table meet, also those without a value, for a table that BigQuery
     * does not query without a filter.
     *
     * @param column column of the partitions
     * @param type DATE, DATETIME or TIMESTAMP
     */
    public static String allPartitions(String column, String type) {
        return "(" + name(column) + " >= " + type + " '0001-01-01' OR " + name(column) + " IS NULL)";
    }

    /** A name or a path of names. */
    public static String name(String text) {
        return "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`";
    }
}
