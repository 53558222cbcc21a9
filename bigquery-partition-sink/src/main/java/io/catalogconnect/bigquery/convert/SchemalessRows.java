package io.catalogconnect.bigquery.convert;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Infers a schema for records without one: the union of the fields of all records of a table so far, all optional. Integers
 * are int64, other numbers float64. A field that was null or an empty list in every record is absent. Used by one thread.
 */
public final class SchemalessRows {

    private final Map<String, Schema> schemas = new LinkedHashMap<>();

    /**
     * A record's value with its table's schema.
     *
     * @throws ConversionException if the value is not a map with text keys, or a field changed its type
     */
    public Struct struct(String table, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new ConversionException(
                    "the record's value is a " + value.getClass().getSimpleName()
                            + " without a schema; a row needs named fields. Use a converter that returns structs or maps.");
        }
        Schema seen = schemas.get(table);
        Schema union = structSchema("", map, seen);
        Schema schema = seen != null && union.equals(seen) ? seen : union;
        schemas.put(table, schema);
        return struct(schema, map);
    }

    private static Schema structSchema(String path, Map<?, ?> map, @Nullable Schema seen) {
        Map<String, Schema> fields = new LinkedHashMap<>();
        if (seen != null) {
            seen.fields().forEach(field -> fields.put(field.name(), field.schema()));
        }
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new ConversionException("field '" + path + "' has a field name that is not text");
            }
            String below = path.isEmpty() ? name : path + "." + name;
            Schema schema = value == null ? null : schema(below, value, fields.get(name));
            if (schema != null) {
                fields.put(name, schema);
            }
        });
        if (fields.isEmpty()) {
            throw new ConversionException((path.isEmpty() ? "the record" : "field '" + path + "'") + " has no fields");
        }
        SchemaBuilder builder = SchemaBuilder.struct().optional();
        fields.forEach(builder::field);
        return builder.build();
    }

    private static @Nullable Schema schema(String path, Object value, @Nullable Schema seen) {
        Schema schema;
        if (value instanceof Map<?, ?> map) {
            schema = structSchema(path, map, seen != null && seen.type() == Schema.Type.STRUCT ? seen : null);
        } else if (value instanceof Collection<?> list) {
            schema = arraySchema(path, list, seen != null && seen.type() == Schema.Type.ARRAY ? seen : null);
        } else {
            schema = scalar(path, value);
        }
        if (seen != null && schema != null && seen.type() != schema.type()) {
            boolean widens = seen.type() == Schema.Type.FLOAT64 && schema.type() == Schema.Type.INT64;
            if (widens) {
                return seen;
            }
            throw new ConversionException("field '" + path + "' was " + seen.type() + " in earlier records and is "
                    + schema.type() + ". Use records with a schema, or cast the field with a transformation.");
        }
        return schema == null ? seen : schema;
    }

    private static @Nullable Schema arraySchema(String path, Collection<?> list, @Nullable Schema seen) {
        Schema element = seen == null ? null : seen.valueSchema();
        for (Object each : list) {
            if (each == null) {
                throw new ConversionException("field '" + path + "' has a null element");
            }
            element = schema(path, each, element);
        }
        return element == null ? null : SchemaBuilder.array(element).optional().build();
    }

    private static Schema scalar(String path, Object value) {
        if (value instanceof String) {
            return Schema.OPTIONAL_STRING_SCHEMA;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return Schema.OPTIONAL_INT64_SCHEMA;
        }
        if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            return Schema.OPTIONAL_FLOAT64_SCHEMA;
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

    private static Struct struct(Schema schema, Map<?, ?> map) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            Object value = map.get(field.name());
            if (value != null) {
                struct.put(field, fit(field.schema(), value));
            }
        }
        return struct;
    }

    private static Object fit(Schema schema, Object value) {
        return switch (schema.type()) {
            case INT64 -> ((Number) value).longValue();
            case FLOAT64 -> ((Number) value).doubleValue();
            case STRUCT -> struct(schema, (Map<?, ?>) value);
            case ARRAY -> {
                List<Object> elements = new ArrayList<>();
                ((Collection<?>) value).forEach(each -> elements.add(fit(schema.valueSchema(), each)));
                yield elements;
            }
            default -> value;
        };
    }
}
