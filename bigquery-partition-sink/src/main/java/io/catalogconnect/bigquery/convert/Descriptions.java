package io.catalogconnect.bigquery.convert;

import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions of new tables and columns, from the configuration or else from the record's schema.
 *
 * @param table description of every table; empty for the schema's doc
 * @param columns descriptions by column name; {@code outer.inner} inside a struct
 * @param naming conversion of names
 */
public record Descriptions(String table, Map<String, String> columns, ColumnNaming naming) {

    private static final String PARAMETER = "description";

    /** Maximum characters of a table's description. */
    public static final int MAX_TABLE = 16_384;

    /** Maximum characters of a column's description. */
    public static final int MAX_COLUMN = 1_024;

    public Descriptions {
        columns = Map.copyOf(columns);
    }

    /** Description of a table that is created for records of a schema; empty for none. */
    public String ofTable(Schema schema) {
        return table.isEmpty() ? cut(of(schema), MAX_TABLE) : table;
    }

    /** The columns with their descriptions. */
    public List<Column> describe(List<Column> plain, Schema schema) {
        return describe(plain, schema, "");
    }

    private List<Column> describe(List<Column> plain, @Nullable Schema schema, String path) {
        List<Column> described = new ArrayList<>(plain.size());
        for (Column column : plain) {
            Schema field = schema == null ? null : fieldOf(schema, column.name());
            String name = path + column.name();
            String ofField = field == null ? "" : cut(of(field), MAX_COLUMN);
            Column changed = column.withDescription(columns.getOrDefault(name, ofField));
            described.add(
                    column.fields().isEmpty()
                            ? changed
                            : changed.withFields(describe(column.fields(), structOf(field), name + ".")));
        }
        return described;
    }

    private @Nullable Schema fieldOf(Schema struct, String column) {
        for (Field field : struct.fields()) {
            if (naming.columnFor(field.name()).equals(column)) {
                return field.schema();
            }
        }
        return null;
    }

    /** The struct that contains a column's fields, or null (entries of a map have no docs). */
    private static @Nullable Schema structOf(@Nullable Schema schema) {
        Schema element = schema != null && schema.type() == Schema.Type.ARRAY ? schema.valueSchema() : schema;
        return element != null && element.type() == Schema.Type.STRUCT ? element : null;
    }

    private static String of(Schema schema) {
        if (schema.doc() != null) {
            return schema.doc();
        }
        Map<String, String> parameters = schema.parameters();
        return parameters == null ? "" : Objects.requireNonNullElse(parameters.get(PARAMETER), "");
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        // A surrogate pair must not be split.
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
