package io.catalogconnect.localbigquery.store;

/** DuckDB's quoting rules, for everyone who writes SQL for it. */
public final class Sql {
    private Sql() {}

    /** An identifier. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A string literal. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
