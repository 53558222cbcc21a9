package io.catalogconnect.localbigquery.read;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import io.catalogconnect.localbigquery.store.FieldType;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The body of an Arrow record batch: the buffers of all columns, depth first, as the Arrow columnar format defines them. */
final class ArrowBody {

    /** The length of a column and its number of nulls. */
    record Node(long length, long nulls) {}

    /** The place of a buffer in the body. */
    record Range(long offset, long length) {}

    private static final int ALIGNMENT = 8;
    private static final int NUMERIC_BYTES = 16;
    private static final int BIGNUMERIC_BYTES = 32;

    private final List<Node> nodes = new ArrayList<>();
    private final List<Range> buffers = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    List<Node> nodes() {
        return nodes;
    }

    List<Range> buffers() {
        return buffers;
    }

    /** The bytes; their number is a multiple of 8. */
    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Adds a column. */
    void add(TableFieldSchema field, List<JsonElement> values) {
        if (!"REPEATED".equals(field.getMode())) {
            addElements(field, values);
            return;
        }
        List<JsonElement> elements = new ArrayList<>();
        ByteBuffer offsets = littleEndian((values.size() + 1) * Integer.BYTES).putInt(0);
        for (JsonElement value : values) {
            if (!value.isJsonNull()) {
                value.getAsJsonArray().forEach(elements::add);
            }
            offsets.putInt(elements.size());
        }
        nodes.add(new Node(values.size(), 0));
        addBuffer(new byte[0]);
        addBuffer(offsets);
        addElements(field, elements);
    }

    private void addElements(TableFieldSchema field, List<JsonElement> values) {
        addValidity(values);
        FieldType type = FieldType.of(field.getType()).orElseThrow();
        switch (type) {
            case STRUCT -> {
                for (int i = 0; i < field.getFields().size(); i++) {
                    add(field.getFields().get(i), members(values, i));
                }
            }
            case BOOL -> addBuffer(bits(values, value -> !value.isJsonNull() && value.getAsBoolean()));
            case STRING, JSON, GEOGRAPHY, BYTES -> addTexts(values, type);
            default -> {
                int width = width(type);
                ByteBuffer fixed = littleEndian(values.size() * width);
                for (int i = 0; i < values.size(); i++) {
                    if (!values.get(i).isJsonNull()) {
                        fixed.position(i * width);
                        put(fixed, values.get(i).getAsString(), type);
                    }
                }
                addBuffer(fixed);
            }
        }
    }

    private static List<JsonElement> members(List<JsonElement> structs, int index) {
        return structs.stream()
                .map(struct -> struct.isJsonNull() ? JsonNull.INSTANCE : ((JsonArray) struct).get(index))
                .toList();
    }

    private static int width(FieldType type) {
        return switch (type) {
            case DATE -> Integer.BYTES;
            case NUMERIC -> NUMERIC_BYTES;
            case BIGNUMERIC -> BIGNUMERIC_BYTES;
            default -> Long.BYTES;
        };
    }

    private static void put(ByteBuffer buffer, String value, FieldType type) {
        switch (type) {
            case INT64, TIMESTAMP, DATETIME -> buffer.putLong(Long.parseLong(value));
            case FLOAT64 -> buffer.putDouble(Double.parseDouble(value));
            case DATE -> buffer.putInt((int) LocalDate.parse(value).toEpochDay());
            case TIME -> buffer.putLong(LocalTime.parse(value).toNanoOfDay() / 1000);
            case NUMERIC -> putDecimal(buffer, new BigDecimal(value), ArrowMessages.NUMERIC_SCALE, NUMERIC_BYTES);
            case BIGNUMERIC ->
                putDecimal(buffer, new BigDecimal(value), ArrowMessages.BIGNUMERIC_SCALE, BIGNUMERIC_BYTES);
            default -> throw new IllegalArgumentException("A value of type " + type + " has no fixed width");
        }
    }

    private static void putDecimal(ByteBuffer buffer, BigDecimal value, int scale, int width) {
        BigInteger unscaled = value.setScale(scale).unscaledValue();
        byte[] digits = unscaled.toByteArray();
        for (int i = 0; i < width; i++) {
            int place = digits.length - 1 - i;
            buffer.put(place >= 0 ? digits[place] : (byte) (unscaled.signum() < 0 ? -1 : 0));
        }
    }

    private void addTexts(List<JsonElement> values, FieldType type) {
        ByteBuffer offsets = littleEndian((values.size() + 1) * Integer.BYTES).putInt(0);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (JsonElement value : values) {
            if (!value.isJsonNull()) {
                data.writeBytes(
                        type == FieldType.BYTES
                                ? Base64.getDecoder().decode(value.getAsString())
                                : value.getAsString().getBytes(StandardCharsets.UTF_8));
            }
            offsets.putInt(data.size());
        }
        addBuffer(offsets);
        addBuffer(data.toByteArray());
    }

    private void addValidity(List<JsonElement> values) {
        long nulls = values.stream().filter(JsonElement::isJsonNull).count();
        nodes.add(new Node(values.size(), nulls));
        addBuffer(nulls == 0 ? new byte[0] : bits(values, value -> !value.isJsonNull()));
    }

    private static byte[] bits(List<JsonElement> values, java.util.function.Predicate<JsonElement> isSet) {
        byte[] bits = new byte[(values.size() + Byte.SIZE - 1) / Byte.SIZE];
        for (int i = 0; i < values.size(); i++) {
            if (isSet.test(values.get(i))) {
                bits[i / Byte.SIZE] |= (byte) (1 << (i % Byte.SIZE));
            }
        }
        return bits;
    }

    private void addBuffer(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.capacity()];
        buffer.get(0, copy);
        addBuffer(copy);
    }

    private void addBuffer(byte[] buffer) {
        buffers.add(new Range(bytes.size(), buffer.length));
        bytes.writeBytes(buffer);
        while (bytes.size() % ALIGNMENT != 0) {
            bytes.write(0);
        }
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
