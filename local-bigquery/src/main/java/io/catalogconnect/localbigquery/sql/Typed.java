package io.catalogconnect.localbigquery.sql;

import io.catalogconnect.localbigquery.sql.DataType.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An expression in DuckDB's SQL with the type GoogleSQL gives it.
 *
 * @param sql the text, safe to be put into any other
 * @param literal the value's text when it is a literal or a parameter, which coerce to more types than other expressions do
 */
record Typed(String sql, DataType type, @Nullable String literal) {

    Typed(String sql, DataType type) {
        this(sql, type, null);
    }

    static Typed bool(String sql) {
        return new Typed(sql, DataType.BOOL);
    }

    boolean is(Kind kind) {
        return type.is(kind);
    }

    boolean isNull() {
        return type.is(Kind.NULL);
    }
}
