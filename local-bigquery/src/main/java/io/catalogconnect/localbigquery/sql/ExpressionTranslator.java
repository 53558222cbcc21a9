package io.catalogconnect.localbigquery.sql;

import io.catalogconnect.localbigquery.sql.DataType.Kind;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import java.util.ArrayList;
import java.util.List;

/** Expressions: each kind of {@link Expr} to DuckDB's SQL with a type. A kind that is not listed cannot be translated, so nothing slips through. */
final class ExpressionTranslator {

    private final Context context;
    private final QueryTranslator queries;
    private final CallTranslator calls;
    private final Membership membership;
    private final Composites values;

    ExpressionTranslator(Context context, QueryTranslator queries) {
        this.context = context;
        this.queries = queries;
        this.calls = new CallTranslator(context, this);
        this.membership = new Membership(this, queries);
        this.values = new Composites(this);
    }

    Typed translate(Expr expr, Scope scope) {
        if (expr instanceof Expr.Literal literal) {
            return literal(literal);
        }
        if (expr instanceof Expr.Path path) {
            return path(path, scope);
        }
        if (expr instanceof Expr.Field field) {
            return Composites.field(translate(field.base(), scope), field.name());
        }
        if (expr instanceof Expr.Parameter parameter) {
            return parameter(parameter);
        }
        if (expr instanceof Expr.Unary unary) {
            return Operators.unary(unary.operator(), translate(unary.operand(), scope));
        }
        if (FloatChain.starts(expr)) {
            return FloatChain.translate(expr, part -> translate(part, scope));
        }
        if (expr instanceof Expr.Binary binary) {
            return Operators.binary(
                    binary.operator(), translate(binary.left(), scope), translate(binary.right(), scope));
        }
        if (expr instanceof Expr.Call call) {
            return calls.translate(call, scope);
        }
        if (expr instanceof Expr.Cast cast) {
            return cast(cast, scope);
        }
        if (expr instanceof Expr.Case cases) {
            return caseWhen(cases, scope);
        }
        if (expr instanceof Expr.Extract extract) {
            Typed zone = extract.zone() == null ? null : translate(extract.zone(), scope);
            return DateParts.extract(extract.part(), translate(extract.value(), scope), zone);
        }
        if (expr instanceof Expr.Subquery subquery) {
            return subquery(subquery, scope);
        }
        if (expr instanceof Expr.Star) {
            throw new SqlError("Syntax error: * is allowed only as the argument of COUNT");
        }
        if (expr instanceof Expr.Interval) {
            throw SqlError.unsupported("INTERVAL outside of the date and time functions");
        }
        if (expr instanceof Expr.Default) {
            throw new SqlError("DEFAULT is allowed only as a whole value of INSERT, UPDATE and MERGE");
        }
        return predicateOrConstructor(expr, scope);
    }

    private Typed predicateOrConstructor(Expr expr, Scope scope) {
        if (expr instanceof Expr.Is is) {
            Typed value = translate(is.value(), scope);
            if (!is.what().equals("NULL") && !value.is(Kind.BOOL) && !value.isNull()) {
                throw Operators.noSignature("operator IS " + is.what(), value);
            }
            return Typed.bool("(" + value.sql() + " IS " + (is.negated() ? "NOT " : "") + is.what() + ")");
        }
        if (expr instanceof Expr.Between between) {
            Typed value = translate(between.value(), scope);
            Typed low = Operators.binary(">=", value, translate(between.low(), scope));
            Typed high = Operators.binary("<=", value, translate(between.high(), scope));
            return not(between.negated(), Operators.binary("AND", low, high));
        }
        if (expr instanceof Expr.InList in) {
            return membership.list(in, scope);
        }
        if (expr instanceof Expr.InArray in) {
            return membership.array(in, scope);
        }
        if (expr instanceof Expr.InQuery in) {
            return membership.query(in, scope);
        }
        if (expr instanceof Expr.Element element) {
            return values.element(element, scope);
        }
        if (expr instanceof Expr.Array array) {
            return values.array(array, scope);
        }
        if (expr instanceof Expr.Struct struct) {
            return values.struct(struct, scope);
        }
        throw SqlError.unsupported(expr.getClass().getSimpleName());
    }

    static Typed not(boolean negated, Typed value) {
        return negated ? Operators.unary("NOT", value) : value;
    }

    Typed condition(Expr expr, Scope scope, String clause) {
        Typed condition = translate(expr, scope);
        Typed bool = Coercions.to(condition, DataType.BOOL);
        if (bool == null) {
            throw new SqlError(clause + " should return type BOOL, but returns " + condition.type());
        }
        return bool;
    }

