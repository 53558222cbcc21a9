package io.catalogconnect.localbigquery.sql.syntax;

import io.catalogconnect.localbigquery.sql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses queries: WITH, SELECT, set operations, ORDER BY and LIMIT. */
final class QueryParser {

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final FromParser from;

    QueryParser(Tokens tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens, this);
        this.from = new FromParser(tokens, expressions, this);
    }

    ExpressionParser expressions() {
        return expressions;
    }

    FromParser from() {
        return from;
    }

    Query query() {
        List<Query.With> with = List.of();
        boolean recursive = false;
        if (tokens.accept("WITH")) {
            recursive = tokens.accept("RECURSIVE");
            with = tokens.list(this::with);
        }
        Query.Body body = body();
        List<Expr.Order> order = expressions.orderBy();
        Expr limit = null;
        Expr offset = null;
        if (tokens.accept("LIMIT")) {
            limit = expressions.expression();
            offset = tokens.accept("OFFSET") ? expressions.expression() : null;
        }
        return new Query(with, recursive, body, order, limit, offset);
    }

    private Query.With with() {
        String name = tokens.identifier();
        tokens.expect("AS", "(");
        Query query = query();
        tokens.expect(")");
        return new Query.With(name, query);
    }

    private Query.Body body() {
        Query.Body first = operand();
        String operator = setOperator();
        if (operator == null) {
            return first;
        }
        List<Query.Body> operands = new ArrayList<>(List.of(first, operand()));
        for (String more = setOperator(); more != null; more = setOperator()) {
            if (!more.equals(operator)) {
                throw tokens.error(
                        "Syntax error: Different set operations cannot be used in the same query without using parentheses for grouping");
            }
            operands.add(operand());
        }
        if (operator.startsWith("EXCEPT") && operands.size() > 2) {
            throw tokens.unsupported("EXCEPT DISTINCT of more than two queries");
        }
        return new Query.SetOperation(operator, List.copyOf(operands));
    }

    private @Nullable String setOperator() {
        if (!tokens.at("UNION") && !tokens.at("INTERSECT") && !tokens.at("EXCEPT")) {
            return null;
        }
        String operator = tokens.take().upper();
        if (tokens.accept("ALL")) {
            if (!operator.equals("UNION")) {
                throw tokens.unsupported(operator + " ALL");
            }
            return "UNION ALL";
        }
        tokens.expect("DISTINCT");
        return operator + " DISTINCT";
    }

    private Query.Body operand() {
        if (tokens.accept("(")) {
            Query query = query();
            tokens.expect(")");
            return new Query.Nested(query);
        }
        return select();
    }

    private Query.Select select() {
        tokens.expect("SELECT");
        if (tokens.at("WITH")) {
            throw tokens.unsupported("SELECT WITH " + tokens.peek(1).upper());
        }
        boolean distinct = tokens.accept("DISTINCT");
        if (!distinct) {
            tokens.accept("ALL");
        }
        String as = "";
        if (tokens.accept("AS")) {
            if (!tokens.at("STRUCT") && !tokens.at("VALUE")) {
                throw tokens.unsupported("SELECT AS " + tokens.peek().text());
            }
            as = tokens.take().upper();
        }
        List<Query.Item> items = items();
        Query.From source = tokens.accept("FROM") ? from.from() : null;
        Expr where = tokens.accept("WHERE") ? expressions.expression() : null;
        List<Expr> group = new ArrayList<>();
        boolean groupAll = false;
        if (tokens.accept("GROUP")) {
            tokens.expect("BY");
            groupAll = tokens.accept("ALL");
            if (tokens.at("ROLLUP") || tokens.at("CUBE") || tokens.at("GROUPING", "SETS")) {
                throw tokens.unsupported("GROUP BY " + tokens.peek().upper());
            }
            if (!groupAll) {
                group.addAll(tokens.list(expressions::expression));
            }
        }
        Expr having = tokens.accept("HAVING") ? expressions.expression() : null;
        Expr qualify = tokens.accept("QUALIFY") ? expressions.expression() : null;
        List<Query.NamedWindow> windows = tokens.accept("WINDOW") ? tokens.list(this::namedWindow) : List.of();
        return new Query.Select(
                distinct, as, items, source, where, List.copyOf(group), groupAll, having, qualify, windows);
    }

    private Query.NamedWindow namedWindow() {
        String name = tokens.identifier();
        tokens.expect("AS");
        return new Query.NamedWindow(name, expressions.window());
    }

    private List<Query.Item> items() {
        List<Query.Item> items = new ArrayList<>();
        do {
            if (!items.isEmpty()
                    && (tokens.at("FROM") || tokens.at(")") || tokens.peek().kind() == Kind.END)) {
                break;
            }
            items.add(item());
        } while (tokens.accept(","));
        return List.copyOf(items);
    }

    private Query.Item item() {
        if (tokens.accept("*")) {
            return allColumns(null);
        }
        Expr value = expressions.expression();
        if (tokens.accept(".", "*")) {
            return allColumns(value);
        }
        return new Query.Column(value, alias());
    }

    private Query.Item allColumns(@Nullable Expr of) {
        List<String> except = tokens.at("EXCEPT", "(") ? exceptColumns() : List.of();
        List<Query.Column> replace = tokens.accept("REPLACE") ? tokens.parenthesized(this::replacement) : List.of();
        return new Query.AllColumns(of, except, replace);
    }

    private List<String> exceptColumns() {
        tokens.expect("EXCEPT");
        return tokens.parenthesized(tokens::identifier);
    }

    private Query.Column replacement() {
        Expr value = expressions.expression();
        tokens.accept("AS");
        return new Query.Column(value, tokens.identifier());
    }

    /** {@code AS name}, or a name without AS. */
    @Nullable
    String alias() {
        if (tokens.accept("AS")) {
            return tokens.identifier();
        }
        return tokens.atIdentifier() ? tokens.identifier() : null;
    }
}
