package io.catalogconnect.localbigquery.sql.syntax;

import io.catalogconnect.localbigquery.sql.syntax.Expr.Literal;
import io.catalogconnect.localbigquery.sql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the leaves of expressions: literals, names, calls, constructors and functions with special syntax. */
final class PrimaryParser {

    private static final Set<String> TYPED_LITERALS =
            Set.of("DATE", "TIMESTAMP", "DATETIME", "TIME", "NUMERIC", "BIGNUMERIC", "DECIMAL", "BIGDECIMAL", "JSON");
    private static final Set<String> CALLED_KEYWORDS = Set.of("IF", "LEFT", "RIGHT", "GROUPING");
    private static final Set<String> BARE_CALLS =
            Set.of("CURRENT_DATE", "CURRENT_TIMESTAMP", "CURRENT_DATETIME", "CURRENT_TIME");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final QueryParser queries;
    private final TypeParser types;

    PrimaryParser(Tokens tokens, ExpressionParser expressions, QueryParser queries) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.queries = queries;
        this.types = new TypeParser(tokens);
    }

    QueryParser queries() {
        return queries;
    }

    TypeParser types() {
        return types;
    }

    Expr postfix() {
        Expr base = primary();
        while (true) {
            if (tokens.at(".") && !tokens.peek(1).is("*")) {
                tokens.take();
                base = new Expr.Field(base, tokens.nameAfterDot());
            } else if (tokens.accept("[")) {
                base = element(base);
            } else {
                return base;
            }
        }
    }

    private Expr element(Expr base) {
        Token mode = tokens.peek();
        boolean named = mode.is("OFFSET") || mode.is("ORDINAL") || mode.is("SAFE_OFFSET") || mode.is("SAFE_ORDINAL");
        Expr result;
        if (named && tokens.peek(1).is("(")) {
            tokens.take();
            tokens.expect("(");
            result = new Expr.Element(base, mode.upper(), expressions.expression());
            tokens.expect(")");
        } else {
            result = new Expr.Element(base, "", expressions.expression());
        }
        tokens.expect("]");
        return result;
    }

    private Expr primary() {
        Token token = tokens.peek();
        switch (token.kind()) {
            case INTEGER -> {
                return new Literal("INT64", tokens.take().text());
            }
            case FLOAT -> {
                return new Literal("FLOAT64", tokens.take().text());
            }
            case STRING -> {
                return new Literal("STRING", tokens.take().text());
            }
            case BYTES -> {
                return new Literal("BYTES", tokens.take().text());
            }
            case PARAMETER -> {
                return new Expr.Parameter(tokens.take().text().toLowerCase(Locale.ROOT), -1);
            }
            case QUOTED -> {
                return name();
            }
            case SYMBOL -> {
                return symbol();
            }
            case WORD -> {
                return word(token);
            }
            default -> {
                throw tokens.unexpected();
            }
        }
    }

    private Expr symbol() {
        if (tokens.accept("?")) {
            return new Expr.Parameter(null, tokens.nextParameter());
        }
        if (tokens.at("[")) {
            return array(null);
        }
        if (!tokens.at("(")) {
            throw tokens.unexpected();
        }
        if (tokens.peek(1).is("SELECT") || tokens.peek(1).is("WITH")) {
            return subquery("SCALAR");
        }
        tokens.expect("(");
        List<Expr> list = tokens.list(expressions::expression);
        tokens.expect(")");
        return list.size() == 1
                ? list.get(0)
                : new Expr.Struct(
                        null, list.stream().map(e -> new Expr.Named(null, e)).toList());
    }

    private Expr subquery(String use) {
        tokens.expect("(");
        Query query = queries.query();
        tokens.expect(")");
        return new Expr.Subquery(use, query);
    }

    private Expr array(@Nullable TypeName element) {
        tokens.expect("[");
        List<Expr> elements = tokens.at("]") ? List.of() : tokens.list(expressions::expression);
        tokens.expect("]");
        return new Expr.Array(element, elements);
    }

    private Expr word(Token token) {
        if (tokens.peek(1).kind() == Kind.STRING && TYPED_LITERALS.contains(token.upper())) {
            tokens.take();
            return new Literal(
                    TypeParser.canonical(token.upper()), tokens.take().text());
        }
        switch (token.upper()) {
            case "NULL" -> {
                tokens.take();
                return new Literal("NULL", "NULL");
            }
            case "TRUE", "FALSE" -> {
                return new Literal("BOOL", tokens.take().upper());
            }
            case "CASE" -> {
                return caseExpression();
            }
            case "CAST", "SAFE_CAST" -> {
                return tokens.peek(1).is("(") ? cast() : name();
            }
            case "EXTRACT" -> {
                return extract();
            }
            case "INTERVAL" -> {
                return interval();
            }
            case "RANGE" -> {
                throw tokens.unsupported("the type RANGE");
            }
            case "EXISTS" -> {
                tokens.take();
                return subquery("EXISTS");
            }
            case "ARRAY" -> {
                return arrayKeyword();
            }
            case "STRUCT" -> {
                return struct();
            }
            case "DEFAULT" -> {
                tokens.take();
                return new Expr.Default();
            }
            default -> {
                return name();
            }
        }
    }

    private Expr caseExpression() {
        tokens.expect("CASE");
        Expr operand = tokens.at("WHEN") ? null : expressions.expression();
        List<Expr.When> whens = new ArrayList<>();
        while (tokens.accept("WHEN")) {
            Expr condition = expressions.expression();
            tokens.expect("THEN");
            whens.add(new Expr.When(condition, expressions.expression()));
        }
        if (whens.isEmpty()) {
            throw tokens.unexpected();
        }
        Expr otherwise = tokens.accept("ELSE") ? expressions.expression() : null;
        tokens.expect("END");
        return new Expr.Case(operand, List.copyOf(whens), otherwise);
    }

    private Expr cast() {
        boolean safe = tokens.take().is("SAFE_CAST");
        tokens.expect("(");
        Expr value = expressions.expression();
        tokens.expect("AS");
        TypeName type = types.type();
        if (tokens.at("FORMAT")) {
            throw tokens.unsupported("CAST ... FORMAT");
        }
        tokens.expect(")");
        return new Expr.Cast(value, type, safe);
    }

    private Expr extract() {
        tokens.expect("EXTRACT", "(");
        String part = part();
        tokens.expect("FROM");
        Expr value = expressions.expression();
        Expr zone = tokens.accept("AT", "TIME", "ZONE") ? expressions.expression() : null;
        tokens.expect(")");
        return new Expr.Extract(part, value, zone);
    }

    private String part() {
        String part = tokens.identifier().toUpperCase(Locale.ROOT);
        if (part.equals("WEEK") && tokens.accept("(")) {
            part = "WEEK(" + tokens.identifier().toUpperCase(Locale.ROOT) + ")";
            tokens.expect(")");
        }
        return part;
    }

    private Expr interval() {
        tokens.expect("INTERVAL");
        Expr amount = expressions.bitOr();
        String part = tokens.identifier().toUpperCase(Locale.ROOT);
        if (tokens.at("TO")) {
            throw tokens.unsupported("INTERVAL ... TO ...");
        }
        return new Expr.Interval(amount, part);
    }

    private Expr arrayKeyword() {
        tokens.expect("ARRAY");
        if (tokens.at("(")) {
            return subquery("ARRAY");
        }
        TypeName element = null;
        if (tokens.accept("<")) {
            element = types.type();
            tokens.expectClosingAngle();
        }
        return array(element);
    }

    private Expr struct() {
        TypeName type = null;
        if (tokens.peek(1).is("<")) {
            type = types.type();
        } else {
            tokens.expect("STRUCT");
        }
        tokens.expect("(");
        List<Expr.Named> fields = tokens.at(")") ? List.of() : tokens.list(this::named);
        tokens.expect(")");
        return new Expr.Struct(type, fields);
    }

    private Expr.Named named() {
        Expr value = expressions.expression();
        if (tokens.accept("AS")) {
            return new Expr.Named(tokens.identifier(), value);
        }
        boolean path = value instanceof Expr.Path;
        return new Expr.Named(path ? lastName((Expr.Path) value) : null, value);
    }

    private static String lastName(Expr.Path path) {
        return path.names().get(path.names().size() - 1);
    }

    private Expr name() {
        Token first = tokens.peek();
        int at = first.start();
        boolean calledKeyword = first.kind() == Kind.WORD
                && CALLED_KEYWORDS.contains(first.upper())
                && tokens.peek(1).is("(");
        List<String> names = new ArrayList<>();
        names.add(calledKeyword ? tokens.take().text() : tokens.identifier());
        while (tokens.at(".") && !tokens.peek(1).is("*")) {
            tokens.take();
            names.add(tokens.nameAfterDot());
        }
        if (tokens.at("(")) {
            return call(names, at);
        }
        if (names.size() == 1 && first.kind() == Kind.WORD && BARE_CALLS.contains(first.upper())) {
            return new Expr.Call(first.upper(), List.of(), false, "", List.of(), null, false, null, at);
        }
        return new Expr.Path(List.copyOf(names), at);
    }

    private Expr call(List<String> names, int at) {
        boolean safe = names.size() > 1 && names.get(0).equalsIgnoreCase("SAFE");
        String name =
                String.join(".", safe ? names.subList(1, names.size()) : names).toUpperCase(Locale.ROOT);
        tokens.expect("(");
        boolean distinct = tokens.accept("DISTINCT");
        List<Expr> arguments = new ArrayList<>();
        if (tokens.accept("*")) {
            arguments.add(new Expr.Star());
        } else if (!tokens.at(")")) {
            arguments.addAll(tokens.list(this::argument));
        }
        String nulls = "";
        if (tokens.at("IGNORE", "NULLS") || tokens.at("RESPECT", "NULLS")) {
            nulls = tokens.take().upper();
            tokens.expect("NULLS");
        }
        if (tokens.at("HAVING")) {
            throw tokens.unsupported("HAVING inside an aggregate function");
        }
        List<Expr.Order> order = expressions.orderBy();
        Expr limit = tokens.accept("LIMIT") ? expressions.expression() : null;
        tokens.expect(")");
        Expr.Window over = tokens.accept("OVER") ? expressions.window() : null;
        return new Expr.Call(name, List.copyOf(arguments), distinct, nulls, order, limit, safe, over, at);
    }

    private Expr argument() {
        Expr value = expressions.expression();
        if (tokens.at("=>")) {
            throw tokens.unsupported("a named argument (=>)");
        }
        if (tokens.at("->")) {
            throw tokens.unsupported("a lambda (->)");
        }
        return value;
    }
}