    static Typed required(Typed value, DataType type, String what) {
        Typed coerced = Coercions.to(value, type);
        if (coerced == null) {
            throw new SqlError(
                    "No matching signature for " + what + " for argument types: " + value.type() + ", " + type);
        }
        return coerced;
    }

    private Typed literal(Expr.Literal literal) {
        return switch (literal.kind()) {
            case "INT64" -> Literals.integer(literal.text());
            case "FLOAT64" -> Literals.floating(literal.text());
            case "STRING" -> Literals.string(literal.text());
            case "BYTES" -> Literals.bytes(literal.text());
            case "BOOL" -> Literals.bool(literal.text().equals("TRUE"));
            case "NULL" -> Literals.nullOf(DataType.NULL);
            default -> Literals.typed(Kind.valueOf(literal.kind()), literal.text());
        };
    }

    private Typed parameter(Expr.Parameter parameter) {
        Environment environment = context.environment();
        String name = parameter.name();
        if (name == null) {
            if (parameter.number() >= environment.positional().size()) {
                throw new SqlError("Query parameter number " + (parameter.number() + 1) + " is not defined");
            }
            return environment.positional().get(parameter.number()).value();
        }
        Parameter value = environment.named().get(name);
        if (value == null) {
            throw new SqlError("Query parameter '" + name + "' not found");
        }
        return value.value();
    }

    private Typed path(Expr.Path path, Scope scope) {
        List<String> names = path.names();
        String first = names.get(0);
        int used = 1;
        Typed value;
        try {
            if (names.size() > 1 && scope.hasRange(first)) {
                value = scope.resolve(first, names.get(1)).orElseThrow();
                used = 2;
            } else {
                value = scope.resolve(first, names.size() == 1)
                        .orElseThrow(() -> new SqlError("Unrecognized name: " + String.join(".", names)));
            }
        } catch (SqlError e) {
            throw context.error(e.getMessage(), path.at());
        }
        for (String name : names.subList(used, names.size())) {
            value = Composites.field(value, name);
        }
        return value;
    }

    private Typed caseWhen(Expr.Case cases, Scope scope) {
        List<Typed> results = new ArrayList<>();
        cases.whens().forEach(when -> results.add(translate(when.result(), scope)));
        Expr otherwise = cases.otherwise();
        results.add(otherwise == null ? Literals.nullOf(DataType.NULL) : translate(otherwise, scope));
        DataType type = Operators.supertype("CASE", results);
        Typed operand = cases.operand() == null ? null : translate(cases.operand(), scope);
        StringBuilder sql = new StringBuilder("CASE");
        for (int i = 0; i < cases.whens().size(); i++) {
            Expr condition = cases.whens().get(i).condition();
            Typed test = operand == null
                    ? condition(condition, scope, "CASE WHEN")
                    : Operators.binary("=", operand, translate(condition, scope));
            sql.append(" WHEN ").append(test.sql()).append(" THEN ");
            sql.append(required(results.get(i), type, "CASE").sql());
        }
        sql.append(" ELSE ")
                .append(required(results.get(results.size() - 1), type, "CASE").sql())
                .append(" END");
        return new Typed(sql.toString(), type);
    }

    private Typed subquery(Expr.Subquery subquery, Scope scope) {
        QueryTranslator.Result query = queries.translate(subquery.query(), scope);
        return switch (subquery.use()) {
            case "EXISTS" -> Typed.bool("EXISTS (" + query.sql() + ")");
            case "ARRAY" ->
                new Typed(
                        "coalesce(ARRAY(" + query.sql() + "), [])",
                        DataType.array(query.onlyColumn("ARRAY").type()));
            default ->
                new Typed("(" + query.sql() + ")", query.onlyColumn("Scalar").type());
        };
    }

    private Typed cast(Expr.Cast cast, Scope scope) {
        if (!cast.type().parameters().isEmpty()) {
            throw SqlError.unsupported("CAST to a type with parameters");
        }
        DataType target = DataType.of(cast.type());
        Typed value = translate(cast.value(), scope);
        if (target.isDecimal()
                && cast.value() instanceof Expr.Literal literal
                && literal.kind().equals("FLOAT64")
                && Literals.fits(literal.text(), target)) {
            // A number that is written out is a decimal at once, with the digits it is written with.
            value = Literals.of(target.kind(), literal.text());
        }
        return Casts.cast(value, target, cast.safe());
    }
}
