package io.catalogconnect.bigquery.convert;

import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnNaming;
import io.catalogconnect.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Infers schemas for records without one: the union of the fields of all accepted records of a table, all optional. A field
 * that was null or an empty list in every record is absent.
 *
 * <p>Whether a number field is int64 or float64 does not depend on the order of its records: the type of the table's column
 * decides, or else all records that are waiting when the field is first seen. Used by one thread.
 */
public final class SchemalessRows {

    /** Below this, every integer is a float64. */
    private static final long EXACT_FLOAT64 = 1L << 53;

    private static final class Known {
        private @Nullable Schema schema;
        private Numbers numbers;

        Known(Numbers numbers) {
            this.numbers = numbers;
        }
    }

    /** Types of number fields by the path of their column, in lower case. */
    private static final class Numbers {
        private final ColumnNaming naming;
        private final Map<String, Schema.Type> ofColumns = new HashMap<>();
        private final Set<String> withFractions = new HashSet<>();

        Numbers(ColumnNaming naming) {
            this.naming = naming;
        }

        private String key(String field) {
            return naming.columnFor(field).toLowerCase(Locale.ROOT);
        }

        void add(String path, List<Column> columns) {
            for (Column column : columns) {
                String key = path + column.key();
                if (column.type() == ColumnType.INT64) {
                    ofColumns.put(key, Schema.Type.INT64);
                } else if (column.type() == ColumnType.FLOAT64) {
                    ofColumns.put(key, Schema.Type.FLOAT64);
                } else {
                    add(key + ".", column.fields());
                }
            }
        }

        void add(String path, @Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                map.forEach((name, field) -> {
                    if (name instanceof String text) {
                        add((path.isEmpty() ? "" : path + ".") + key(text), field);
                    }
                });
            } else if (value instanceof Collection<?> list) {
                list.forEach(each -> add(path, each));
            } else if (value instanceof Number number && !isInteger(number)) {
                withFractions.add(path);
            }
        }

