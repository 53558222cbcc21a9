package io.catalogconnect.localbigquery.sql.types;

import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An expression in DuckDB's SQL with its GoogleSQL type.
 *
 * @param sql the SQL text; it can be inserted into any other expression without parentheses
 * @param literal text of a literal or parameter, because they coerce to more types than other expressions
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
