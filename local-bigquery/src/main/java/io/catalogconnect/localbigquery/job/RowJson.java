package io.catalogconnect.localbigquery.job;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Converts the rows that a query of {@link io.catalogconnect.localbigquery.sql.types.WireFormat} returns to JSON arrays. Floating point
 * numbers become text.
 */
final class RowJson {

    private RowJson() {}

    static JsonArray row(ResultSet rows, int columns) throws SQLException {
        JsonArray row = new JsonArray(columns);
        for (int i = 1; i <= columns; i++) {
            row.add(value(rows.getObject(i)));
        }
        return row;
    }

    private static JsonElement value(@Nullable Object value) throws SQLException {
        if (value == null) {
            return JsonNull.INSTANCE;
        }
        if (value instanceof Boolean bool) {
            return new JsonPrimitive(bool);
        }
        if (value instanceof Long || value instanceof Integer || value instanceof BigInteger) {
            return new JsonPrimitive((Number) value);
        }
        if (value instanceof Array array) {
            return list((Object[]) array.getArray());
        }
        if (value instanceof Struct struct) {
            return list(struct.getAttributes());
        }
        if (value instanceof Double || value instanceof String) {
            return new JsonPrimitive(value.toString());
        }
        throw new SQLException("A value of " + value.getClass() + " has no representation in the REST API");
    }

    private static JsonArray list(@Nullable Object[] values) throws SQLException {
        JsonArray list = new JsonArray(values.length);
        for (Object value : values) {
            list.add(value(value));
        }
        return list;
    }
}
