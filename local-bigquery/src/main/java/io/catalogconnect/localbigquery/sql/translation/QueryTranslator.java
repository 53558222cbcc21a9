package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.functions.Operators;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.Query;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.translation.TranslationContext.CommonTable;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Translates queries: WITH, set operations, ORDER BY and LIMIT. The columns of every translated query are called {@code _c0}, {@code _c1}, ... */
public final class QueryTranslator {

    private final TranslationContext context;
    private final ExpressionTranslator expressions;
    private final SelectTranslator selects;

    /**
     * A translated query.
     *
     * @param sql DuckDB's SQL, without parentheses around it
     * @param columns names and types; the name of an unnamed column is empty
     * @param value whether its rows are values, not records ({@code SELECT AS STRUCT})
     */
    public record Result(String sql, List<ResultColumn> columns, boolean value) {

        ResultColumn onlyColumn(String what) {
            if (columns.size() != 1) {
                throw new SqlError(
                        what
                                + " subquery cannot have more than one column unless using SELECT AS STRUCT to build STRUCT values");
            }
            return columns.get(0);
        }
    }

    public QueryTranslator(TranslationContext context) {
        this.context = context;
        this.expressions = new ExpressionTranslator(context, this);
        this.selects = new SelectTranslator(context, expressions, new FromTranslator(context, expressions, this));
    }

    public ExpressionTranslator expressions() {
        return expressions;
    }

    SelectTranslator selects() {
        return selects;
    }

    public static String column(int index) {
        return "\"_c" + index + "\"";
    }

