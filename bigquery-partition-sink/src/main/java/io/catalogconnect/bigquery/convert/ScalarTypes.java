package io.catalogconnect.bigquery.convert;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.Digits;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** Scalar types: Connect's own, Connect's logical types, and Debezium's. */
final class ScalarTypes {

    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final long MIN_DAY = -719_162; // 0001-01-01
    private static final long MAX_DAY = 2_932_896; // 9999-12-31
    private static final int NUMERIC_SCALE = 9;
    private static final int NUMERIC_INTEGER_DIGITS = 29;
    private static final int BIGNUMERIC_SCALE = 38;
    private static final int BIGNUMERIC_INTEGER_DIGITS = 38;
    private static final String PRECISION = "connect.decimal.precision";

    private static final ScalarType INT64 = new ScalarType(
            ColumnType.INT64,
            FieldDescriptorProto.Type.TYPE_INT64,
            (out, number, value) -> out.writeInt64(number, integer(value)),
            ScalarTypes::integer);
    private static final ScalarType FLOAT64 = new ScalarType(
            ColumnType.FLOAT64,
            FieldDescriptorProto.Type.TYPE_DOUBLE,
            (out, number, value) -> out.writeDouble(number, ((Number) value).doubleValue()),
            Number.class::cast);
    private static final ScalarType BOOL = new ScalarType(
            ColumnType.BOOL,
            FieldDescriptorProto.Type.TYPE_BOOL,
            (out, number, value) -> out.writeBool(number, (Boolean) value),
            Boolean.class::cast);
    private static final ScalarType STRING = text(ColumnType.STRING);
    private static final ScalarType JSON = text(ColumnType.JSON);
    private static final ScalarType GEOGRAPHY = text(ColumnType.GEOGRAPHY);
    private static final ScalarType BYTES = new ScalarType(
            ColumnType.BYTES, FieldDescriptorProto.Type.TYPE_BYTES, ScalarTypes::writeBytes, value -> value);
    private static final ScalarType NUMERIC = new ScalarType(
            ColumnType.NUMERIC,
            FieldDescriptorProto.Type.TYPE_BYTES,
            (out, number, value) -> out.writeByteArray(number, CivilTime.numeric((BigDecimal) value)),
            BigDecimal.class::cast);
    private static final ScalarType BIGNUMERIC = new ScalarType(
            ColumnType.BIGNUMERIC,
            FieldDescriptorProto.Type.TYPE_BYTES,
            (out, number, value) -> out.writeByteArray(number, CivilTime.bigNumeric((BigDecimal) value)),
            BigDecimal.class::cast);

    private static final Map<String, ScalarType> LOGICAL = logicalTypes();

    private ScalarTypes() {}

    /** The scalar type of a schema, or null for one that is not scalar. */
    static @Nullable ScalarType of(Schema schema) {
        String name = schema.name();
        if (name != null) {
            if (name.equals(Decimal.LOGICAL_NAME)) {
                return decimal(schema);
            }
            ScalarType logical = LOGICAL.get(name);
            if (logical != null) {
                return logical;
            }
        }
        return switch (schema.type()) {
            case INT8, INT16, INT32, INT64 -> INT64;
            case FLOAT32, FLOAT64 -> FLOAT64;
            case BOOLEAN -> BOOL;
            case STRING -> STRING;
            case BYTES -> BYTES;
            case ARRAY, MAP, STRUCT -> null;
        };
    }

    /** The type of values of the Java type that {@link ScalarType.Reader} specifies. */
    static ScalarType of(ColumnType type) {
        return switch (type) {
            case STRING -> STRING;
            case BYTES -> BYTES;
            case INT64 -> INT64;
            case FLOAT64 -> FLOAT64;
            case BOOL -> BOOL;
            case NUMERIC -> NUMERIC;
            case BIGNUMERIC -> BIGNUMERIC;
            case DATE -> date(ScalarTypes::integer);
            case TIME -> time(ScalarTypes::integer);
            case DATETIME -> dateTime(ScalarTypes::integer);
            case TIMESTAMP -> timestamp(ScalarTypes::integer);
            case JSON -> JSON;
            case GEOGRAPHY -> GEOGRAPHY;
            case STRUCT, INTERVAL, RANGE, UNKNOWN -> throw new IllegalArgumentException(type + " is not scalar");
        };
    }

    private static ScalarType text(ColumnType type) {
        return new ScalarType(type, FieldDescriptorProto.Type.TYPE_STRING, ScalarTypes::writeText, String.class::cast);
    }

