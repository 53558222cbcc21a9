package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.functions.Operators;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Aggregate functions, with or without OVER, and the functions that only exist with OVER. */
final class AggregateTranslator {

    private static final Set<String> AGGREGATES = Set.of(
            "COUNT",
            "COUNTIF",
            "SUM",
            "AVG",
            "MIN",
            "MAX",
            "ANY_VALUE",
            "STRING_AGG",
            "ARRAY_AGG",
            "LOGICAL_AND",
            "LOGICAL_OR",
            "APPROX_COUNT_DISTINCT",
            "STDDEV",
            "STDDEV_SAMP",
            "STDDEV_POP",
            "VARIANCE",
            "VAR_SAMP",
            "VAR_POP");
    private static final Map<String, String> NUMBERING = Map.of(
            "ROW_NUMBER",
            "row_number",
            "RANK",
            "rank",
            "DENSE_RANK",
            "dense_rank",
            "PERCENT_RANK",
            "percent_rank",
            "CUME_DIST",
            "cume_dist");
    private static final Set<String> NAVIGATION =
            Set.of("LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE", "NTILE");

    private final ExpressionTranslator expressions;
    private final WindowTranslator windows;

    AggregateTranslator(ExpressionTranslator expressions) {
        this.expressions = expressions;
        this.windows = new WindowTranslator(expressions);
    }

    static boolean knows(String name) {
        return AGGREGATES.contains(name) || NUMBERING.containsKey(name) || NAVIGATION.contains(name);
    }

    TypedSql translate(Expr.Call call, NameScope scope) {
        Expr.Window over = call.over();
        if (AGGREGATES.contains(call.name())) {
            return aggregate(call, scope, over == null ? null : windows.translate(over, scope));
        }
        if (over == null) {
            throw new SqlError("Analytic function " + call.name() + " cannot be called without an OVER clause");
        }
        if (!knows(call.name())) {
            throw SqlError.unsupported("the window function " + call.name());
        }
        String window = windows.translate(over, scope);
        String plain = NUMBERING.get(call.name());
        if (plain != null) {
            if (!call.arguments().isEmpty()) {
                throw new SqlError("No matching signature for function " + call.name() + " with arguments");
            }
            boolean ratio = plain.equals("percent_rank") || plain.equals("cume_dist");
            return new TypedSql(plain + "() OVER " + window, ratio ? DataType.FLOAT64 : DataType.INT64);
        }
        return navigation(call, scope, window);
    }

    private TypedSql navigation(Expr.Call call, NameScope scope, String window) {
        List<TypedSql> arguments = call.arguments().stream()
                .map(a -> expressions.translate(a, scope))
                .toList();
        String name = call.name().toLowerCase(Locale.ROOT);
        boolean offset = name.equals("lag") || name.equals("lead");
        int most = offset ? 3 : name.equals("nth_value") ? 2 : 1;
        int least = name.equals("nth_value") ? 2 : 1;
        if (arguments.size() < least || arguments.size() > most) {
            throw Operators.noSignature("function " + call.name(), arguments.toArray(TypedSql[]::new));
        }
        if (name.equals("ntile")) {
            TypedSql buckets = Coercions.required(arguments.get(0), DataType.INT64, "function NTILE");
            return new TypedSql("ntile(" + buckets.sql() + ") OVER " + window, DataType.INT64);
        }
        List<String> sql = new ArrayList<>();
        DataType type = arguments.get(0).type();
        sql.add(arguments.get(0).sql() + (call.nulls().equals("IGNORE") && !offset ? " IGNORE NULLS" : ""));
        if (offset && call.nulls().equals("IGNORE")) {
            throw SqlError.unsupported(call.name() + " with IGNORE NULLS");
        }
        if (arguments.size() > 1) {
            sql.add(Coercions.required(arguments.get(1), DataType.INT64, "function " + call.name())
                    .sql());
        }
        if (arguments.size() > 2) {
            sql.add(Coercions.required(arguments.get(2), type, "function " + call.name())
                    .sql());
        }
        if (name.equals("nth_value") && call.nulls().equals("IGNORE")) {
            throw SqlError.unsupported("NTH_VALUE with IGNORE NULLS");
        }
        return new TypedSql(name + "(" + String.join(", ", sql) + ") OVER " + window, type);
    }

    private TypedSql aggregate(Expr.Call call, NameScope scope, @Nullable String window) {
        if (window == null && scope.sources().isEmpty()) {
            throw new SqlError("Aggregate function " + call.name() + " not allowed in SELECT without FROM clause");
        }
        if (call.arguments().size() == 1 && call.arguments().get(0) instanceof Expr.Star) {
            if (!call.name().equals("COUNT") || call.distinct()) {
                throw new SqlError("Argument * can only be used in COUNT(*)");
            }
            return new TypedSql("count(*)" + over(window), DataType.INT64);
        }
        List<TypedSql> arguments = call.arguments().stream()
                .map(a -> expressions.translate(a, scope))
                .toList();
        boolean list = call.name().equals("STRING_AGG") || call.name().equals("ARRAY_AGG");
        if (arguments.isEmpty() || arguments.size() > (call.name().equals("STRING_AGG") ? 2 : 1)) {
            throw Operators.noSignature("aggregate function " + call.name(), arguments.toArray(TypedSql[]::new));
        }
        if (!list
                && (!call.order().isEmpty()
                        || call.limit() != null
                        || !call.nulls().isEmpty())) {
            throw SqlError.unsupported("ORDER BY, LIMIT, IGNORE NULLS or RESPECT NULLS in " + call.name());
        }
        if (call.distinct() && window != null) {
            throw SqlError.unsupported("DISTINCT in a window function");
        }
        if (call.distinct()) {
            Operators.refuseUnequatable("aggregate DISTINCT", arguments.get(0).type());
        }
        return list ? listOf(call, arguments, scope, window) : plain(call, arguments.get(0), window);
    }

