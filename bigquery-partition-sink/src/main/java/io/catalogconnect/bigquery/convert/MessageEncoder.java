package io.catalogconnect.bigquery.convert;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes the fields of one kind of message, numbered from 1 in their order. Not thread-safe. */
final class MessageEncoder {

    /** Reads a field's value. */
    @FunctionalInterface
    interface Getter {
        @Nullable
        Object get(Object whole);
    }

    private final Getter[] getters;
    private final FieldEncoder[] encoders;
    private final RowBuffer buffer = new RowBuffer();

    MessageEncoder(List<Getter> getters, List<FieldEncoder> encoders) {
        this.getters = getters.toArray(new Getter[0]);
        this.encoders = encoders.toArray(new FieldEncoder[0]);
    }

    int fieldCount() {
        return encoders.length;
    }

    /** Encodes into the buffer, which is valid until the next call. */
    RowBuffer encode(Object whole) throws IOException {
        writeFields(buffer.restart(), whole);
        return buffer;
    }

    void writeFields(CodedOutputStream out, Object whole) throws IOException {
        for (int i = 0; i < encoders.length; i++) {
            encoders[i].write(out, i + 1, getters[i].get(whole));
        }
    }

    /** A struct inside a struct. */
    record Nested(String path, MessageEncoder message, boolean optional) implements FieldEncoder {
        @Override
        public void write(CodedOutputStream out, int number, @Nullable Object value) throws IOException {
            if (value != null) {
                message.encode(value).writeTo(out, number);
            } else if (!optional) {
                throw new ConversionException("field '" + path + "' is required and null");
            }
        }
    }

    /** A map, as a list of its entries. */
    record Entries(String path, MessageEncoder entry) implements FieldEncoder {
        @Override
        public void write(CodedOutputStream out, int number, @Nullable Object value) throws IOException {
            if (value == null) {
                return;
            }
            for (Map.Entry<?, ?> each : ((Map<?, ?>) value).entrySet()) {
                entry.encode(each).writeTo(out, number);
            }
        }
    }
}
