package io.catalogconnect.localbigquery.sql.syntax;

import io.catalogconnect.localbigquery.sql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits a statement into tokens by the lexical rules of GoogleSQL: three kinds of comments, four of string quotes, raw and bytes prefixes. */
final class Lexer {

    private static final List<String> SYMBOLS = List.of(
            "<=", ">=", "<>", "!=", "||", "<<", ">>", "=>", "->", "+=", "-=", "(", ")", ",", ".", "*", "/", "+", "-",
            "=", "<", ">", "[", "]", ";", "?", "&", "|", "^", "~", ":", "{", "}", "@");

    private final String sql;
    private int position;

    private Lexer(String sql) {
        this.sql = sql;
    }

    static List<Token> tokens(String sql) {
        Lexer lexer = new Lexer(sql);
        List<Token> tokens = new ArrayList<>();
        Token token = lexer.next();
        while (token.kind() != Kind.END) {
            tokens.add(token);
            token = lexer.next();
        }
        tokens.add(token);
        return tokens;
    }

    private Token next() {
        skipBlank();
        int start = position;
        if (start >= sql.length()) {
            return new Token(Kind.END, "", start, start);
        }
        char c = sql.charAt(start);
        int prefix = stringPrefix();
        if (prefix >= 0) {
            return string(start, prefix);
        }
        if (c == '`') {
            return quotedIdentifier(start);
        }
        if (Character.isLetter(c) || c == '_') {
            return word(start, Kind.WORD, start);
        }
        if (Character.isDigit(c)
                || (c == '.' && start + 1 < sql.length() && Character.isDigit(sql.charAt(start + 1)) && !afterName())) {
            return number(start);
        }
        if (sql.startsWith("@`", start)) {
            position = start + 1;
            Token name = quotedIdentifier(position);
            return new Token(Kind.PARAMETER, name.text(), start, name.end());
        }
        if (c == '@' && start + 1 < sql.length() && isWordPart(sql.charAt(start + 1))) {
            position = start + 1;
            return word(start + 1, Kind.PARAMETER, start);
        }
        for (String symbol : SYMBOLS) {
            if (sql.startsWith(symbol, start)) {
                position = start + symbol.length();
                return new Token(Kind.SYMBOL, symbol, start, position);
            }
        }
        throw SqlError.at("Syntax error: Illegal input character \"" + c + "\"", sql, start);
    }

    private boolean afterName() {
        return position > 0
                && (isWordPart(sql.charAt(position - 1))
                        || sql.charAt(position - 1) == '`'
                        || sql.charAt(position - 1) == ']');
    }

    private void skipBlank() {
        while (position < sql.length()) {
            if (Character.isWhitespace(sql.charAt(position))) {
                position++;
            } else if (sql.startsWith("--", position) || sql.charAt(position) == '#') {
                int end = sql.indexOf('\n', position);
                position = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", position)) {
                int end = sql.indexOf("*/", position + 2);
                if (end < 0) {
                    throw SqlError.at("Syntax error: Unclosed comment", sql, position);
                }
                position = end + 2;
            } else {
                return;
            }
        }
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private Token word(int from, Kind kind, int start) {
        while (position < sql.length() && isWordPart(sql.charAt(position))) {
            position++;
        }
        return new Token(kind, sql.substring(from, position), start, position);
    }

    private Token quotedIdentifier(int start) {
        int end = sql.indexOf('`', start + 1);
        if (end < 0) {
            throw SqlError.at("Syntax error: Unclosed identifier literal", sql, start);
        }
        if (end == start + 1) {
            throw SqlError.at("Syntax error: Invalid empty identifier", sql, start);
        }
        position = end + 1;
        return new Token(Kind.QUOTED, sql.substring(start + 1, end), start, position);
    }

    private Token number(int start) {
        if (sql.regionMatches(true, start, "0x", 0, 2)) {
            position = start + 2;
            while (position < sql.length() && Character.digit(sql.charAt(position), 16) >= 0) {
                position++;
            }
            return new Token(Kind.INTEGER, sql.substring(start, position), start, position);
        }
        boolean integer = true;
        digits();
        if (position < sql.length() && sql.charAt(position) == '.') {
            integer = false;
            position++;
            digits();
        }
        if (position < sql.length() && (sql.charAt(position) == 'e' || sql.charAt(position) == 'E')) {
            int mark = position++;
            if (position < sql.length() && (sql.charAt(position) == '+' || sql.charAt(position) == '-')) {
                position++;
            }
            int digits = position;
            digits();
            if (digits == position) {
                position = mark;
            } else {
                integer = false;
            }
        }
        if (position < sql.length() && isWordPart(sql.charAt(position)) && !afterDash(start)) {
            throw SqlError.at("Syntax error: Missing whitespace between literal and alias", sql, position);
        }
        return new Token(integer ? Kind.INTEGER : Kind.FLOAT, sql.substring(start, position), start, position);
    }

    /** True if {@code start} follows a dash inside a project name, where digits and letters may follow. */
    private boolean afterDash(int start) {
        return start > 1 && sql.charAt(start - 1) == '-' && isWordPart(sql.charAt(start - 2));
    }

    private void digits() {
        while (position < sql.length() && Character.isDigit(sql.charAt(position))) {
            position++;
        }
    }

    /** Length of the prefix of a string literal at this position (0 to 2 letters of r and b), or -1 if no string begins here. */
    private int stringPrefix() {
        int i = position;
        while (i < sql.length() && i - position < 2 && "rRbB".indexOf(sql.charAt(i)) >= 0) {
            i++;
        }
        return i < sql.length() && (sql.charAt(i) == '\'' || sql.charAt(i) == '"') ? i - position : -1;
    }

    private Token string(int start, int prefixLength) {
        String prefix = sql.substring(start, start + prefixLength).toLowerCase(Locale.ROOT);
        boolean raw = prefix.indexOf('r') >= 0;
        Kind kind = prefix.indexOf('b') >= 0 ? Kind.BYTES : Kind.STRING;
        position = start + prefixLength;
        String quote = sql.substring(position, position + 1);
        if (sql.startsWith(quote.repeat(3), position)) {
            quote = quote.repeat(3);
        }
        position += quote.length();
        StringBuilder text = new StringBuilder();
        while (!sql.startsWith(quote, position)) {
            if (position >= sql.length() || (quote.length() == 1 && sql.charAt(position) == '\n')) {
                throw SqlError.at("Syntax error: Unclosed string literal", sql, start);
            }
            char c = sql.charAt(position++);
            if (c != '\\') {
                text.append(c);
            } else if (raw) {
                text.append(c);
                if (position < sql.length()) {
                    text.append(sql.charAt(position++));
                }
            } else {
                position = Escapes.decode(sql, position, kind == Kind.BYTES, text);
            }
        }
        position += quote.length();
        if (position < sql.length() && (sql.charAt(position) == '\'' || sql.charAt(position) == '"')) {
            throw SqlError.at(
                    "Syntax error: concatenated string literals need to be separated by whitespace or comments",
                    sql,
                    position);
        }
        return new Token(kind, text.toString(), start, position);
    }
}
