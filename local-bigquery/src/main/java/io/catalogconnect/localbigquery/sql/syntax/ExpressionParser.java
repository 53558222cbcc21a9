package io.catalogconnect.localbigquery.sql.syntax;

import io.catalogconnect.localbigquery.sql.syntax.Expr.Binary;
import io.catalogconnect.localbigquery.sql.syntax.Expr.Unary;
import io.catalogconnect.localbigquery.sql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses expressions by the precedence of GoogleSQL: comparisons do not associate, and {@code ||} has the precedence of {@code *}. */
final class ExpressionParser {

    private static final Set<String> COMPARISONS = Set.of("=", "<", ">", "<=", ">=", "!=", "<>");

    private final Tokens tokens;
    private final PrimaryParser primary;

    ExpressionParser(Tokens tokens, QueryParser queries) {
        this.tokens = tokens;
        this.primary = new PrimaryParser(tokens, this, queries);
    }

    PrimaryParser primary() {
        return primary;
    }

    Expr expression() {
        Expr left = conjunction();
        while (tokens.accept("OR")) {
            left = new Binary("OR", left, conjunction());
        }
        return left;
    }

    private Expr conjunction() {
        Expr left = negation();
        while (tokens.accept("AND")) {
            left = new Binary("AND", left, negation());
        }
        return left;
    }

    private Expr negation() {
        if (tokens.accept("NOT")) {
            return new Unary("NOT", negation());
        }
        return comparison();
    }

    private Expr comparison() {
        Expr left = bitOr();
        Expr compared = comparisonAfter(left);
        if (compared == null) {
            return left;
        }
        if (comparisonAfter(compared) != null) {
            throw tokens.error("Syntax error: Comparisons do not associate; write parentheses");
        }
        return compared;
    }

    private @Nullable Expr comparisonAfter(Expr left) {
        Token token = tokens.peek();
        if (token.kind() == Kind.SYMBOL && COMPARISONS.contains(token.text())) {
            tokens.take();
            return new Binary(token.is("<>") ? "!=" : token.text(), left, bitOr());
        }
        if (tokens.accept("IS")) {
            return is(left);
        }
        boolean negated = tokens.at("NOT")
                && (tokens.peek(1).is("IN")
                        || tokens.peek(1).is("LIKE")
                        || tokens.peek(1).is("BETWEEN"));
        if (negated) {
            tokens.take();
        }
        if (tokens.accept("BETWEEN")) {
            Expr low = bitOr();
            tokens.expect("AND");
            return new Expr.Between(left, low, bitOr(), negated);
        }
        if (tokens.accept("LIKE")) {
            if (tokens.at("ANY") || tokens.at("ALL") || tokens.at("SOME")) {
                throw tokens.unsupported("LIKE " + tokens.peek().upper());
            }
            Expr like = new Binary("LIKE", left, bitOr());
            return negated ? new Unary("NOT", like) : like;
        }
        if (tokens.accept("IN")) {
            return in(left, negated);
        }
        return null;
    }

    private Expr is(Expr left) {
        boolean negated = tokens.accept("NOT");
        if (tokens.accept("DISTINCT", "FROM")) {
            Expr distinct = new Binary("IS DISTINCT FROM", left, bitOr());
            return negated ? new Unary("NOT", distinct) : distinct;
        }
        Token what = tokens.peek();
        if (!what.is("NULL") && !what.is("TRUE") && !what.is("FALSE")) {
            throw tokens.unexpected();
        }
        tokens.take();
        return new Expr.Is(left, what.upper(), negated);
    }

    private Expr in(Expr left, boolean negated) {
        if (tokens.accept("UNNEST")) {
            tokens.expect("(");
            Expr array = expression();
            tokens.expect(")");
            return new Expr.InArray(left, array, negated);
        }
        if (tokens.at("(", "SELECT") || tokens.at("(", "WITH")) {
            tokens.expect("(");
            Query query = primary.queries().query();
            tokens.expect(")");
            return new Expr.InQuery(left, query, negated);
        }
        return new Expr.InList(left, tokens.parenthesized(this::expression), negated);
    }

