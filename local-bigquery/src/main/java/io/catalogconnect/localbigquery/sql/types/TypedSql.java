package io.catalogconnect.localbigquery.sql.types;

import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An expression in DuckDB's SQL with the type GoogleSQL gives it.
 *
 * @param sql the text, safe to be put into any other
 * @param literal the value's text when it is a literal or a parameter, which coerce to more types than other expressions do
 */
public record TypedSql(String sql, DataType type, @Nullable String literal) {

    public TypedSql(String sql, DataType type) {
        this(sql, type, null);
    }

    public static TypedSql bool(String sql) {
        return new TypedSql(sql, DataType.BOOL);
    }

    public boolean is(Kind kind) {
        return type.is(kind);
    }

    public boolean isNull() {
        return type.is(Kind.NULL);
    }
}
