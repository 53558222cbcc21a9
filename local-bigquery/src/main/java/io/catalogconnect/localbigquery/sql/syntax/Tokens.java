package io.catalogconnect.localbigquery.sql.syntax;

import io.catalogconnect.localbigquery.sql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The tokens of a statement and the current position. The parsers of expressions, queries and statements share one instance. */
final class Tokens {

    private final String sql;
    private final List<Token> list;
    private int next;
    private int parameters;

    Tokens(String sql) {
        this.sql = sql;
        this.list = Lexer.tokens(sql);
    }

    String sql() {
        return sql;
    }

    Token peek() {
        return list.get(next);
    }

    Token peek(int ahead) {
        return list.get(Math.min(next + ahead, list.size() - 1));
    }

    Token take() {
        Token token = list.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    /** Returns whether these words or symbols follow. */
    boolean at(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Consumes these words or symbols if they follow. */
    boolean accept(String... words) {
        if (!at(words)) {
            return false;
        }
        next += words.length;
        return true;
    }

    void expect(String... words) {
        for (String word : words) {
            if (!accept(word)) {
                boolean symbol = !Character.isLetter(word.charAt(0));
                throw error("Syntax error: Expected " + (symbol ? "\"" + word + "\"" : "keyword " + word) + " but got "
                        + peek().describe());
            }
        }
    }

    /** The number of the next {@code ?}. */
    int nextParameter() {
        return parameters++;
    }

    boolean atIdentifier() {
        return isIdentifier(peek());
    }

    static boolean isIdentifier(Token token) {
        return token.kind() == Kind.QUOTED || (token.kind() == Kind.WORD && !Keywords.isReserved(token.text()));
    }

    String identifier() {
        if (!atIdentifier()) {
            throw unexpected();
        }
        return take().text();
    }

    /** A name after a dot, which may be a keyword. */
    String nameAfterDot() {
        Kind kind = peek().kind();
        if (kind != Kind.WORD && kind != Kind.QUOTED) {
            throw unexpected();
        }
        return take().text();
    }

    List<String> identifiers() {
        return list(this::identifier);
    }

    <T> List<T> list(Supplier<T> item) {
        List<T> items = new ArrayList<>();
        do {
            items.add(item.get());
        } while (accept(","));
        return List.copyOf(items);
    }

    <T> List<T> parenthesized(Supplier<T> item) {
        expect("(");
        List<T> items = list(item);
        expect(")");
        return items;
    }

    /** A {@code >>} that closes two type brackets counts as two {@code >}. */
    void expectClosingAngle() {
        Token token = peek();
        if (token.is(">>")) {
            list.set(next, new Token(Kind.SYMBOL, ">", token.start() + 1, token.end()));
            return;
        }
        expect(">");
    }

    /** The character after the last consumed token. */
    int end() {
        return next == 0 ? 0 : list.get(next - 1).end();
    }

    SqlError unexpected() {
        return error("Syntax error: Unexpected " + peek().describe());
    }

    SqlError error(String message) {
        return errorAt(message, peek().start());
    }

    SqlError errorAt(String message, int at) {
        return SqlError.at(message, sql, at);
    }

    SqlError unsupported(String construct) {
        return error(SqlError.unsupported(construct).getMessage());
    }
}
