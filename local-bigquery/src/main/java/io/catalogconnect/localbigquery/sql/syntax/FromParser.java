package io.catalogconnect.localbigquery.sql.syntax;

import io.catalogconnect.localbigquery.sql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parses FROM: tables, subqueries, UNNEST and joins. Also parses the names of tables that statements write to. */
final class FromParser {

    private static final Set<String> TABLE_OPERATORS = Set.of("PIVOT", "UNPIVOT", "MATCH_RECOGNIZE");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final QueryParser queries;

    FromParser(Tokens tokens, ExpressionParser expressions, QueryParser queries) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.queries = queries;
    }

    Query.From from() {
        Query.From left = joined();
        while (tokens.accept(",")) {
            left = new Query.Join("CROSS", left, joined(), null, List.of());
        }
        return left;
    }

    private Query.From joined() {
        Query.From left = primary();
        for (String kind = joinKind(); !kind.isEmpty(); kind = joinKind()) {
            Query.From right = primary();
            if (kind.equals("CROSS")) {
                left = new Query.Join(kind, left, right, null, List.of());
            } else if (tokens.accept("ON")) {
                left = new Query.Join(kind, left, right, expressions.expression(), List.of());
            } else if (tokens.accept("USING")) {
                left = new Query.Join(kind, left, right, null, tokens.parenthesized(tokens::identifier));
            } else if (right instanceof Query.Table || right instanceof Query.Unnest) {
                left = new Query.Join(kind, left, right, null, List.of());
            } else {
                throw tokens.error("Syntax error: Expected keyword ON or keyword USING but got "
                        + tokens.peek().describe());
            }
        }
        return left;
    }

    private String joinKind() {
        if (tokens.at("NATURAL")) {
            throw tokens.unsupported("NATURAL JOIN");
        }
        if (tokens.accept("JOIN") || tokens.accept("INNER", "JOIN")) {
            return "INNER";
        }
        if (tokens.accept("CROSS", "JOIN")) {
            return "CROSS";
        }
        for (String side : List.of("LEFT", "RIGHT", "FULL")) {
            if (tokens.accept(side, "JOIN") || tokens.accept(side, "OUTER", "JOIN")) {
                return side;
            }
        }
        return "";
    }

    /** One source without joins, for MERGE. */
    Query.From source() {
        return primary();
    }

    private Query.From primary() {
        Query.From source;
        if (tokens.accept("(")) {
            if (tokens.at("SELECT") || tokens.at("WITH") || tokens.at("(")) {
                Query query = queries.query();
                tokens.expect(")");
                source = new Query.Derived(query, alias());
            } else {
                source = joined();
                tokens.expect(")");
                return source;
            }
        } else if (tokens.accept("UNNEST")) {
            tokens.expect("(");
            Expr array = expressions.expression();
            if (tokens.at(",")) {
                throw tokens.unsupported("UNNEST of several arrays");
            }
            tokens.expect(")");
            String alias = alias();
            source = new Query.Unnest(array, alias, offset());
        } else {
            source = tableOrPath();
        }
        refuseOperators();
        return source;
    }

    private Query.From tableOrPath() {
        if (tokens.peek().kind() == Kind.WORD && tokens.peek(1).is("(") && tokens.atIdentifier()) {
            throw tokens.unsupported("the table function " + tokens.peek().upper());
        }
        Query.Table table = table();
        if (tokens.at("(")) {
            throw tokens.unsupported("a table function");
        }
        refuseOperators();
        String alias = alias();
        String offset = offset();
        if (!offset.isEmpty()) {
            return new Query.Unnest(new Expr.Path(table.path(), table.at()), alias, offset);
        }
        return new Query.Table(table.path(), alias, table.at());
    }

    private String alias() {
        String alias = TABLE_OPERATORS.contains(tokens.peek().text().toUpperCase(Locale.ROOT))
                        && tokens.peek(1).is("(")
                ? null
                : queries.alias();
        return alias == null ? "" : alias;
    }

    /** The alias of WITH OFFSET, by default {@code offset}. Empty without the clause. */
    private String offset() {
        if (!tokens.accept("WITH", "OFFSET")) {
            return "";
        }
        String alias = alias();
        return alias.isEmpty() ? "offset" : alias;
    }

    private void refuseOperators() {
        Token token = tokens.peek();
        if (tokens.at("FOR", "SYSTEM_TIME") || tokens.at("FOR", "SYSTEM")) {
            throw tokens.unsupported("FOR SYSTEM_TIME AS OF");
        }
        if (tokens.at("TABLESAMPLE")) {
            throw tokens.unsupported("TABLESAMPLE");
        }
        if (token.kind() == Kind.WORD
                && TABLE_OPERATORS.contains(token.upper())
                && tokens.peek(1).is("(")) {
            throw tokens.unsupported(token.upper());
        }
    }

    /** A table's name: backticks may hold all or one part of it, a project's name may have dashes without backticks. */
    Query.Table table() {
        int at = tokens.peek().start();
        List<String> path = new ArrayList<>();
        boolean quoted = tokens.peek().kind() == Kind.QUOTED;
        String first = tokens.identifier();
        if (quoted) {
            path.addAll(List.of(first.split("\\.", -1)));
        } else {
            path.add(first + dashes());
        }
        while (tokens.accept(".")) {
            boolean quotedPart = tokens.peek().kind() == Kind.QUOTED;
            String part = tokens.nameAfterDot();
            path.addAll(quotedPart ? List.of(part.split("\\.", -1)) : List.of(part));
        }
        return new Query.Table(List.copyOf(path), "", at);
    }

    private String dashes() {
        StringBuilder rest = new StringBuilder();
        int end = tokens.peek().start();
        while (tokens.at("-") && tokens.peek().start() == end) {
            Token part = tokens.peek(1);
            if (part.start() != tokens.peek().end() || (part.kind() != Kind.WORD && part.kind() != Kind.INTEGER)) {
                break;
            }
            tokens.take();
            tokens.take();
            rest.append('-').append(part.text());
            end = part.end();
            Token more = tokens.peek();
            if (part.kind() == Kind.INTEGER && more.kind() == Kind.WORD && more.start() == end) {
                rest.append(tokens.take().text());
                end = more.end();
            }
        }
        return rest.toString();
    }
}