    private static String over(@Nullable String window) {
        return window == null ? "" : " OVER " + window;
    }

    private TypedSql plain(Expr.Call call, TypedSql value, @Nullable String window) {
        String distinct = call.distinct() ? "DISTINCT " : "";
        String sql = distinct + value.sql();
        String tail = ")" + over(window);
        DataType type = value.isNull() ? DataType.INT64 : value.type();
        switch (call.name()) {
            case "COUNT" -> {
                return new TypedSql("count(" + sql + tail, DataType.INT64);
            }
            case "COUNTIF" -> {
                TypedSql condition = Coercions.required(value, DataType.BOOL, "aggregate function COUNTIF");
                return new TypedSql(
                        "count(" + distinct + "CASE WHEN " + condition.sql() + " THEN TRUE END" + tail, DataType.INT64);
            }
            case "APPROX_COUNT_DISTINCT" -> {
                if (window != null || call.distinct()) {
                    throw SqlError.unsupported("APPROX_COUNT_DISTINCT with OVER or DISTINCT");
                }
                return new TypedSql("count(DISTINCT " + value.sql() + ")", DataType.INT64);
            }
            case "MIN", "MAX", "ANY_VALUE" -> {
                return extreme(call, value, type, sql, over(window));
            }
            case "LOGICAL_AND", "LOGICAL_OR" -> {
                TypedSql bool = Coercions.required(value, DataType.BOOL, "aggregate function " + call.name());
                return TypedSql.bool((call.name().endsWith("AND") ? "bool_and(" : "bool_or(") + bool.sql() + tail);
            }
            default -> {
                return numeric(call, value, type, sql, tail);
            }
        }
    }

    private static TypedSql extreme(Expr.Call call, TypedSql value, DataType type, String sql, String over) {
        String name = call.name().toLowerCase(Locale.ROOT);
        boolean unordered = type.isArray() || type.isStruct() || type.is(Kind.JSON) || type.is(Kind.GEOGRAPHY);
        if (!name.equals("any_value") && unordered) {
            throw Operators.noSignature("aggregate function " + call.name(), value);
        }
        String plain = name + "(" + sql + ")" + over;
        if (name.equals("min") && type.is(Kind.FLOAT64)) {
            return new TypedSql(
                    "CASE WHEN bool_or(isnan(" + value.sql() + "))" + over + " THEN CAST('nan' AS DOUBLE) ELSE " + plain
                            + " END",
                    type);
        }
        return new TypedSql(plain, type);
    }

    private static TypedSql numeric(Expr.Call call, TypedSql value, DataType type, String sql, String tail) {
        if (!type.isNumber()) {
            throw Operators.noSignature("aggregate function " + call.name(), value);
        }
        if (call.name().equals("SUM")) {
            return new TypedSql("CAST(sum(" + sql + tail + " AS " + type.duckType() + ")", type);
        }
        if (type.isDecimal() && call.name().equals("AVG")) {
            String count = "CAST(count(" + sql + tail + " AS " + type.duckType() + ")";
            return new TypedSql(Operators.exact("divide", type, "sum(" + sql + tail, count), type);
        }
        if (type.isDecimal()) {
            throw SqlError.unsupported(call.name() + " of " + type + " values; cast to FLOAT64 first");
        }
        String name = switch (call.name()) {
            case "AVG" -> "avg";
            case "STDDEV", "STDDEV_SAMP" -> "stddev_samp";
            case "STDDEV_POP" -> "stddev_pop";
            case "VAR_POP" -> "var_pop";
            default -> "var_samp";
        };
        return new TypedSql(name + "(" + sql + tail, DataType.FLOAT64);
    }

    private TypedSql listOf(Expr.Call call, List<TypedSql> arguments, NameScope scope, @Nullable String window) {
        if (window != null) {
            throw SqlError.unsupported(call.name() + " with OVER");
        }
        String order = call.order().isEmpty() ? "" : " ORDER BY " + windows.orderBy(call.order(), scope);
        TypedSql value = arguments.get(0);
        String distinct = call.distinct() ? "DISTINCT " : "";
        if (call.name().equals("STRING_AGG")) {
            if (call.limit() != null || !call.nulls().isEmpty()) {
                throw SqlError.unsupported("LIMIT, IGNORE NULLS or RESPECT NULLS in STRING_AGG");
            }
            TypedSql text = Coercions.required(value, DataType.STRING, "aggregate function STRING_AGG");
            String separator = arguments.size() == 2
                    ? Coercions.required(arguments.get(1), DataType.STRING, "aggregate function STRING_AGG")
                            .sql()
                    : "','";
            return new TypedSql(
                    "string_agg(" + distinct + text.sql() + ", " + separator + order + ")", DataType.STRING);
        }
        if (value.type().isArray()) {
            throw new SqlError("The argument to ARRAY_AGG must not be an array type but was " + value.type());
        }
        String filter = call.nulls().equals("IGNORE") ? " FILTER (WHERE " + value.sql() + " IS NOT NULL)" : "";
        String list = "array_agg(" + distinct + value.sql() + order + ")" + filter;
        if (call.limit() != null) {
            TypedSql limit = expressions.translate(call.limit(), scope);
            list = "list_slice(" + list + ", 1, "
                    + Coercions.required(limit, DataType.INT64, "LIMIT").sql() + ")";
        }
        return new TypedSql(list, DataType.array(value.isNull() ? DataType.INT64 : value.type()));
    }
}