    private static Map<String, ScalarType> logicalTypes() {
        Map<String, ScalarType> types = new HashMap<>();
        types.put(
                org.apache.kafka.connect.data.Date.LOGICAL_NAME,
                date(value -> Math.floorDiv(millis(value), MILLIS_PER_DAY)));
        types.put(Time.LOGICAL_NAME, time(value -> millis(value) * 1_000));
        types.put(Timestamp.LOGICAL_NAME, timestamp(value -> Math.multiplyExact(millis(value), 1_000L)));
        types.put("io.debezium.time.Date", date(ScalarTypes::integer));
        types.put("io.debezium.time.Time", time(value -> integer(value) * 1_000));
        types.put("io.debezium.time.MicroTime", time(ScalarTypes::integer));
        types.put("io.debezium.time.NanoTime", time(value -> Math.floorDiv(integer(value), 1_000L)));
        types.put("io.debezium.time.Timestamp", dateTime(value -> Math.multiplyExact(integer(value), 1_000L)));
        types.put("io.debezium.time.MicroTimestamp", dateTime(ScalarTypes::integer));
        types.put("io.debezium.time.NanoTimestamp", dateTime(value -> Math.floorDiv(integer(value), 1_000L)));
        types.put("io.debezium.time.ZonedTimestamp", timestamp(value -> micros((String) value)));
        types.put("io.debezium.data.Json", JSON);
        return Map.copyOf(types);
    }

    private static ScalarType decimal(Schema schema) {
        Map<String, String> parameters = schema.parameters();
        int scale = parameters == null ? 0 : Integer.parseInt(parameters.getOrDefault(Decimal.SCALE_FIELD, "0"));
        String declared = parameters == null ? null : parameters.get(PRECISION);
        int integerDigits = declared == null ? 0 : Integer.parseInt(declared) - scale;
        Optional<Digits> digits = Optional.ofNullable(declared)
                .map(Integer::valueOf)
                .filter(precision -> scale >= 0 && precision >= Math.max(1, scale))
                .map(precision -> new Digits(precision, scale));
        if (scale <= NUMERIC_SCALE && integerDigits <= NUMERIC_INTEGER_DIGITS) {
            return NUMERIC.within(digits);
        }
        if (scale <= BIGNUMERIC_SCALE && integerDigits <= BIGNUMERIC_INTEGER_DIGITS) {
            return BIGNUMERIC.within(digits);
        }
        throw new ConversionException(
                "a decimal of scale " + scale + (declared == null ? "" : " and precision " + declared)
                        + " has more digits than BIGNUMERIC permits. Cast it to a string with a transformation.");
    }

    private static ScalarType date(ToLongFunction<Object> epochDay) {
        return new ScalarType(
                ColumnType.DATE,
                FieldDescriptorProto.Type.TYPE_INT32,
                (out, number, value) -> {
                    long day = epochDay.applyAsLong(value);
                    if (day < MIN_DAY || day > MAX_DAY) {
                        throw new ConversionException("a DATE must be in the years 1 to 9999");
                    }
                    out.writeInt32(number, (int) day);
                },
                epochDay::applyAsLong);
    }

    private static ScalarType time(ToLongFunction<Object> microsOfDay) {
        return new ScalarType(
                ColumnType.TIME,
                FieldDescriptorProto.Type.TYPE_INT64,
                (out, number, value) -> out.writeInt64(number, CivilTime.packTime(microsOfDay.applyAsLong(value))),
                microsOfDay::applyAsLong);
    }

    private static ScalarType dateTime(ToLongFunction<Object> epochMicros) {
        return new ScalarType(
                ColumnType.DATETIME,
                FieldDescriptorProto.Type.TYPE_INT64,
                (out, number, value) -> out.writeInt64(number, CivilTime.packDateTime(epochMicros.applyAsLong(value))),
                epochMicros::applyAsLong);
    }

    private static ScalarType timestamp(ToLongFunction<Object> epochMicros) {
        return new ScalarType(
                ColumnType.TIMESTAMP,
                FieldDescriptorProto.Type.TYPE_INT64,
                (out, number, value) -> {
                    long micros = epochMicros.applyAsLong(value);
                    long day = Math.floorDiv(micros, CivilTime.MICROS_PER_DAY);
                    if (day < MIN_DAY || day > MAX_DAY) {
                        throw new ConversionException("a TIMESTAMP must be in the years 1 to 9999");
                    }
                    out.writeInt64(number, micros);
                },
                epochMicros::applyAsLong);
    }

    private static long micros(String text) {
        try {
            Instant at = OffsetDateTime.parse(text).toInstant();
            return Math.addExact(
                    Math.multiplyExact(at.getEpochSecond(), CivilTime.MICROS_PER_SECOND), at.getNano() / 1_000);
        } catch (DateTimeException e) {
            throw new ConversionException("a zoned timestamp does not have the form 2026-01-31T12:00:00Z", e);
        }
    }

    private static long millis(Object value) {
        return ((Date) value).toInstant().toEpochMilli();
    }

    private static long integer(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        throw new ClassCastException(value.getClass().getName());
    }

    /** The JVM converts strings to UTF-8 many bytes at a time, CodedOutputStream one character at a time. */
    private static void writeText(CodedOutputStream out, int number, Object value) throws IOException {
        out.writeByteArray(number, ((String) value).getBytes(StandardCharsets.UTF_8));
    }

    private static void writeBytes(CodedOutputStream out, int number, Object value) throws IOException {
        if (value instanceof byte[] bytes) {
            out.writeByteArray(number, bytes);
        } else {
            out.writeBytes(number, ByteString.copyFrom(((ByteBuffer) value).duplicate()));
        }
    }
}
