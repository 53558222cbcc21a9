package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.functions.DateParts;
import io.catalogconnect.localbigquery.sql.functions.FloatArithmetic;
import io.catalogconnect.localbigquery.sql.functions.OperatorChain;
import io.catalogconnect.localbigquery.sql.functions.Operators;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.Casts;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.Literals;
import io.catalogconnect.localbigquery.sql.types.Parameter;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Translates each kind of {@link Expr} to DuckDB's SQL with a type. An unlisted kind is refused. */
public final class ExpressionTranslator {

    private final TranslationContext context;
    private final QueryTranslator queries;
    private final CallTranslator calls;
    private final InTranslator membership;
    private final ArrayStructTranslator values;

    public ExpressionTranslator(TranslationContext context, QueryTranslator queries) {
        this.context = context;
        this.queries = queries;
        this.calls = new CallTranslator(context, this);
        this.membership = new InTranslator(this, queries);
        this.values = new ArrayStructTranslator(this);
    }

    public TypedSql translate(Expr expr, NameScope scope) {
        if (expr instanceof Expr.Literal literal) {
            return literal(literal);
        }
        if (expr instanceof Expr.Path path) {
            return path(path, scope);
        }
        if (expr instanceof Expr.Field field) {
            return ArrayStructTranslator.field(translate(field.base(), scope), field.name());
        }
        if (expr instanceof Expr.Parameter parameter) {
            return parameter(parameter);
        }
        if (expr instanceof Expr.Unary unary) {
            return Operators.unary(unary.operator(), translate(unary.operand(), scope));
        }
        if (expr instanceof Expr.Binary chain && !OperatorChain.operands(chain).isEmpty()) {
            List<TypedSql> operands = OperatorChain.operands(chain).stream()
                    .map(operand -> translate(operand, scope))
                    .toList();
            return OperatorChain.translate(chain.operator(), operands);
        }
        if (FloatArithmetic.starts(expr)) {
            return FloatArithmetic.translate(expr, part -> translate(part, scope));
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
            TypedSql zone = extract.zone() == null ? null : translate(extract.zone(), scope);
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

    private TypedSql predicateOrConstructor(Expr expr, NameScope scope) {
        if (expr instanceof Expr.Is is) {
            TypedSql value = translate(is.value(), scope);
            if (!is.what().equals("NULL") && !value.is(Kind.BOOL) && !value.isNull()) {
                throw Operators.noSignature("operator IS " + is.what(), value);
            }
            return TypedSql.bool("(" + value.sql() + " IS " + (is.negated() ? "NOT " : "") + is.what() + ")");
        }
        if (expr instanceof Expr.Between between) {
            TypedSql value = translate(between.value(), scope);
            TypedSql low = Operators.binary(">=", value, translate(between.low(), scope));
            TypedSql high = Operators.binary("<=", value, translate(between.high(), scope));
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

    static TypedSql not(boolean negated, TypedSql value) {
        return negated ? Operators.unary("NOT", value) : value;
    }

    TypedSql condition(Expr expr, NameScope scope, String clause) {
        TypedSql condition = translate(expr, scope);
        TypedSql bool = Coercions.to(condition, DataType.BOOL);
        if (bool == null) {
            throw new SqlError(clause + " should return type BOOL, but returns " + condition.type());
        }
        return bool;
    }

    private TypedSql literal(Expr.Literal literal) {
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

    private TypedSql parameter(Expr.Parameter parameter) {
        StatementEnvironment environment = context.environment();
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

    private TypedSql path(Expr.Path path, NameScope scope) {
        List<String> names = path.names();
        String first = names.get(0);
        int used = 1;
        TypedSql value;
        try {
            if (names.size() > 1 && scope.hasRange(first)) {
                value = scope.resolve(first, names.get(1)).orElseThrow();
                used = 2;
            } else {
                value = scope.resolve(first, names.size() == 1)
                        .or(() -> variable(first))
                        .orElseThrow(() -> new SqlError("Unrecognized name: " + String.join(".", names)));
            }
        } catch (SqlError e) {
            throw context.error(e.getMessage(), path.at());
        }
        for (String name : names.subList(used, names.size())) {
            value = ArrayStructTranslator.field(value, name);
        }
        return value;
    }

    /** A variable of the script. Columns of the same name hide it. */
    private Optional<TypedSql> variable(String name) {
        return Optional.ofNullable(context.environment().variables().get(TranslationContext.key(name)));
    }

    private TypedSql caseWhen(Expr.Case cases, NameScope scope) {
        List<TypedSql> results = new ArrayList<>();
        cases.whens().forEach(when -> results.add(translate(when.result(), scope)));
        Expr otherwise = cases.otherwise();
        results.add(otherwise == null ? Literals.nullOf(DataType.NULL) : translate(otherwise, scope));
        DataType type = Operators.supertype("CASE", results);
        TypedSql operand = cases.operand() == null ? null : translate(cases.operand(), scope);
        StringBuilder sql = new StringBuilder("CASE");
        for (int i = 0; i < cases.whens().size(); i++) {
            Expr condition = cases.whens().get(i).condition();
            TypedSql test = operand == null
                    ? condition(condition, scope, "CASE WHEN")
                    : Operators.binary("=", operand, translate(condition, scope));
            sql.append(" WHEN ").append(test.sql()).append(" THEN ");
            sql.append(Coercions.required(results.get(i), type, "CASE").sql());
        }
        sql.append(" ELSE ")
                .append(Coercions.required(results.get(results.size() - 1), type, "CASE")
                        .sql())
                .append(" END");
        return new TypedSql(sql.toString(), type);
    }

    private TypedSql subquery(Expr.Subquery subquery, NameScope scope) {
        QueryTranslator.Result query = queries.translate(subquery.query(), scope);
        return switch (subquery.use()) {
            case "EXISTS" -> TypedSql.bool("EXISTS (" + query.sql() + ")");
            case "ARRAY" ->
                new TypedSql(
                        "coalesce(ARRAY(" + query.sql() + "), [])",
                        DataType.array(query.onlyColumn("ARRAY").type()));
            default ->
                new TypedSql("(" + query.sql() + ")", query.onlyColumn("Scalar").type());
        };
    }

    private TypedSql cast(Expr.Cast cast, NameScope scope) {
        if (!cast.type().parameters().isEmpty()) {
            throw SqlError.unsupported("CAST to a type with parameters");
        }
        DataType target = DataType.of(cast.type());
        TypedSql value = translate(cast.value(), scope);
        if (target.isDecimal()
                && cast.value() instanceof Expr.Literal literal
                && literal.kind().equals("FLOAT64")
                && Literals.fits(literal.text(), target)) {
            // A number literal is converted to a decimal directly, with all of its digits.
            value = Literals.of(target.kind(), literal.text());
        }
        return Casts.cast(value, target, cast.safe());
    }
}
