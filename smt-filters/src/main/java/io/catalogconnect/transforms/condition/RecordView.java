package io.catalogconnect.transforms.condition;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A Struct, a Map or the headers as the language sees them: fields by name, converted when asked for and not before.
 *
 * <p>Connect's values become the language's values: whole numbers are 64 bits, other numbers are doubles, dates are instants.
 * NaN counts as null, because it has no order. A decimal becomes the nearest double, which is exact enough for a comparison
 * with a literal, which is a double too. Structs and maps are not copied.
 *
 * <p>{@link #find} is what conditions use. The Map side is there for the language's own functions (size, equality).
 */
abstract class RecordView extends AbstractMap<String, Object> {
    private static final int MAX_DECIMAL_BITS = 4_096;

    /** The field's value, or null when there is no such field. A field that is null gives the language's null. */
    abstract @Nullable Object find(String name);

    /** Whether a schema declares the fields, so that an unknown name is a mistake. */
    abstract boolean declaresItsFields();

    /** What this is, for errors: "schema io.catalogconnect.Product". */
    abstract String description();

    @Override
    public @Nullable Object get(Object key) {
        return key instanceof String name ? find(name) : null;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

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
            return new OfStruct(struct);
        }
        if (value instanceof Map<?, ?> map) {
            return new OfMap(map, schema == null ? null : schema.valueSchema());
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

    static final class OfStruct extends RecordView {
        private final Struct struct;

        OfStruct(Struct struct) {
            this.struct = struct;
        }

        @Override
        @Nullable
        Object find(String name) {
            Field field = struct.schema().field(name);
            return field == null ? null : toCel(field.schema(), struct.get(field));
        }

        @Override
        boolean declaresItsFields() {
            return true;
        }

        @Override
        String description() {
            return describe(struct.schema());
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            Map<String, Object> all = new LinkedHashMap<>();
            for (Field field : struct.schema().fields()) {
                all.put(field.name(), toCel(field.schema(), struct.get(field)));
            }
            return all.entrySet();
        }

        @Override
        public int size() {
            return struct.schema().fields().size();
        }

        static String describe(Schema schema) {
            String name = schema.name() == null ? "without a name" : schema.name();
            return "the record's schema " + name + (schema.version() == null ? "" : " version " + schema.version());
        }
    }

    static final class OfMap extends RecordView {
        private final Map<?, ?> map;
        private final @Nullable Schema values;

        OfMap(Map<?, ?> map, @Nullable Schema values) {
            this.map = map;
            this.values = values;
        }

        @Override
        @Nullable
        Object find(String name) {
            Object value = map.get(name);
            return value == null && !map.containsKey(name) ? null : toCel(values, value);
        }

        @Override
        boolean declaresItsFields() {
            return false;
        }

        @Override
        String description() {
            return "the record's map";
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((key, value) -> all.put(String.valueOf(key), toCel(values, value)));
            return all.entrySet();
        }
    }

    /** Headers by name; of several with one name the last one counts. */
    static final class OfHeaders extends RecordView {
        private final Headers headers;

        OfHeaders(Headers headers) {
            this.headers = headers;
        }

        @Override
        @Nullable
        Object find(String name) {
            Header header = headers.lastWithName(name);
            return header == null ? null : toCel(header.schema(), header.value());
        }

        @Override
        boolean declaresItsFields() {
            return false;
        }

        @Override
        String description() {
            return "the record's headers";
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            Map<String, Object> all = new LinkedHashMap<>();
            for (Header header : headers) {
                all.put(header.key(), toCel(header.schema(), header.value()));
            }
            return all.entrySet();
        }
    }
}
