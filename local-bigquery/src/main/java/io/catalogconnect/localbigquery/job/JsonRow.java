package io.catalogconnect.localbigquery.job;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.ColumnDefault;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.InvalidValueException;
import io.catalogconnect.localbigquery.store.TextValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a row from a JSON object, for newline-delimited JSON and insertAll. */
final class JsonRow {

    private JsonRow() {}

    /**
     * Returns the values of the row in the order of the columns.
     *
     * @param ignoreUnknown whether members without a column are ignored
     * @throws BadRowException when the object does not fit the table
     */
    static @Nullable Object[] of(JsonObject object, List<Column> columns, boolean ignoreUnknown, Instant now) {
        return record(object, columns, "", ignoreUnknown, now);
    }

    private static @Nullable Object[] record(
            JsonObject object, List<Column> columns, String path, boolean ignoreUnknown, Instant now) {
        if (!ignoreUnknown) {
            for (String name : object.keySet()) {
                if (Column.find(columns, name).isEmpty()) {
                    throw new MalformedRowException(path + name, "no such field: " + path + name + ".");
                }
            }
        }
        @Nullable Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
            Column column = columns.get(i);
            Optional<JsonElement> given = member(object, column.name());
            row[i] = given.isPresent()
                    ? value(given.get(), column, path + column.name(), ignoreUnknown, now)
                    : ColumnDefault.of(column).at(now);
            if (path.isEmpty()) {
                column.check(row[i]).ifPresent(wrong -> {
                    throw new MalformedRowException(column.name(), wrong);
                });
            }
        }
        return row;
    }

    private static Optional<JsonElement> member(JsonObject object, String name) {
        JsonElement exact = object.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        return object.entrySet().stream()
                .filter(member -> member.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static @Nullable Object value(
            JsonElement json, Column column, String path, boolean ignoreUnknown, Instant now) {
        if (!column.repeated()) {
            return json.isJsonNull() ? null : element(json, column, path, ignoreUnknown, now);
        }
        List<Object> list = new ArrayList<>();
        if (json.isJsonNull()) {
            return list;
        }
        if (!json.isJsonArray()) {
            throw new MalformedRowException(path, "Array specified for non-repeated field: " + path + ".");
        }
        for (JsonElement element : json.getAsJsonArray()) {
            if (element.isJsonNull()) {
                throw new MalformedRowException(
                        path, "Only optional fields can be set to NULL. Field: " + path + "; Value: NULL");
            }
            list.add(element(element, column, path, ignoreUnknown, now));
        }
        return list;
    }

    private static Object element(JsonElement json, Column column, String path, boolean ignoreUnknown, Instant now) {
        if (column.type() == FieldType.STRUCT) {
            if (!json.isJsonObject()) {
                throw new MalformedRowException(path, "This field: " + path + " is a record.");
            }
            return record(json.getAsJsonObject(), column.fields(), path + ".", ignoreUnknown, now);
        }
        if (column.type() == FieldType.JSON) {
            return TextValues.parse(
                    FieldType.JSON,
                    json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()
                            ? json.getAsString()
                            : json.toString());
        }
        if (!json.isJsonPrimitive()) {
            throw new MalformedRowException(
                    path,
                    (json.isJsonArray() ? "Array" : "Record") + " specified for field " + path + " of type "
                            + column.typeText() + ".");
        }
        try {
            return scalar(json, column);
        } catch (InvalidValueException e) {
            throw new MalformedRowException(path, String.valueOf(e.getMessage()));
        }
    }

    private static Object scalar(JsonElement json, Column column) {
        String text = json.getAsString();
        boolean number = json.getAsJsonPrimitive().isNumber();
        if (column.type() == FieldType.INT64 && number && text.matches("-?[0-9]+\\.0+")) {
            return TextValues.parse(FieldType.INT64, text.substring(0, text.indexOf('.')));
        }
        return TextValues.parse(column.type(), text);
    }
}
