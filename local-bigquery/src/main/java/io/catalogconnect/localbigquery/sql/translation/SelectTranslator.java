package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.functions.OperatorChain;
import io.catalogconnect.localbigquery.sql.functions.Operators;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.Query;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.translation.NameScope.Named;
import io.catalogconnect.localbigquery.sql.translation.QueryTranslator.Result;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Translates one SELECT. Where GoogleSQL allows aliases of the select list in other clauses, they are replaced by their expressions, so DuckDB sees no aliases. */
final class SelectTranslator {

    private final TranslationContext context;
    private final ExpressionTranslator expressions;
    private final FromTranslator from;
    private final StarExpansion stars;

    SelectTranslator(TranslationContext context, ExpressionTranslator expressions, FromTranslator from) {
        this.context = context;
        this.expressions = expressions;
        this.from = from;
        this.stars = new StarExpansion(expressions);
    }

    FromTranslator from() {
        return from;
    }

    Result translate(Query.Select select, List<Expr.Order> order, @Nullable NameScope outer) {
        NameScope scope = new NameScope(outer);
        Query.From sources = select.from();
        StringBuilder sql = new StringBuilder();
        String fromSql = sources == null ? "" : " FROM " + from.translate(sources, scope);
        Map<String, Expr.Window> named = new HashMap<>();
        select.windows().forEach(window -> named.put(TranslationContext.key(window.name()), window.window()));
        scope.windows(named);
        Expr where = select.where();
        String whereSql = where == null ? "" : " WHERE " + where(where, scope);
        List<Named> items = items(select, scope);
        NameScope aliased = scope.withAliases(aliases(items));
        String groupBy = groupBy(select, items, scope, aliased);
        Expr qualify = select.qualify();
        String qualifySql = qualify == null
                ? ""
                : expressions.condition(qualify, aliased, "QUALIFY clause").sql();
        if (qualify != null && order.isEmpty() && outer == null) {
            Optional<String> rows =
                    QualifiedRows.sql(select, scope, fromSql, whereSql, qualifySql, context.freshName("k"));
            if (rows.isPresent()) {
                return finish(select, order, items, aliased, rows.get());
            }
        }
        sql.append(fromSql).append(whereSql).append(groupBy);
        Expr having = select.having();
        if (having != null) {
            sql.append(" HAVING ")
                    .append(expressions
                            .condition(having, aliased, "HAVING clause")
                            .sql());
        }
        if (qualify != null) {
            sql.append(" QUALIFY ").append(qualifySql);
        }
        return finish(select, order, items, aliased, sql.toString());
    }