        /** The table's column decides, then earlier records, then the records that are waiting. */
        Schema.Type decide(String path, Number number, @Nullable Schema seen) {
            Schema.Type column = ofColumns.get(path);
            if (column != null) {
                return column;
            }
            if (seen != null && isNumber(seen.type())) {
                return seen.type();
            }
            return withFractions.contains(path) || !isInteger(number) ? Schema.Type.FLOAT64 : Schema.Type.INT64;
        }
    }

    private final ColumnNaming naming;
    private final Map<String, Known> tables = new HashMap<>();

    public SchemalessRows(ColumnNaming naming) {
        this.naming = naming;
    }

    /** Whether a value is a record that has no field and no number that its table's schema does not have. */
    public boolean covers(String table, @Nullable Object value) {
        Schema schema = known(table).schema;
        return schema != null && value instanceof Map<?, ?> map && covers(schema, map);
    }

    /**
     * Decides the types of number fields.
     *
     * @param columns the table's columns; empty if it does not exist
     * @param values values of all records that are waiting
     */
    public void learn(String table, Optional<List<Column>> columns, Collection<?> values) {
        Numbers numbers = new Numbers(naming);
        columns.ifPresent(all -> numbers.add("", all));
        values.forEach(value -> numbers.add("", value));
        known(table).numbers = numbers;
    }

    /**
     * A record's value with a schema: its table's, with the record's new fields.
     *
     * @throws ConversionException if the value is not a map with text keys, or does not fit the schema
     */
    public Struct struct(String table, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new ConversionException("the record's value is a "
                    + (value == null ? "null" : value.getClass().getSimpleName())
                    + " without a schema; a row needs named fields. Use a converter that returns structs or maps.");
        }
        Known known = known(table);
        Schema seen = known.schema;
        if (seen != null && covers(seen, map)) {
            return struct("", seen, map);
        }
        return struct("", new Inference(known.numbers).struct("", "", map, seen), map);
    }

    /** Forgets the schema of a table, which did not accept it. */
    public void forget(String table) {
        tables.remove(table);
    }

    /** Makes a record's schema the one of its table. */
    public void keep(String table, Schema schema) {
        known(table).schema = schema;
    }

    private Known known(String table) {
        return tables.computeIfAbsent(table, name -> new Known(new Numbers(naming)));
    }

    private static boolean covers(Schema schema, Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Field field = entry.getKey() instanceof String name ? schema.field(name) : null;
            Object value = entry.getValue();
            boolean covered = field == null
                    ? entry.getKey() instanceof String && isEmpty(value)
                    : value == null || covers(field.schema(), value);
            if (!covered) {
                return false;
            }
        }
        return true;
    }

    private static boolean covers(Schema schema, @Nullable Object value) {
        return switch (schema.type()) {
            case STRUCT -> value instanceof Map<?, ?> map && covers(schema, map);
            case ARRAY ->
                value instanceof Collection<?> list
                        && list.stream().allMatch(each -> each != null && covers(schema.valueSchema(), each));
            case INT64 -> value instanceof Number number && isIntegral(number);
            case FLOAT64 -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case BYTES -> value instanceof byte[] || value instanceof ByteBuffer;
            default -> value instanceof String;
        };
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null || (value instanceof Collection<?> list && list.isEmpty());
    }

    private static boolean isNumber(Schema.Type type) {
        return type == Schema.Type.INT64 || type == Schema.Type.FLOAT64;
    }

    private static boolean isInteger(Number number) {
        return number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte;
    }

    /** Whether an int64 is equal to the number. */
    private static boolean isIntegral(Number number) {
        if (isInteger(number)) {
            return true;
        }
        if (number instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().scale() <= 0
                    && decimal.abs().compareTo(BigDecimal.valueOf(EXACT_FLOAT64)) <= 0;
        }
        double real = number.doubleValue();
        return real == Math.rint(real) && Math.abs(real) <= EXACT_FLOAT64;
    }

    /** The schema of one record. */
    private record Inference(Numbers numbers) {

        Schema struct(String path, String key, Map<?, ?> map, @Nullable Schema seen) {
            Map<String, Schema> fields = new LinkedHashMap<>();
            if (seen != null) {
                seen.fields().forEach(field -> fields.put(field.name(), field.schema()));
            }
            map.forEach((name, value) -> {
                if (!(name instanceof String text)) {
                    throw new ConversionException("field '" + path + "' has a field name that is not text");
                }
                String below = path.isEmpty() ? text : path + "." + text;
                Schema schema = value == null ? null : schema(below, key + numbers.key(text), value, fields.get(text));
                if (schema != null) {
                    fields.put(text, schema);
                }
            });
            if (fields.isEmpty()) {
                throw new ConversionException(
                        (path.isEmpty() ? "the record" : "field '" + path + "'") + " has no fields");
            }
            SchemaBuilder builder = SchemaBuilder.struct().optional();
            fields.forEach(builder::field);
            return builder.build();
        }

        private @Nullable Schema schema(String path, String key, Object value, @Nullable Schema seen) {
            Schema schema;
            if (value instanceof Map<?, ?> map) {
                schema = struct(path, key + ".", map, seen != null && seen.type() == Schema.Type.STRUCT ? seen : null);
            } else if (value instanceof Collection<?> list) {
                schema = array(path, key, list, seen != null && seen.type() == Schema.Type.ARRAY ? seen : null);
            } else if (value instanceof Number number) {
                schema = number(path, number, numbers.decide(key, number, seen));
            } else {
                schema = scalar(path, value);
            }
            if (seen == null || schema == null) {
                return schema == null ? seen : schema;
            }
            if (seen.type() != schema.type() && !(isNumber(seen.type()) && isNumber(schema.type()))) {
                throw new ConversionException("field '" + path + "' was " + seen.type() + " in earlier records and is "
                        + schema.type() + ". Use records with a schema, or cast the field with a transformation.");
            }
            return schema;
        }

        private static Schema number(String path, Number number, Schema.Type type) {
            if (type == Schema.Type.INT64 && !isIntegral(number)) {
                throw new ConversionException("field '" + path + "' has a fraction, and its column is INT64. Change the"
                        + " column with ALTER TABLE ... ALTER COLUMN ... SET DATA TYPE FLOAT64 and restart the task, or"
                        + " use records with a schema.");
            }
            return type == Schema.Type.INT64 ? Schema.OPTIONAL_INT64_SCHEMA : Schema.OPTIONAL_FLOAT64_SCHEMA;
        }

        private @Nullable Schema array(String path, String key, Collection<?> list, @Nullable Schema seen) {
            Schema element = seen == null ? null : seen.valueSchema();
            for (Object each : list) {
                if (each == null) {
                    throw new ConversionException("field '" + path + "' has a null element");
                }
                element = schema(path, key, each, element);
            }
            return element == null
                    ? null
                    : SchemaBuilder.array(element).optional().build();
        }

        private static Schema scalar(String path, Object value) {
            if (value instanceof String) {
                return Schema.OPTIONAL_STRING_SCHEMA;
            }
            if (value instanceof Boolean) {
                return Schema.OPTIONAL_BOOLEAN_SCHEMA;
            }
            if (value instanceof byte[] || value instanceof ByteBuffer) {
                return Schema.OPTIONAL_BYTES_SCHEMA;
            }
            throw new ConversionException(
                    "field '" + path + "' is a " + value.getClass().getName() + ", which has no column type");
        }
    }

    private static Struct struct(String path, Schema schema, Map<?, ?> map) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            Object value = map.get(field.name());
            if (value != null) {
                String below = path.isEmpty() ? field.name() : path + "." + field.name();
                struct.put(field, fit(below, field.schema(), value));
            }
        }
        return struct;
    }

    private static Object fit(String path, Schema schema, Object value) {
        return switch (schema.type()) {
            case INT64 -> ((Number) value).longValue();
            case FLOAT64 -> real(path, (Number) value);
            case STRUCT -> struct(path, schema, (Map<?, ?>) value);
            case ARRAY -> {
                List<Object> elements = new ArrayList<>();
                ((Collection<?>) value).forEach(each -> elements.add(fit(path, schema.valueSchema(), each)));
                yield elements;
            }
            default -> value;
        };
    }

    private static double real(String path, Number number) {
        double real = number.doubleValue();
        long whole = number.longValue();
        boolean exact = !isInteger(number)
                || (-EXACT_FLOAT64 <= whole && whole <= EXACT_FLOAT64)
                || new BigDecimal(real).compareTo(BigDecimal.valueOf(whole)) == 0;
        if (!exact) {
            throw new ConversionException(
                    "field '" + path + "' has an integer with too many digits for its column, which is FLOAT64. Use"
                            + " records with a schema, or send it as text.");
        }
        return real;
    }
}
