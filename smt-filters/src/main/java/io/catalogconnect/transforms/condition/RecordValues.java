package io.catalogconnect.transforms.condition;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.jspecify.annotations.Nullable;

/**
 * Connect's values as the language's values: whole numbers are 64 bits, other numbers are doubles, dates are instants.
 *
 * <p>What is not a number counts as null: it is in no order with anything. A decimal becomes the nearest double: exact enough to compare with a literal, which is a double too. Structs and maps
 * are not copied, they are looked into when a condition asks for a field.
 */
final class RecordValues {
    private static final int MAX_DECIMAL_BITS = 4_096;

    private RecordValues() {}

    /**
     * One value of a record.
     *
     * @param schema the value's schema, or null
     * @param value as Connect holds it
     * @return never Java's null: the language's null is {@link NullValue#NULL_VALUE}
     */
    static Object toCel(@Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof String || value instanceof Long || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            return real(((Number) value).doubleValue());
        }
        if (value instanceof BigDecimal decimal) {
            return real(decimal(decimal));
        }
        if (value instanceof Struct struct) {
            return new RecordView.OfStruct(struct);
        }
        if (value instanceof Map<?, ?> map) {
            return new RecordView.OfMap(map, schema == null ? null : schema.valueSchema());
        }
        if (value instanceof List<?> list) {
            return listOf(schema == null ? null : schema.valueSchema(), list);
        }
        return rare(schema, value);
    }

    /** The JDK converts a decimal through its digits, which takes seconds for a million of them. */
    private static double decimal(BigDecimal value) {
        if (value.unscaledValue().bitLength() > MAX_DECIMAL_BITS) {
            throw Undecided.error("a decimal has more than " + MAX_DECIMAL_BITS + " bits");
        }
        return value.doubleValue();
    }

    private static Object real(double value) {
        // Adding zero makes minus zero zero, which it equals and which it would not be in order with.
        return Double.isNaN(value) ? NullValue.NULL_VALUE : value + 0.0;
    }

    @SuppressWarnings("JavaUtilDate") // Connect's logical types are java.util.Date.
    private static Object rare(@Nullable Schema schema, Object value) {
        if (value instanceof Date date) {
            return schema != null && Time.LOGICAL_NAME.equals(schema.name())
                    ? Duration.ofMillis(date.getTime())
                    : Instant.ofEpochMilli(date.getTime());
        }
        if (value instanceof byte[] bytes) {
            return CelByteString.of(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return CelByteString.of(bytes);
        }
        if (value instanceof BigInteger big && big.bitLength() < Long.SIZE) {
            return big.longValue();
        }
        if (value instanceof BigInteger big) {
            return big.doubleValue();
        }
        throw Undecided.error("a value of " + value.getClass() + " is nothing that a condition can look at");
    }

    private static List<Object> listOf(@Nullable Schema element, List<?> list) {
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                return toCel(element, list.get(index));
            }

            @Override
            public int size() {
                return list.size();
            }
        };
    }

    /** The kind of a value in words, for errors: "a string", "an int". */
    static String kindOf(Object value) {
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Long) {
            return "an int";
        }
        if (value instanceof Double) {
            return "a double";
        }
        if (value instanceof Boolean) {
            return "a bool";
        }
        if (value instanceof Instant) {
            return "a timestamp";
        }
        if (value instanceof Duration) {
            return "a duration";
        }
        if (value instanceof CelByteString) {
            return "bytes";
        }
        if (value instanceof List) {
            return "a list";
        }
        return value instanceof RecordView.OfStruct ? "a struct" : value instanceof Map ? "a map" : "null";
    }
}
