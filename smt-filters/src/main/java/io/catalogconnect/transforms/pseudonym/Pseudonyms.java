package io.catalogconnect.transforms.pseudonym;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.jspecify.annotations.Nullable;

/**
 * Replaces one field of Structs and Maps by its pseudonym, in a copy. A field that is a list, or is in a list of Structs or Maps,
 * is replaced in each element. Thread-safe at once.
 */
public final class Pseudonyms {

    /** Reports a field whose pseudonym cannot be computed. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String advice;

        RefusedException(String problem, String advice) {
            super(problem);
            this.advice = advice;
        }

        /** The correction, without a full stop. */
        public String advice() {
            return advice;
        }
    }

    private static final int MAX_ZEROS = 1_000;

    private final PseudonymKey key;
    private final FieldPath path;
    private final String domain;
    private final Normalization normalization;
    private final boolean skipsMissing;
    private final PseudonymSchemas schemas;
    private final LongAdder missing = new LongAdder();

    /**
     * Creates the pseudonyms of a field.
     *
     * @param domain fields of one domain have the same pseudonym for the same value
     * @param skipsMissing true if a field that does not exist is ignored
     */
    public Pseudonyms(
            PseudonymKey key, FieldPath path, String domain, Normalization normalization, boolean skipsMissing) {
        this.key = key;
        this.path = path;
        this.domain = domain;
        this.normalization = normalization;
        this.skipsMissing = skipsMissing;
        this.schemas = new PseudonymSchemas(path);
    }

    /** The field. */
    public FieldPath path() {
        return path;
    }

    /** Number of Structs and Maps without the field. */
    public long missing() {
        return missing.sum();
    }

    /**
     * Replaces the field.
     *
     * @return a copy, or the same value if nothing changes
     * @throws RefusedException if the field does not exist, or is a Struct or a Map
     */
    public SchemaAndValue replace(@Nullable Schema schema, Object value) {
        Schema changed = schema == null ? null : schemas.changed(schema);
        return new SchemaAndValue(changed, replace(value, schema, changed, 0));
    }

    private @Nullable Object replace(@Nullable Object value, @Nullable Schema from, @Nullable Schema to, int depth) {
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list) {
            return inList(list, from, to, depth);
        }
        if (path.endsAt(depth)) {
            return pseudonym(value, from);
        }
        String name = path.names().get(depth);
        if (value instanceof Struct struct) {
            Field field = struct.schema().field(name);
            return field == null ? missing(name, struct) : inStruct(struct, field, to, depth);
        }
        if (value instanceof Map<?, ?> map) {
            return map.containsKey(name) ? inMap(map, name, from, depth) : missing(name, map);
        }
        throw new RefusedException("field '" + name + "' is read from a value that has no fields", "Correct the path");
    }

    private Object inList(List<?> list, @Nullable Schema from, @Nullable Schema to, int depth) {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        for (Object element : list) {
            copy.add(replace(
                    element, from == null ? null : from.valueSchema(), to == null ? null : to.valueSchema(), depth));
        }
        return copy;
    }

    private Object inStruct(Struct struct, Field field, @Nullable Schema to, int depth) {
        Schema target = to == null ? struct.schema() : to;
        // With the default of the schema, which the changed schema does not have.
        Object old = struct.get(field);
        Object changed = replace(old, field.schema(), target.field(field.name()).schema(), depth + 1);
        if (changed == old && target == struct.schema()) {
            return struct;
        }
        Struct copy = new Struct(target);
        for (Field each : struct.schema().fields()) {
            copy.put(each.name(), each.index() == field.index() ? changed : struct.getWithoutDefault(each.name()));
        }
        return copy;
    }

    private Object inMap(Map<?, ?> map, String name, @Nullable Schema from, int depth) {
        Schema values = from == null ? null : from.valueSchema();
        if (values != null && values.type() != Schema.Type.STRING && values.type() != Schema.Type.BYTES) {
            throw new RefusedException(
                    "field '" + name + "' is in a map whose values are "
                            + values.type().getName() + ", and all values of a map have one type",
                    "Convert the map first");
        }
        Object old = map.get(name);
        Object changed = replace(old, values, values, depth + 1);
        if (changed == old) {
            return map;
        }
        Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>(map);
        copy.put(name, changed);
        return copy;
    }

    private Object pseudonym(Object value, @Nullable Schema schema) {
        if (value instanceof byte[] bytes) {
            return key.ofBytes(domain, bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return ByteBuffer.wrap(key.ofBytes(domain, bytes));
        }
        return key.ofText(domain, normalization.apply(textOf(value, schema)));
    }

    /** A text for each value, so that a number and the text of the number have the same pseudonym. */
    @SuppressWarnings("JavaUtilDate") // Connect's logical types are java.util.Date.
    private String textOf(Object value, @Nullable Schema schema) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            // Without an exponent, unless that would be long.
            return value instanceof BigDecimal decimal && Math.abs((long) decimal.scale()) <= MAX_ZEROS
                    ? decimal.toPlainString()
                    : value.toString();
        }
        if (value instanceof java.util.Date date) {
            Instant instant = Instant.ofEpochMilli(date.getTime());
            String name = schema == null ? "" : String.valueOf(schema.name());
            return switch (name) {
                case Date.LOGICAL_NAME ->
                    instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
                case Time.LOGICAL_NAME ->
                    instant.atOffset(ZoneOffset.UTC).toLocalTime().toString();
                default -> instant.toString();
            };
        }
        throw new RefusedException(
                "field '" + path + "' is a struct or a map", "Name the fields in it, for example " + path + ".name");
    }

    private Object missing(String name, Object holder) {
        missing.increment();
        if (skipsMissing) {
            return holder;
        }
        throw new RefusedException(
                "there is no field '" + name + "'", "Correct the path, or set on.missing.field to skip");
    }
}
