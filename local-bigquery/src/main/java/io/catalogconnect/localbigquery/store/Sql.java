package io.catalogconnect.localbigquery.store;

import java.util.List;

/** Quotes identifiers and strings for DuckDB's SQL, and joins many operands. */
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

    /**
     * Joins operands with an associative operator. The expression is a balanced tree, because DuckDB processes expressions recursively: a chain of a
     * thousand operators exceeds its limit or the stack.
     */
    public static String balanced(String operator, List<String> operands) {
        int size = operands.size();
        if (size == 1) {
            return operands.get(0);
        }
        return "(" + balanced(operator, operands.subList(0, size / 2)) + " " + operator + " "
                + balanced(operator, operands.subList(size / 2, size)) + ")";
    }
}
