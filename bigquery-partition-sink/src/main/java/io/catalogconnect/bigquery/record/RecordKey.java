package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.convert.ConversionException;
import io.catalogconnect.bigquery.convert.ExtraColumn;
import io.catalogconnect.bigquery.table.ColumnNaming;
import io.catalogconnect.bigquery.table.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private List<ExtraColumn> lastColumns = List.of();
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
            Map<String, Object> byColumn = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            map.forEach((name, value) -> byColumn.put(naming.columnFor(String.valueOf(name)), value));
            return (wanted.isEmpty() ? byColumn.keySet() : wanted)
                    .stream()
                            .map(name -> ExtraColumn.of(name, schema(name, byColumn.get(name))))
                            .toList();
        }
        String name = primitive();
        Schema schema = record.keySchema();
        return List.of(ExtraColumn.of(name, schema == null ? schema(name, key) : schema));
    }

    /**
     * The values of columns that {@link #columns} returned, none of them null. The fields of a key are found by their names, so
     * they may be in another order than those of the record that determined the columns.
     *
     * @throws ConversionException if the key has other fields than these columns, or fields of other types
     */
    void addValues(SinkRecord record, List<ExtraColumn> columns, List<@Nullable Object> values) {
        Object key = key(record);
        if (key instanceof Struct struct) {
            for (Field field : fields(struct.schema(), columns)) {
                values.add(notNull(field.name(), struct.get(field)));
            }
        } else if (key instanceof Map<?, ?> map) {
            addValues(map, columns, values);
        } else {
            Schema schema = record.keySchema();
            requireType(columns.get(0), primitive(), schema == null ? schema(primitive(), key) : schema);
            values.add(key);
        }
    }

    private void addValues(Map<?, ?> key, List<ExtraColumn> columns, List<@Nullable Object> values) {
        Map<String, Object> byColumn = new HashMap<>();
        key.forEach((name, value) -> putOnce(byColumn, columnFor(name), value));
        if (wanted.isEmpty()) {
            requireSameColumns(byColumn.keySet(), columns);
        }
        for (ExtraColumn column : columns) {
            Object value = notNull(column.name(), byColumn.get(lower(column.name())));
            requireType(column, column.name(), schema(column.name(), value));
            values.add(value);
        }
    }

    /** The fields of a schema in the order of the columns. */
    private List<Field> fields(Schema schema, List<ExtraColumn> columns) {
        if (schema == lastSchema && columns.equals(lastColumns)) {
            return lastFields;
        }
        Map<String, Field> byColumn = new HashMap<>();
        fields(schema).forEach(field -> putOnce(byColumn, columnFor(field.name()), field));
        requireSameColumns(byColumn.keySet(), columns);
        List<Field> fields = new ArrayList<>();
        for (ExtraColumn column : columns) {
            Field field = Objects.requireNonNull(byColumn.get(lower(column.name())));
            requireType(column, field.name(), field.schema());
            fields.add(field);
        }
        lastSchema = schema;
        lastColumns = List.copyOf(columns);
        lastFields = fields;
        return fields;
    }

    private static <T> void putOnce(Map<String, T> byColumn, String column, T value) {
        if (byColumn.containsKey(column)) {
            throw new ConversionException("two fields of the record key would both become the column '" + column
                    + "'. Rename one of them with a transformation.");
        }
        byColumn.put(column, value);
    }

    private static void requireSameColumns(Set<String> names, List<ExtraColumn> columns) {
        Set<String> primary = new TreeSet<>();
        columns.forEach(column -> primary.add(lower(column.name())));
        if (!names.equals(primary)) {
            throw new ConversionException("the record key has the fields " + new TreeSet<>(names)
                    + ", and the primary key has the columns " + primary
                    + ". List the columns of the primary key in upsert.key.columns.");
        }
    }

    private static void requireType(ExtraColumn column, String field, Schema schema) {
        Schema first = column.schema().orElseThrow();
        ColumnType type = ExtraColumn.of(column.name(), schema).type();
        if (type != column.type() || !Objects.equals(schema.name(), first.name())) {
            throw new ConversionException("field '" + field + "' of the record key is of type " + describe(schema)
                    + ", and the first record key of the table had " + describe(first)
                    + ". Send keys of one type, or convert them with a transformation.");
        }
    }

    private static String describe(Schema schema) {
        return schema.name() == null ? schema.type().name() : schema.name();
    }

    private String columnFor(Object name) {
        return lower(naming.columnFor(String.valueOf(name)));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
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
