package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.convert.ConversionException;
import io.catalogconnect.bigquery.convert.ExtraColumn;
import io.catalogconnect.bigquery.table.ColumnNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The columns of a primary key that are in the record key. Used by the task's thread only. */
final class RecordKey {

    private final List<String> wanted;
    private final ColumnNaming naming;
    private @Nullable Schema lastSchema;
    private List<Field> lastFields = List.of();

    /** @param wanted the columns; empty for all fields of the key */
    RecordKey(List<String> wanted, ColumnNaming naming) {
        this.wanted = wanted;
        this.naming = naming;
    }

    /**
     * The columns of the key.
     *
     * @throws ConversionException if the record has no such key
     */
    List<ExtraColumn> columns(SinkRecord record) {
        Object key = key(record);
        if (key instanceof Struct struct) {
            return fields(struct.schema()).stream()
                    .map(field -> ExtraColumn.of(naming.columnFor(field.name()), field.schema()))
                    .toList();
        }
        if (key instanceof Map<?, ?> map) {
            List<String> names = wanted.isEmpty()
                    ? map.keySet().stream().map(String::valueOf).sorted().toList()
                    : wanted;
            return names.stream()
                    .map(name -> ExtraColumn.of(naming.columnFor(name), schema(name, map.get(name))))
                    .toList();
        }
        String name = primitive();
        Schema schema = record.keySchema();
        return List.of(ExtraColumn.of(name, schema == null ? schema(name, key) : schema));
    }

    /** The values of columns that {@link #columns} returned, none of them null. */
    void addValues(SinkRecord record, List<ExtraColumn> columns, List<@Nullable Object> values) {
        Object key = key(record);
        if (key instanceof Struct struct) {
            List<Field> fields = fields(struct.schema());
            if (fields.size() != columns.size()) {
                throw new ConversionException(
                        "the record key has " + fields.size() + " fields, and the primary key has " + columns.size()
                                + ". List the columns of the primary key in upsert.key.columns.");
            }
            for (int i = 0; i < fields.size(); i++) {
                values.add(notNull(columns.get(i).name(), struct.get(fields.get(i))));
            }
        } else if (key instanceof Map<?, ?> map) {
            for (ExtraColumn column : columns) {
                values.add(notNull(column.name(), map.get(column.name())));
            }
        } else {
            values.add(key);
        }
    }

    private static Object key(SinkRecord record) {
        Object key = record.key();
        if (key == null) {
            throw new ConversionException(
                    "the record has no key, and the primary key is in the record key. Send records"
                            + " with a key, or set upsert.key.source=value.");
        }
        return key;
    }

    private List<Field> fields(Schema schema) {
        if (schema == lastSchema) {
            return lastFields;
        }
        List<Field> fields = new ArrayList<>(schema.fields());
        if (!wanted.isEmpty()) {
            fields.clear();
            for (String column : wanted) {
                fields.add(schema.fields().stream()
                        .filter(field -> naming.columnFor(field.name()).equalsIgnoreCase(column))
                        .findFirst()
                        .orElseThrow(() -> new ConversionException("the record key has no field '" + column
                                + "', which upsert.key.columns names. It has "
                                + schema.fields().stream().map(Field::name).toList() + ".")));
            }
        }
        lastSchema = schema;
        lastFields = fields;
        return fields;
    }

    private String primitive() {
        if (wanted.size() != 1) {
            throw new ConversionException(
                    "the record key is a single value, so upsert.key.columns must name one column. It" + " names "
                            + (wanted.isEmpty() ? "none" : wanted.size()) + ".");
        }
        return wanted.get(0);
    }

    private static Schema schema(String name, @Nullable Object value) {
        if (value instanceof String) {
            return Schema.STRING_SCHEMA;
        }
        if (value instanceof Long || value instanceof Integer) {
            return Schema.INT64_SCHEMA;
        }
        if (value instanceof Boolean) {
            return Schema.BOOLEAN_SCHEMA;
        }
        throw new ConversionException("key column '" + name + "' is "
                + (value == null ? "null" : "a " + value.getClass().getSimpleName() + " without a schema")
                + ". A key without a schema must have texts, integers or booleans.");
    }

    private static Object notNull(String column, @Nullable Object value) {
        if (value == null) {
            throw nullColumn(column);
        }
        return value;
    }

    static ConversionException nullColumn(String column) {
        return new ConversionException("key column '" + column
                + "' is null. Every record needs all columns of the primary key: add the value with a transformation, or"
                + " remove the column from the key.");
    }
}