    public Result translate(Query query, @Nullable NameScope outer) {
        Map<String, CommonTable> before = new HashMap<>(context.commonTables());
        List<String> with = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Query.With entry : query.with()) {
            if (!seen.add(TranslationContext.key(entry.name()))) {
                throw new SqlError("Duplicate alias " + entry.name() + " for WITH subquery");
            }
            with.add(
                    query.recursive() && RecursiveTable.reads(entry.query(), entry.name())
                            ? RecursiveTable.of(entry).translate(this, context)
                            : commonTable(entry));
        }
        Result result = body(query, outer);
        context.commonTables().clear();
        context.commonTables().putAll(before);
        return with.isEmpty()
                ? result
                : new Result(
                        (query.recursive() ? "WITH RECURSIVE " : "WITH ") + String.join(", ", with) + " "
                                + result.sql(),
                        result.columns(),
                        result.value());
    }

    private String commonTable(Query.With entry) {
        Result result = translate(entry.query(), null);
        String name = context.freshName("w");
        context.commonTables()
                .put(TranslationContext.key(entry.name()), new CommonTable(name, result.columns(), result.value()));
        return "\"" + name + "\" AS (" + result.sql() + ")";
    }

    private Result body(Query query, @Nullable NameScope outer) {
        String limit = limit(query, outer);
        if (query.body() instanceof Query.Select select) {
            Result result = selects.translate(select, query.order(), outer);
            return limit.isEmpty() ? result : new Result(result.sql() + limit, result.columns(), result.value());
        }
        Result result = operand(query.body(), outer);
        if (query.order().isEmpty() && limit.isEmpty()) {
            return result;
        }
        String name = "\"" + context.freshName("s") + "\"";
        String order = orderOver(result, name, query.order());
        return new Result(
                "SELECT * FROM (" + result.sql() + ") AS " + name + order + limit, result.columns(), result.value());
    }

    private String limit(Query query, @Nullable NameScope outer) {
        return count("LIMIT", query.limit(), outer) + count("OFFSET", query.offset(), outer);
    }

    private String count(String clause, @Nullable Expr count, @Nullable NameScope outer) {
        if (count == null) {
            return "";
        }
        if (!(count instanceof Expr.Literal) && !(count instanceof Expr.Parameter)) {
            throw new SqlError("Syntax error: " + clause + " expects an integer literal or parameter");
        }
        TypedSql value = expressions.translate(count, new NameScope(outer));
        String number = value.literal();
        if (!value.is(DataType.Kind.INT64) || (number != null && number.startsWith("-"))) {
            throw new SqlError(clause + " expects a non-negative integer literal or parameter");
        }
        return " " + clause + " " + value.sql();
    }

    /** ORDER BY over a query's own columns, as DISTINCT and set operations allow it. */
    String orderOver(Result result, String name, List<Expr.Order> order) {
        if (order.isEmpty()) {
            return "";
        }
        List<NameScope.Named> columns = named(result.columns(), name);
        NameScope scope = new NameScope(null);
        scope.add(new NameScope.Source("", columns));
        return " ORDER BY "
                + order.stream()
                        .map(key -> WindowTranslator.key(orderKey(key, columns, scope), key))
                        .collect(Collectors.joining(", "));
    }

    private TypedSql orderKey(Expr.Order key, List<NameScope.Named> columns, NameScope scope) {
        int ordinal = SelectTranslator.ordinal(key.key(), "ORDER BY", columns.size());
        return ordinal >= 0 ? columns.get(ordinal).value() : expressions.translate(key.key(), scope);
    }

    /** The columns of a translated query, qualified with its name in FROM. */
    static List<NameScope.Named> named(List<ResultColumn> columns, String name) {
        List<NameScope.Named> named = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            named.add(new NameScope.Named(
                    columns.get(i).name(),
                    new TypedSql(name + "." + column(i), columns.get(i).type())));
        }
        return named;
    }

    private Result operand(Query.Body body, @Nullable NameScope outer) {
        if (body instanceof Query.Select select) {
            return selects.translate(select, List.of(), outer);
        }
        if (body instanceof Query.Nested nested) {
            return translate(nested.query(), outer);
        }
        Query.SetOperation operation = (Query.SetOperation) body;
        List<Result> operands =
                operation.operands().stream().map(o -> operand(o, outer)).toList();
        if (operands.stream().anyMatch(Result::value)) {
            throw SqlError.unsupported(operation.operator() + " of SELECT AS STRUCT or SELECT AS VALUE");
        }
        List<ResultColumn> columns = commonColumns(operation.operator(), operands);
        String operator = operation.operator().replace(" DISTINCT", "");
        String sql =
                operands.stream().map(o -> converted(o, columns)).collect(Collectors.joining(" " + operator + " "));
        return new Result(sql, columns, false);
    }

    private static List<ResultColumn> commonColumns(String operator, List<Result> operands) {
        List<ResultColumn> first = operands.get(0).columns();
        List<ResultColumn> columns = new ArrayList<>();
        for (Result operand : operands) {
            if (operand.columns().size() != first.size()) {
                throw new SqlError(
                        "Queries in " + operator + " have mismatched column count; query 1 has " + first.size()
                                + " column" + (first.size() == 1 ? "" : "s") + ", query "
                                + (operands.indexOf(operand) + 1) + " has "
                                + operand.columns().size() + " column"
                                + (operand.columns().size() == 1 ? "" : "s"));
            }
        }
        for (int i = 0; i < first.size(); i++) {
            int column = i;
            List<TypedSql> values = operands.stream()
                    .map(o -> new TypedSql(
                            QueryTranslator.column(column),
                            o.columns().get(column).type()))
                    .toList();
            String what = "Column " + (i + 1) + " in " + operator;
            DataType type = Coercions.supertype(values)
                    .orElseThrow(() -> new SqlError(what + " has incompatible types: "
                            + values.stream().map(v -> v.type().toString()).collect(Collectors.joining(", "))));
            if (operator.endsWith("DISTINCT")) {
                Operators.refuseUnequatable(operator, type);
            }
            columns.add(new ResultColumn(first.get(i).name(), type));
        }
        return columns;
    }

    private static String converted(Result operand, List<ResultColumn> columns) {
        List<String> items = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < columns.size(); i++) {
            TypedSql value = new TypedSql(column(i), operand.columns().get(i).type());
            same &= value.type().equals(columns.get(i).type());
            items.add(Coercions.required(value, columns.get(i).type(), "a set operation")
                            .sql() + " AS " + column(i));
        }
        return same
                ? "(" + operand.sql() + ")"
                : "(SELECT " + String.join(", ", items) + " FROM (" + operand.sql() + "))";
    }
}
