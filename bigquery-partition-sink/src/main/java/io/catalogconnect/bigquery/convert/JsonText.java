package io.catalogconnect.bigquery.convert;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.catalogconnect.bigquery.table.ColumnType;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** JSON text for JSON columns. A JSON column keeps integers of 64 bits and numbers that a FLOAT64 keeps. */
final class JsonText {

    /** The depth that BigQuery permits. */
    private static final int MAX_DEPTH = 500;

    private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX = new BigDecimal("18446744073709551615");

    private JsonText() {}

    /**
     * Returns the text unchanged.
     *
     * @throws ConversionException if it is not JSON, or a JSON column rounds one of its numbers
     */
    static String check(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(MAX_DEPTH);
            for (JsonToken token = reader.peek(); token != JsonToken.END_DOCUMENT; token = reader.peek()) {
                read(reader, token);
            }
        } catch (IOException | IllegalStateException e) {
            // The message of the cause has parts of the text.
            throw new ConversionException("it is not JSON text; a text in a JSON column needs quotes");
        }
        return text;
    }

    private static void read(JsonReader reader, JsonToken token) throws IOException {
        switch (token) {
            case BEGIN_ARRAY -> reader.beginArray();
            case END_ARRAY -> reader.endArray();
            case BEGIN_OBJECT -> reader.beginObject();
            case END_OBJECT -> reader.endObject();
            case NAME -> {
                var unused = reader.nextName();
            }
            case NUMBER -> {
                var unused = exact(new BigDecimal(reader.nextString()));
            }
            default -> reader.skipValue();
        }
    }

    /** The JSON text of a scalar value of the Java type that {@link ScalarType.Reader} specifies. */
    static String of(ColumnType type, Object value) {
        return type == ColumnType.JSON ? (String) value : text(json -> write(json, type, value));
    }

    /** The JSON text of a value of a schema: a struct or a map as object, an array as array. */
    static String of(Schema schema, Object value) {
        return text(json -> write(json, schema, value));
    }

    @FunctionalInterface
    private interface Content {
        void write(JsonWriter json) throws IOException;
    }

    private static String text(Content content) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    private static void write(JsonWriter json, Schema schema, @Nullable Object value) throws IOException {
        if (value == null) {
            json.nullValue();
            return;
        }
        if (VariableDecimal.is(schema)) {
            write(json, ColumnType.BIGNUMERIC, VariableDecimal.read(value));
            return;
        }
        switch (schema.type()) {
            case STRUCT -> {
                json.beginObject();
                for (Field field : schema.fields()) {
                    json.name(field.name());
                    write(json, field.schema(), ((Struct) value).get(field));
                }
                json.endObject();
            }
            case MAP -> {
                json.beginObject();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    json.name(name(entry.getKey()));
                    write(json, schema.valueSchema(), entry.getValue());
                }
                json.endObject();
            }
            case ARRAY -> {
                json.beginArray();
                for (Object element : (Collection<?>) value) {
                    write(json, schema.valueSchema(), element);
                }
                json.endArray();
            }
            default -> {
                ScalarType type = ScalarTypes.of(schema);
                if (type != null) {
                    write(json, type.column(), type.reader().read(value));
                }
            }
        }
    }

    private static String name(@Nullable Object key) {
        if (key instanceof String text) {
            return text;
        }
        throw new ConversionException("a map has a key that is not text");
    }

    private static void write(JsonWriter json, ColumnType type, Object value) throws IOException {
        switch (type) {
            case STRING -> json.value((String) value);
            case BOOL -> json.value((Boolean) value);
            case INT64 -> json.value((Long) value);
            case FLOAT64 -> json.jsonValue(finite(value));
            case NUMERIC, BIGNUMERIC -> json.jsonValue(exact((BigDecimal) value).toPlainString());
            case DATE -> json.value(TimeText.ofDate((Long) value));
            case TIME -> json.value(TimeText.ofTime((Long) value));
            case DATETIME -> json.value(TimeText.ofDateTime((Long) value));
            case TIMESTAMP -> json.value(TimeText.ofTimestamp((Long) value));
            case JSON -> json.jsonValue(check((String) value));
            default -> throw new ConversionException("JSON has no form for " + type);
        }
    }

    private static String finite(Object real) {
        if (!Double.isFinite(((Number) real).doubleValue())) {
            throw new ConversionException("JSON has no form for NaN and infinity");
        }
        return real.toString();
    }

    private static BigDecimal exact(BigDecimal number) {
        boolean isInteger = number.stripTrailingZeros().scale() <= 0;
        if (isInteger && number.compareTo(MIN) >= 0 && number.compareTo(MAX) <= 0) {
            return number;
        }
        double real = number.doubleValue();
        if (Double.isInfinite(real) || new BigDecimal(Double.toString(real)).compareTo(number) != 0) {
            throw new ConversionException("it has a number with more digits than a JSON column keeps; send it as text");
        }
        return number;
    }
}
