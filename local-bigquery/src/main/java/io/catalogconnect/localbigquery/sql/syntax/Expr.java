package io.catalogconnect.localbigquery.sql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The syntax tree of an expression. Lists are immutable. */
public sealed interface Expr {

    /** A literal of one token; {@code kind} is INT64, FLOAT64, STRING, BYTES, BOOL or NULL, or the type that stands before it ({@code DATE '...'}). */
    record Literal(String kind, String text) implements Expr {}

    /** Names joined by dots. {@code at} is the offset of the first character, for the error "Unrecognized name". */
    record Path(List<String> names, int at) implements Expr {}

    /** A field of an expression that is not a path. */
    record Field(Expr base, String name) implements Expr {}

    /** {@code base[position]}; {@code mode} is OFFSET, ORDINAL, SAFE_OFFSET, SAFE_ORDINAL, or empty for a bare subscript. */
    record Element(Expr base, String mode, Expr position) implements Expr {}

    /** {@code @name} with number -1, or {@code ?} with its number from 0. */
    record Parameter(@Nullable String name, int number) implements Expr {}

    /** {@code NOT}, {@code -}, {@code +}, {@code ~}. */
    record Unary(String operator, Expr operand) implements Expr {}

    /** Arithmetic, comparison, logic, {@code ||}, {@code LIKE}, {@code IS DISTINCT FROM}. */
    record Binary(String operator, Expr left, Expr right) implements Expr {}

    record Between(Expr value, Expr low, Expr high, boolean negated) implements Expr {}

    record InList(Expr value, List<Expr> list, boolean negated) implements Expr {}

    record InQuery(Expr value, Query query, boolean negated) implements Expr {}

    record InArray(Expr value, Expr array, boolean negated) implements Expr {}

    /** {@code what} is NULL, TRUE or FALSE. */
    record Is(Expr value, String what, boolean negated) implements Expr {}

    record Case(
            @Nullable Expr operand,
            List<When> whens,
            @Nullable Expr otherwise) implements Expr {}

    record When(Expr condition, Expr result) {}

    /**
     * A function call.
     *
     * @param name upper case, with a prefix such as {@code NET.}, without {@code SAFE.}
     * @param nulls IGNORE, RESPECT or empty
     */
    record Call(
            String name,
            List<Expr> arguments,
            boolean distinct,
            String nulls,
            List<Order> order,
            @Nullable Expr limit,
            boolean safe,
            @Nullable Window over,
            int at)
            implements Expr {}

    /** The star of {@code COUNT(*)}. */
    record Star() implements Expr {}

    /** A named window or a window specification; {@code frame} is canonical text: {@code ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW}. */
    record Window(
            @Nullable String name,
            List<Expr> partition,
            List<Order> order,
            @Nullable Frame frame) {}

    record Frame(String unit, Bound from, Bound to) {}

    /** {@code direction} is PRECEDING, FOLLOWING or CURRENT ROW; no rows means UNBOUNDED. */
    record Bound(@Nullable Expr rows, String direction) {}

    record Cast(Expr value, TypeName type, boolean safe) implements Expr {}

    record Extract(String part, Expr value, @Nullable Expr zone) implements Expr {}

    record Interval(Expr amount, String part) implements Expr {}

    record Array(@Nullable TypeName element, List<Expr> elements) implements Expr {}

    /** {@code STRUCT(1 AS a)}, {@code STRUCT<a INT64>(1)}, {@code (1, 2)}. */
    record Struct(@Nullable TypeName type, List<Named> fields) implements Expr {}

    record Named(@Nullable String name, Expr value) {}

    /** {@code use} is SCALAR, ARRAY or EXISTS. */
    record Subquery(String use, Query query) implements Expr {}

    /** The word DEFAULT in INSERT, UPDATE and MERGE. */
    record Default() implements Expr {}

    /** One key of ORDER BY; {@code nullsFirst} is null if not specified. */
    record Order(Expr key, boolean descending, @Nullable Boolean nullsFirst) {}
}
