package io.catalogconnect.localbigquery.store;

/** Quotes identifiers and strings for DuckDB's SQL. */
public final class Sql {
    private Sql() {}

    /** Quotes an identifier. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** Quotes a string literal. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
