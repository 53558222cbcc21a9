package io.catalogconnect.localbigquery.sql.syntax;

/** Decodes the escape sequences of string and bytes literals. */
final class Escapes {

    private static final String LETTERS = "abfnrtv\\?\"'`";
    private static final String VALUES = "\u0007\b\f\n\r\t\u000b\\?\"'`";

    private Escapes() {}

    /**
     * Decodes one sequence.
     *
     * @param sql the statement
     * @param at position after the backslash
     * @param bytes whether a code is a byte instead of a character; a byte is stored as the character with this number
     * @param out receives the decoded text
     * @return position after the sequence
     */
    static int decode(String sql, int at, boolean bytes, StringBuilder out) {
        char c = at < sql.length() ? sql.charAt(at) : '\0';
        int letter = LETTERS.indexOf(c);
        if (letter >= 0) {
            out.append(VALUES.charAt(letter));
            return at + 1;
        }
        if (c >= '0' && c <= '3') {
            return code(sql, at, at + 3, 8, out);
        }
        return switch (c) {
            case 'x', 'X' -> code(sql, at + 1, at + 3, 16, out);
            case 'u' -> unicode(sql, at, 5, bytes, out);
            case 'U' -> unicode(sql, at, 9, bytes, out);
            default -> throw illegal(sql, at);
        };
    }

    private static int unicode(String sql, int at, int length, boolean bytes, StringBuilder out) {
        if (bytes) {
            throw illegal(sql, at);
        }
        return code(sql, at + 1, at + length, 16, out);
    }

    private static int code(String sql, int from, int to, int radix, StringBuilder out) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = i < sql.length() ? Character.digit(sql.charAt(i), radix) : -1;
            if (digit < 0) {
                throw illegal(sql, from);
            }
            value = value * radix + digit;
        }
        if (!Character.isValidCodePoint(value)) {
            throw illegal(sql, from);
        }
        out.appendCodePoint(value);
        return to;
    }

    private static SqlError illegal(String sql, int at) {
        return SqlError.at("Syntax error: Illegal escape sequence", sql, at);
    }
}
