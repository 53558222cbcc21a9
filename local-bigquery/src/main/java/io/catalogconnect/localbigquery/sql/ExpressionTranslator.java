package io.catalogconnect.localbigquery.sql;

import io.catalogconnect.localbigquery.sql.DataType.Kind;
import io.catalogconnect.localbigquery.sql.DataType.Member;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Expressions: each kind of {@link Expr} to DuckDB's SQL with a type. A kind that is not listed cannot be translated, so nothing slips through. */
final class ExpressionTranslator {

    private final Context context;
    private final QueryTranslator queries;
    private final CallTranslator calls;

    ExpressionTranslator(Context context, QueryTranslator queries) {
        this.context = context;
        this.queries = queries;
        this.calls = new CallTranslator(context, this);
    }

    Typed translate(Expr expr, Scope scope) {
        if (expr instanceof Expr.Literal literal) {
            return literal(literal);
        }
        if (expr instanceof Expr.Path path) {
            return path(path, scope);
        }
        if (expr instanceof Expr.Field field) {
            return field(translate(field.base(), scope), field.name());
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
            refuseParameters(cast.type().parameters());
            return Casts.cast(translate(cast.value(), scope), DataType.of(cast.type()), cast.safe());
        }
        if (expr instanceof Expr.Case cases) {
            return caseWhen(cases, scope);
        }
        if (expr instanceof Expr.Extract extract) {
            Typed zone = extract.zone() == null ? null : translate(extract.zone(), scope);
            return DateParts.extract(extract.part(), translate(extract.value(), scope), zone);
        }
        if (expr instanceof Expr.Subquery || expr instanceof Expr.InQuery) {
            return subquery(expr, scope);
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
            return inList(in, scope);
        }
        if (expr instanceof Expr.InArray in) {
            Typed value = translate(in.value(), scope);
            Typed array = translate(in.array(), scope);
            if (!array.type().isArray()) {
                throw new SqlError("Second argument of IN UNNEST must be an array but was " + array.type());
            }
            refuseFloats(array.type().element());
            Typed comparable = required(value, array.type().element(), "operator IN UNNEST");
            return not(in.negated(), Typed.bool("(" + comparable.sql() + " IN (SELECT unnest(" + array.sql() + ")))"));
        }
        if (expr instanceof Expr.Element element) {
            return element(element, scope);
        }
        if (expr instanceof Expr.Array array) {
            return array(array, scope);
        }
        if (expr instanceof Expr.Struct struct) {
            return struct(struct, scope);
        }
        throw SqlError.unsupported(expr.getClass().getSimpleName());
    }

    /** NaN is equal to itself in DuckDB, and IN over many values cannot be guarded as a comparison is. */
    private static void refuseFloats(DataType type) {
        if (type.is(Kind.FLOAT64)) {
            throw SqlError.unsupported("IN over a subquery or an array of FLOAT64 values");
        }
    }

