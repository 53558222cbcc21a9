package io.catalogconnect.transforms.condition;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * The fields that values are going to have, as somebody says before there is a record, so that a condition can be checked
 * against them. Immutable.
 */
public final class DeclaredFields {
    /** Nothing is said. */
    public static final DeclaredFields NONE = new DeclaredFields(RecordTypes.UNKNOWN);

    /** The kinds of fields, for errors and documentation. */
    public static final String KINDS =
            "string, int8, int16, int32, int64, float32, float64, boolean, bytes, decimal, date, time,"
                    + " timestamp, any";

    private final RecordTypes types;

    private DeclaredFields(RecordTypes types) {
        this.types = types;
    }

    /**
     * Reads {@code brand:string, year_release:int64, image:string?}. A question mark says that a field may be null, which a
     * condition may ask of every field.
     *
     * @throws IllegalArgumentException for anything else, with the entry that is wrong
     */
    public static DeclaredFields parse(String declaration) {
        if (declaration.isBlank()) {
            return NONE;
        }
        Map<String, @Nullable Schema> fields = new LinkedHashMap<>();
        for (String entry : declaration.split(",", -1)) {
            int colon = entry.lastIndexOf(':');
            String name = colon < 0 ? "" : entry.substring(0, colon).strip();
            if (name.isEmpty()) {
                throw new IllegalArgumentException("'" + entry.strip() + "' is not of the form name:kind");
            }
            if (fields.containsKey(name)) {
                throw new IllegalArgumentException("Field '" + name + "' is declared twice");
            }
            String kind = entry.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
            fields.put(name, schema(name, kind.endsWith("?") ? kind.substring(0, kind.length() - 1) : kind));
        }
        return new DeclaredFields(RecordTypes.ofFields(fields));
    }

    /** The fields of a struct's schema. */
    public static DeclaredFields of(Schema struct) {
        Map<String, @Nullable Schema> fields = new LinkedHashMap<>();
        struct.fields().forEach(field -> fields.put(field.name(), field.schema()));
        return new DeclaredFields(RecordTypes.ofFields(fields));
    }

    private static @Nullable Schema schema(String name, String kind) {
        return switch (kind) {
            case "string" -> Schema.STRING_SCHEMA;
            case "int8" -> Schema.INT8_SCHEMA;
            case "int16" -> Schema.INT16_SCHEMA;
            case "int32" -> Schema.INT32_SCHEMA;
            case "int64" -> Schema.INT64_SCHEMA;
            case "float32" -> Schema.FLOAT32_SCHEMA;
            case "float64" -> Schema.FLOAT64_SCHEMA;
            case "boolean" -> Schema.BOOLEAN_SCHEMA;
            case "bytes" -> Schema.BYTES_SCHEMA;
            case "decimal" -> Decimal.schema(0);
            case "date" -> Date.SCHEMA;
            case "time" -> Time.SCHEMA;
            case "timestamp" -> Timestamp.SCHEMA;
            case "any" -> null;
            default ->
                throw new IllegalArgumentException(
                        "Field '" + name + "' is of kind '" + kind + "'; kinds are " + KINDS);
        };
    }

    RecordTypes types() {
        return types;
    }
}
