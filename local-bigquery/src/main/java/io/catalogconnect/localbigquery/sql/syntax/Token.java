package io.catalogconnect.localbigquery.sql.syntax;

import java.util.Locale;

/**
 * One token of a statement.
 *
 * @param kind the kind of the token
 * @param text an identifier without quotes, the decoded value of a literal, or a symbol
 * @param start first character in the statement, 0-based
 * @param end after the last character (exclusive)
 */
record Token(Kind kind, String text, int start, int end) {

    enum Kind {
        WORD,
        QUOTED,
        INTEGER,
        FLOAT,
        STRING,
        BYTES,
        PARAMETER,
        SYMBOL,
        END
    }

    boolean is(String symbolOrWord) {
        return switch (kind) {
            case WORD -> text.equalsIgnoreCase(symbolOrWord);
            case SYMBOL -> text.equals(symbolOrWord);
            default -> false;
        };
    }

    String upper() {
        return text.toUpperCase(Locale.ROOT);
    }

    /** The description in BigQuery's message "Unexpected ...". */
    String describe() {
        return switch (kind) {
            case END -> "end of input";
            case WORD -> (Keywords.isReserved(text) ? "keyword " + upper() : "identifier \"" + text + "\"");
            case QUOTED -> "identifier `" + text + "`";
            case INTEGER -> "integer literal \"" + text + "\"";
            case FLOAT -> "floating point literal \"" + text + "\"";
            case STRING -> "string literal \"" + text + "\"";
            case BYTES -> "bytes literal";
            case PARAMETER -> "parameter @" + text;
            case SYMBOL -> "\"" + text + "\"";
        };
    }
}