    private static Typed not(boolean negated, Typed value) {
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
            default -> Literals.of(Kind.valueOf(literal.kind()), literal.text());
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
            value = field(value, name);
        }
        return value;
    }

    private static Typed field(Typed base, String name) {
        if (!base.type().isStruct()) {
            throw new SqlError("Cannot access field " + name + " on a value with type " + base.type());
        }
        Member member = base.type()
                .member(name)
                .orElseThrow(() -> new SqlError("Field name " + name + " does not exist in " + base.type()));
        return new Typed("struct_extract(" + base.sql() + ", " + Sql.literal(member.name()) + ")", member.type());
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

    private Typed inList(Expr.InList in, Scope scope) {
        Typed value = translate(in.value(), scope);
        List<Typed> all = new ArrayList<>(List.of(value));
        in.list().forEach(item -> all.add(translate(item, scope)));
        DataType type = Operators.supertype("operator IN", all);
        Operators.refuseUnequatable("operator IN", type);
        if (type.is(Kind.FLOAT64)) {
            String any = all.subList(1, all.size()).stream()
                    .map(item -> item.isNull()
                            ? "CAST(NULL AS BOOLEAN)"
                            : Operators.binary("=", value, item).sql())
                    .collect(Collectors.joining(" OR ", "(", ")"));
            return not(in.negated(), Typed.bool(any));
        }
        String list = all.subList(1, all.size()).stream()
                .map(item -> required(item, type, "operator IN").sql())
                .collect(Collectors.joining(", "));
        String sql = "(" + required(value, type, "operator IN").sql() + " IN (" + list + "))";
        return not(in.negated(), Typed.bool(sql));
    }

    private Typed subquery(Expr expr, Scope scope) {
        if (expr instanceof Expr.InQuery in) {
            Typed value = translate(in.value(), scope);
            QueryTranslator.Result query = queries.translate(in.query(), scope);
            DataType type = query.onlyColumn("IN").type();
            Operators.refuseUnequatable("operator IN", type);
            refuseFloats(type);
            Typed comparable = Coercions.to(value, type);
            if (comparable == null) {
                throw new SqlError(
                        "Cannot execute IN subquery with uncomparable types " + value.type() + " and " + type);
            }
            return not(in.negated(), Typed.bool("(" + comparable.sql() + " IN (" + query.sql() + "))"));
        }
        Expr.Subquery subquery = (Expr.Subquery) expr;
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

    private Typed element(Expr.Element element, Scope scope) {
        Typed base = translate(element.base(), scope);
        if (!base.type().isArray()) {
            throw SqlError.unsupported("the subscript of a value of type " + base.type());
        }
        Typed position = required(translate(element.position(), scope), DataType.INT64, "operator []");
        String mode = element.mode();
        String index = mode.endsWith("ORDINAL") ? position.sql() : "(" + position.sql() + " + 1)";
        String inside = index + " BETWEEN 1 AND len(" + base.sql() + ")";
        String value = "list_extract(" + base.sql() + ", " + index + ")";
        String outside = mode.startsWith("SAFE_")
                ? "NULL"
                : "CASE WHEN (" + inside + ") IS NULL THEN NULL ELSE error('Array index ' || CAST(" + position.sql()
                        + " AS VARCHAR) || ' is out of bounds') END";
        return new Typed(
                "CASE WHEN " + inside + " THEN " + value + " ELSE " + outside + " END",
                base.type().element());
    }

    private Typed array(Expr.Array array, Scope scope) {
        List<Typed> elements =
                array.elements().stream().map(e -> translate(e, scope)).toList();
        DataType type =
                array.element() != null ? DataType.of(array.element()) : Operators.supertype("an array", elements);
        if (type.isArray()) {
            throw new SqlError(
                    "Cannot construct array with element type " + type + " because nested arrays are not supported");
        }
        if (elements.isEmpty() && array.element() == null) {
            return new Typed("[]", DataType.array(DataType.INT64));
        }
        String list =
                elements.stream().map(e -> required(e, type, "an array").sql()).collect(Collectors.joining(", "));
        DataType result = DataType.array(type.is(Kind.NULL) ? DataType.INT64 : type);
        return new Typed("CAST([" + list + "] AS " + result.duckType() + ")", result);
    }

    private Typed struct(Expr.Struct struct, Scope scope) {
        DataType declared = struct.type() == null ? null : DataType.of(struct.type());
        if (declared != null && declared.members().size() != struct.fields().size()) {
            throw new SqlError("STRUCT type has " + declared.members().size() + " fields but constructor call has "
                    + struct.fields().size() + " fields");
        }
        BiFunction<Integer, Typed, Typed> typed = (i, value) -> declared == null
                ? value
                : required(value, declared.members().get(i).type(), "STRUCT");
        List<Typed> values = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < struct.fields().size(); i++) {
            Expr.Named field = struct.fields().get(i);
            Typed value = typed.apply(i, translate(field.value(), scope));
            values.add(value.isNull() ? Literals.nullOf(DataType.INT64) : value);
            @Nullable
            String name =
                    declared == null ? field.name() : declared.members().get(i).name();
            members.add(new Member(name == null ? "" : name, values.get(i).type()));
        }
        DataType type = DataType.struct(members);
        return new Typed(pack(type, values), type);
    }

    /** {@code struct_pack} of values. */
    static String pack(DataType type, List<Typed> values) {
        if (values.isEmpty()) {
            throw SqlError.unsupported("a STRUCT without fields");
        }
        StringBuilder sql = new StringBuilder("struct_pack(");
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String name = type.duckField(i);
            if (seen.contains(name.toLowerCase(Locale.ROOT))) {
                throw SqlError.unsupported("a STRUCT with two fields named " + name);
            }
            seen.add(name.toLowerCase(Locale.ROOT));
            sql.append(i == 0 ? "" : ", ")
                    .append(Sql.quote(name))
                    .append(" := ")
                    .append(values.get(i).sql());
        }
        return sql.append(')').toString();
    }

    private static void refuseParameters(List<String> parameters) {
        if (!parameters.isEmpty()) {
            throw SqlError.unsupported("CAST to a type with parameters");
        }
    }
}
