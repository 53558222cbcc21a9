package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.functions.Operators;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Translates windows and the keys of ORDER BY, with BigQuery's order of NULL (first when ascending) and NaN (after NULL, before all numbers). */
final class WindowTranslator {

    private final ExpressionTranslator expressions;

    WindowTranslator(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    String translate(Expr.Window window, NameScope scope) {
        String name = window.name();
        Expr.Window base = name == null ? null : scope.window(name);
        if (name != null && base == null) {
            throw new SqlError("Unrecognized window alias " + name);
        }
        if (base != null && (!window.partition().isEmpty() || !window.order().isEmpty() || window.frame() != null)) {
            throw SqlError.unsupported("a window that extends a named window");
        }
        return spelt(base == null ? window : base, scope);
    }

    private String spelt(Expr.Window window, NameScope scope) {
        List<String> parts = new ArrayList<>();
        if (!window.partition().isEmpty()) {
            parts.add("PARTITION BY "
                    + window.partition().stream()
                            .map(e -> partitionKey(e, scope))
                            .collect(Collectors.joining(", ")));
        }
        if (!window.order().isEmpty()) {
            parts.add("ORDER BY " + orderBy(window.order(), scope));
        }
        Expr.Frame frame = window.frame();
        if (frame != null) {
            boolean numbered = frame.from().rows() != null || frame.to().rows() != null;
            if (frame.unit().equals("RANGE") && numbered) {
                throw SqlError.unsupported("a RANGE frame with a number");
            }
            parts.add(frame.unit() + " BETWEEN " + bound(frame.from(), scope) + " AND " + bound(frame.to(), scope));
        }
        return "(" + String.join(" ", parts) + ")";
    }

    private String partitionKey(Expr key, NameScope scope) {
        TypedSql value = expressions.translate(key, scope);
        Operators.refuseUnequatable("PARTITION BY", value.type());
        return value.sql();
    }

    private String bound(Expr.Bound bound, NameScope scope) {
        if (bound.direction().equals("CURRENT ROW")) {
            return bound.direction();
        }
        @Nullable Expr rows = bound.rows();
        return (rows == null ? "UNBOUNDED" : expressions.translate(rows, scope).sql()) + " " + bound.direction();
    }

    String orderBy(List<Expr.Order> keys, NameScope scope) {
        return keys.stream()
                .map(key -> key(expressions.translate(key.key(), scope), key))
                .collect(Collectors.joining(", "));
    }

    /** One key with its direction. */
    static String key(TypedSql value, Expr.Order order) {
        DataType type = value.type();
        if (type.isArray() || type.isStruct() || type.is(Kind.JSON) || type.is(Kind.GEOGRAPHY)) {
            throw new SqlError("ORDER BY does not support expressions of type " + type);
        }
        String direction = order.descending() ? " DESC" : " ASC";
        Boolean first = order.nullsFirst();
        boolean nullsFirst = first == null ? !order.descending() : first;
        String tail = direction + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
        if (type.is(Kind.FLOAT64)) {
            return "(NOT isnan(" + value.sql() + "))" + tail + ", " + value.sql() + tail;
        }
        return value.sql() + tail;
    }
}
