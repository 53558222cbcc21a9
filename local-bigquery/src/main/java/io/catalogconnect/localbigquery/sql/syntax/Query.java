package io.catalogconnect.localbigquery.sql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query: its body with WITH, ORDER BY and LIMIT.
 *
 * @param recursive whether {@code WITH RECURSIVE} was written
 */
public record Query(
        List<With> with,
        boolean recursive,
        Body body,
        List<Expr.Order> order,
        @Nullable Expr limit,
        @Nullable Expr offset) {

    /** One common table expression. */
    public record With(String name, Query query) {}

    /** The source of the rows of a query. */
    public sealed interface Body {}

    /**
     * {@code operator} is UNION ALL, UNION DISTINCT, INTERSECT DISTINCT or EXCEPT DISTINCT.
     */
    public record SetOperation(String operator, List<Body> operands) implements Body {}

    /** A query in parentheses. */
    public record Nested(Query query) implements Body {}

    /**
     * One SELECT.
     *
     * @param as STRUCT, VALUE or empty
     * @param groupAll whether it is {@code GROUP BY ALL}
     */
    public record Select(
            boolean distinct,
            String as,
            List<Item> items,
            @Nullable From from,
            @Nullable Expr where,
            List<Expr> groupBy,
            boolean groupAll,
            @Nullable Expr having,
            @Nullable Expr qualify,
            List<NamedWindow> windows)
            implements Body {}

    /** {@code name AS (...)} of the WINDOW clause. */
    public record NamedWindow(String name, Expr.Window window) {}

    /** A column of the select list. */
    public sealed interface Item {}

    public record Column(Expr value, @Nullable String alias) implements Item {}

    /** {@code *} or {@code path.*}, with EXCEPT and REPLACE. */
    public record AllColumns(@Nullable Expr of, List<String> except, List<Column> replace) implements Item {}

    /** An item of FROM. A missing alias is empty. */
    public sealed interface From {}

    public record Table(List<String> path, String alias, int at) implements From {}

    public record Derived(Query query, String alias) implements From {}

    public record Unnest(Expr array, String alias, String offset) implements From {}

    /** {@code kind} is CROSS, INNER, LEFT, RIGHT or FULL. */
    public record Join(
            String kind, From left, From right, @Nullable Expr on, List<String> using) implements From {}
}
