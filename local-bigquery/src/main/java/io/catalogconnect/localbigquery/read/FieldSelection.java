package io.catalogconnect.localbigquery.read;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.catalogconnect.localbigquery.job.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The columns that a read session returns, in the order of the table. A name with dots selects a field of a STRUCT. Ignores case.
 * Immutable.
 */
final class FieldSelection {

    /** A selected field: its position, and what is selected inside of it. */
    private record Part(int index, boolean repeated, FieldSelection below) {
        JsonElement value(JsonElement given) {
            if (below.parts.isEmpty() || given.isJsonNull()) {
                return given;
            }
            if (!repeated) {
                return below.row(given.getAsJsonArray());
            }
            JsonArray list = new JsonArray();
            for (JsonElement element : given.getAsJsonArray()) {
                list.add(element.isJsonNull() ? element : below.row(element.getAsJsonArray()));
            }
            return list;
        }
    }

    private final List<TableFieldSchema> schema;
    private final List<Part> parts;

    private FieldSelection(List<TableFieldSchema> schema, List<Part> parts) {
        this.schema = schema;
        this.parts = parts;
    }

    /**
     * Selects fields of a schema.
     *
     * @param selected the names of the fields; empty selects all
     * @throws ServiceError if the schema has no such field
     */
    static FieldSelection of(List<TableFieldSchema> schema, List<String> selected) {
        for (String name : selected) {
            requireField(schema, name, name);
        }
        return select(schema, selected, "");
    }

    private static void requireField(List<TableFieldSchema> fields, String path, String name) {
        int dot = path.indexOf('.');
        String first = dot < 0 ? path : path.substring(0, dot);
        TableFieldSchema found = fields.stream()
                .filter(field -> field.getName().equalsIgnoreCase(first))
                .findFirst()
                .orElseThrow(() -> ServiceError.invalid(
                        "request failed: The following selected fields do not exist in the table schema: " + name));
        if (dot >= 0) {
            requireField(found.getFields() == null ? List.of() : found.getFields(), path.substring(dot + 1), name);
        }
    }

    private static FieldSelection select(List<TableFieldSchema> fields, List<String> selected, String prefix) {
        List<TableFieldSchema> schema = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            TableFieldSchema field = fields.get(i);
            String path = prefix + field.getName().toLowerCase(Locale.ROOT);
            boolean whole = selected.isEmpty() || selected.stream().anyMatch(name -> name.equalsIgnoreCase(path));
            boolean inside = selected.stream()
                    .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(path + "."));
            if (!whole && !inside) {
                continue;
            }
            List<TableFieldSchema> children = field.getFields() == null ? List.of() : field.getFields();
            FieldSelection below = select(children, whole ? List.of() : selected, path + ".");
            TableFieldSchema kept = field.clone();
            if (field.getFields() != null) {
                kept.setFields(below.schema);
            }
            schema.add(kept);
            parts.add(new Part(i, "REPEATED".equals(field.getMode()), below));
        }
        return new FieldSelection(schema, parts);
    }

    /** The schema of the selected fields. */
    List<TableFieldSchema> schema() {
        return schema;
    }

    /** Keeps the selected values of a row. */
    JsonArray row(JsonArray values) {
        JsonArray row = new JsonArray(parts.size());
        for (Part part : parts) {
            row.add(part.value(values.get(part.index())));
        }
        return row;
    }
}
