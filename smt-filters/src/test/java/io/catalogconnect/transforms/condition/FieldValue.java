package io.catalogconnect.transforms.condition;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** A cell of the semantics table such as {@code int64 2001} as field {@code x} of a Struct and of a Map. */
record FieldValue(
        @Nullable Schema schema,
        @Nullable Object value,
        @Nullable Object inMap) {
    private static final Pattern LIST_ELEMENT = Pattern.compile("\"([^\"]*)\"");
    private static final Schema INNER = SchemaBuilder.struct()
            .optional()
            .field("y", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    /** Reads {@code <type> <value>}, {@code <type> null} or {@code absent}. */
    static FieldValue parse(String cell) {
        if (cell.equals("absent")) {
            return new FieldValue(null, null, null);
        }
        if (cell.startsWith("list of string")) {
            List<String> list =
                    LIST_ELEMENT.matcher(cell).results().map(r -> r.group(1)).toList();
            return same(SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build(), list);
        }
        String type = cell.substring(0, cell.indexOf(' '));
        String text = cell.substring(type.length() + 1);
        return of(type, text.equals("null") ? null : text);
    }

    private static FieldValue of(String type, @Nullable String text) {
        return switch (type) {
            case "int8" -> same(Schema.OPTIONAL_INT8_SCHEMA, text == null ? null : Byte.valueOf(text));
            case "int16" -> same(Schema.OPTIONAL_INT16_SCHEMA, text == null ? null : Short.valueOf(text));
            case "int32" -> same(Schema.OPTIONAL_INT32_SCHEMA, text == null ? null : Integer.valueOf(text));
            case "int64" -> same(Schema.OPTIONAL_INT64_SCHEMA, text == null ? null : Long.valueOf(text));
            case "float32" -> same(Schema.OPTIONAL_FLOAT32_SCHEMA, text == null ? null : Float.valueOf(text));
            case "float64" -> same(Schema.OPTIONAL_FLOAT64_SCHEMA, text == null ? null : Double.valueOf(text));
            case "boolean" -> same(Schema.OPTIONAL_BOOLEAN_SCHEMA, text == null ? null : Boolean.valueOf(text));
            case "string" -> same(Schema.OPTIONAL_STRING_SCHEMA, text == null ? null : unquoted(text));
            case "bytes" ->
                same(
                        Schema.OPTIONAL_BYTES_SCHEMA,
                        text == null ? null : unquoted(text).getBytes(StandardCharsets.UTF_8));
            case "decimal" -> {
                BigDecimal decimal = text == null ? null : new BigDecimal(text);
                yield same(Decimal.builder(2).optional().build(), decimal);
            }
            case "date" ->
                same(
                        Date.builder().optional().build(),
                        text == null
                                ? null
                                : java.util.Date.from(LocalDate.parse(text)
                                        .atStartOfDay(ZoneOffset.UTC)
                                        .toInstant()));
            case "timestamp" ->
                same(
                        Timestamp.builder().optional().build(),
                        text == null ? null : java.util.Date.from(Instant.parse(text)));
            case "struct" -> struct(text);
            default -> throw new IllegalArgumentException("Unknown type " + type);
        };
    }

    private static FieldValue struct(@Nullable String text) {
        if (text == null) {
            return same(INNER, null);
        }
        Matcher y = Pattern.compile("y=\"(.*)\"").matcher(text);
        if (!y.matches()) {
            throw new IllegalArgumentException("A struct is written y=\"...\", not " + text);
        }
        return new FieldValue(INNER, new Struct(INNER).put("y", y.group(1)), Map.of("y", y.group(1)));
    }

    private static FieldValue same(Schema schema, @Nullable Object value) {
        return new FieldValue(schema, value, value);
    }

    private static String unquoted(String text) {
        return text.substring(1, text.length() - 1);
    }

    SourceRecord recordOfStruct() {
        SchemaBuilder builder = SchemaBuilder.struct().name("Row").field("other", Schema.OPTIONAL_STRING_SCHEMA);
        if (schema != null) {
            builder.field("x", schema);
        }
        Schema row = builder.build();
        Struct struct = new Struct(row);
        if (schema != null) {
            struct.put("x", value);
        }
        return record(row, struct);
    }

    SourceRecord recordOfMap() {
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put("other", null);
        if (schema != null) {
            map.put("x", inMap);
        }
        return record(null, map);
    }

    Stream<SourceRecord> records() {
        return Stream.of(recordOfStruct(), recordOfMap());
    }

    static SourceRecord record(@Nullable Schema schema, @Nullable Object value) {
        return new SourceRecord(Map.of("p", "1"), Map.of("o", 1L), "topic", null, null, "key", schema, value, 0L);
    }
}