    Expr bitOr() {
        return leftAssociative(
                List.of("|"), () -> leftAssociative(List.of("^"), () -> leftAssociative(List.of("&"), this::shift)));
    }

    private Expr shift() {
        return leftAssociative(
                List.of("<<", ">>"),
                () -> leftAssociative(List.of("+", "-"), () -> leftAssociative(List.of("*", "/", "||"), this::unary)));
    }

    private Expr leftAssociative(List<String> operators, java.util.function.Supplier<Expr> operand) {
        Expr left = operand.get();
        while (tokens.peek().kind() == Kind.SYMBOL
                && operators.contains(tokens.peek().text())) {
            String operator = tokens.take().text();
            left = new Binary(operator, left, operand.get());
        }
        return left;
    }

    private Expr unary() {
        Token token = tokens.peek();
        if (token.is("-") || token.is("+") || token.is("~")) {
            tokens.take();
            Expr operand = unary();
            if (token.is("-")
                    && operand instanceof Expr.Literal number
                    && isNumber(number)
                    && !number.text().startsWith("-")) {
                return new Expr.Literal(number.kind(), "-" + number.text());
            }
            return new Unary(token.text(), operand);
        }
        return primary.postfix();
    }

    private static boolean isNumber(Expr.Literal literal) {
        return literal.kind().equals("INT64") || literal.kind().equals("FLOAT64");
    }

    List<Expr.Order> orderBy() {
        if (!tokens.accept("ORDER")) {
            return List.of();
        }
        tokens.expect("BY");
        return tokens.list(this::order);
    }

    private Expr.Order order() {
        Expr key = expression();
        if (tokens.at("COLLATE")) {
            throw tokens.unsupported("COLLATE");
        }
        boolean descending = tokens.accept("DESC");
        if (!descending) {
            tokens.accept("ASC");
        }
        if (tokens.accept("NULLS")) {
            if (tokens.accept("FIRST")) {
                return new Expr.Order(key, descending, true);
            }
            tokens.expect("LAST");
            return new Expr.Order(key, descending, false);
        }
        return new Expr.Order(key, descending, null);
    }

    /** Parses the window after OVER or in the WINDOW clause. */
    Expr.Window window() {
        if (tokens.atIdentifier()) {
            return new Expr.Window(tokens.identifier(), List.of(), List.of(), null);
        }
        tokens.expect("(");
        String name = tokens.atIdentifier() ? tokens.identifier() : null;
        List<Expr> partition = new ArrayList<>();
        if (tokens.accept("PARTITION")) {
            tokens.expect("BY");
            partition.addAll(tokens.list(this::expression));
        }
        List<Expr.Order> order = orderBy();
        Expr.Frame frame = null;
        if (tokens.at("ROWS") || tokens.at("RANGE")) {
            String unit = tokens.take().upper();
            if (tokens.accept("BETWEEN")) {
                Expr.Bound from = bound();
                tokens.expect("AND");
                frame = new Expr.Frame(unit, from, bound());
            } else {
                frame = new Expr.Frame(unit, bound(), new Expr.Bound(null, "CURRENT ROW"));
            }
        }
        tokens.expect(")");
        return new Expr.Window(name, List.copyOf(partition), order, frame);
    }

    private Expr.Bound bound() {
        if (tokens.accept("CURRENT", "ROW")) {
            return new Expr.Bound(null, "CURRENT ROW");
        }
        Expr rows = tokens.accept("UNBOUNDED") ? null : bitOr();
        if (tokens.accept("PRECEDING")) {
            return new Expr.Bound(rows, "PRECEDING");
        }
        tokens.expect("FOLLOWING");
        return new Expr.Bound(rows, "FOLLOWING");
    }
}