    private Result finish(
            Query.Select select, List<Expr.Order> order, List<Named> items, NameScope aliased, String rest) {
        List<Named> output = items;
        if (!select.as().isEmpty()) {
            output = List.of(new Named("", select.as().equals("STRUCT") ? asStruct(items) : asValue(items)));
        }
        List<ResultColumn> columns = output.stream()
                .map(item -> new ResultColumn(item.name(), item.value().type()))
                .toList();
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < output.size(); i++) {
            list.append(i == 0 ? "" : ", ")
                    .append(output.get(i).value().sql())
                    .append(" AS ")
                    .append(QueryTranslator.column(i));
        }
        if (!select.distinct()) {
            String orderSql = order.isEmpty()
                    ? ""
                    : " ORDER BY "
                            + order.stream()
                                    .map(key -> WindowTranslator.key(orderKey(key, items, aliased), key))
                                    .collect(Collectors.joining(", "));
            return new Result(
                    "SELECT " + list + rest + orderSql, columns, !select.as().isEmpty());
        }
        columns.forEach(column -> Operators.refuseUnequatable("SELECT DISTINCT", column.type()));
        String distinct = "SELECT DISTINCT " + list + rest;
        if (order.isEmpty()) {
            return new Result(distinct, columns, !select.as().isEmpty());
        }
        String name = "\"" + context.freshName("d") + "\"";
        List<Named> visible = QueryTranslator.named(columns, name);
        String orderSql = order.stream()
                .map(key -> WindowTranslator.key(distinctKey(key, items, visible, aliased), key))
                .collect(Collectors.joining(", "));
        return new Result(
                "SELECT * FROM (" + distinct + ") AS " + name + " ORDER BY " + orderSql,
                columns,
                !select.as().isEmpty());
    }

    private TypedSql orderKey(Expr.Order key, List<Named> items, NameScope aliased) {
        int ordinal = ordinal(key.key(), "ORDER BY", items.size());
        return ordinal >= 0 ? items.get(ordinal).value() : expressions.translate(key.key(), aliased);
    }

    private TypedSql distinctKey(Expr.Order key, List<Named> items, List<Named> visible, NameScope aliased) {
        String sql = orderKey(key, items, aliased).sql();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).value().sql().equals(sql)) {
                return visible.get(i).value();
            }
        }
        throw SqlError.unsupported("ORDER BY an expression that is not in the list of SELECT DISTINCT");
    }

    /** The position of an integer literal, from 0, or -1 if the key is another expression. */
    static int ordinal(Expr key, String clause, int count) {
        if (!(key instanceof Expr.Literal literal) || !literal.kind().equals("INT64")) {
            return -1;
        }
        int position = literal.text().length() > 9 ? 0 : Integer.decode(literal.text());
        if (position < 1 || position > count) {
            throw new SqlError(clause + " is out of SELECT column number range: " + literal.text());
        }
        return position - 1;
    }

    private String where(Expr where, NameScope scope) {
        if (where instanceof Expr.Binary and && and.operator().equals("AND")) {
            List<Expr> chain = OperatorChain.operands(and);
            List<String> conditions = (chain.isEmpty() ? List.of(and.left(), and.right()) : chain)
                    .stream().map(condition -> where(condition, scope)).toList();
            return Sql.balanced("AND", conditions);
        }
        String sql = expressions.condition(where, scope, "WHERE clause").sql();
        PartitionFilters.note(sql, context.scans());
        return sql;
    }

    /** Translates the WHERE condition of another statement, and records conditions on the partitioning column. */
    String condition(Expr where, NameScope scope) {
        return where(where, scope);
    }

    private List<Named> items(Query.Select select, NameScope scope) {
        List<Named> items = new ArrayList<>();
        for (Query.Item item : select.items()) {
            if (item instanceof Query.Column column) {
                TypedSql value = expressions.translate(column.value(), scope);
                String alias = column.alias();
                items.add(new Named(alias == null ? impliedName(column.value()) : alias, value));
            } else {
                items.addAll(stars.expand((Query.AllColumns) item, scope));
            }
        }
        if (items.isEmpty()) {
            throw new SqlError("SELECT list is empty after EXCEPT");
        }
        return items;
    }

    /** The implicit name of a column: the last name of a path, otherwise empty. */
    static String impliedName(Expr value) {
        if (value instanceof Expr.Path path) {
            return path.names().get(path.names().size() - 1);
        }
        return value instanceof Expr.Field field ? field.name() : "";
    }

    private static Map<String, TypedSql> aliases(List<Named> items) {
        Map<String, TypedSql> aliases = new LinkedHashMap<>();
        List<String> twice = new ArrayList<>();
        for (Named item : items) {
            TypedSql other = aliases.putIfAbsent(TranslationContext.key(item.name()), item.value());
            if (other != null && !other.sql().equals(item.value().sql())) {
                twice.add(TranslationContext.key(item.name()));
            }
        }
        twice.forEach(aliases::remove);
        aliases.remove("");
        return aliases;
    }

    private String groupBy(Query.Select select, List<Named> items, NameScope scope, NameScope aliased) {
        if (select.groupAll()) {
            return " GROUP BY ALL";
        }
        if (select.groupBy().isEmpty()) {
            return "";
        }
        List<String> keys = new ArrayList<>();
        for (Expr expr : select.groupBy()) {
            TypedSql key = groupKey(expr, items, scope, aliased);
            DataType type = key.type();
            if (type.isArray() || type.isStruct() || type.is(DataType.Kind.JSON) || type.is(DataType.Kind.GEOGRAPHY)) {
                throw type.isStruct()
                        ? SqlError.unsupported("GROUP BY a STRUCT")
                        : new SqlError("Grouping by expressions of type " + type + " is not allowed");
            }
            keys.add(key.sql());
        }
        return " GROUP BY " + String.join(", ", keys);
    }

    private TypedSql groupKey(Expr expr, List<Named> items, NameScope scope, NameScope aliased) {
        int ordinal = ordinal(expr, "GROUP BY", items.size());
        if (ordinal >= 0) {
            return items.get(ordinal).value();
        }
        if (!(expr instanceof Expr.Path path) || path.names().size() > 1) {
            return expressions.translate(expr, scope);
        }
        TypedSql named = expressions.translate(expr, aliased);
        Optional<TypedSql> column = scope.resolve(path.names().get(0), true);
        if (column.isPresent() && !column.get().sql().equals(named.sql())) {
            throw SqlError.unsupported(
                    "GROUP BY " + path.names().get(0) + ", which is both a column and another expression's alias,");
        }
        return named;
    }

    private static TypedSql asStruct(List<Named> items) {
        DataType type = DataType.struct(items.stream()
                .map(item -> new DataType.Member(item.name(), item.value().type()))
                .toList());
        return new TypedSql(
                ArrayStructTranslator.pack(
                        type, items.stream().map(Named::value).toList()),
                type);
    }

    private static TypedSql asValue(List<Named> items) {
        if (items.size() != 1) {
            throw new SqlError("SELECT AS VALUE query must have exactly one column");
        }
        return items.get(0).value();
    }
}
