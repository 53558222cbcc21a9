package io.catalogconnect.localbigquery.avro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads Avro's binary encoding from bytes in memory. Every read fails instead of passing the end. */
final class AvroInput {

    /** Limit of the values in one row, counting the fields of records and the elements of arrays. */
    static final int MAX_VALUES = 1_000_000;

    private static final int MAX_SHIFT = 63;

    private final byte[] bytes;
    private int position;
    private int values;

    AvroInput(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return position;
    }

    int remaining() {
        return bytes.length - position;
    }

    /** Begins a row. */
    void startRow() {
        values = 0;
    }

    /** Counts values of the row before memory is allocated for them. */
    void count(int more) {
        if (more > MAX_VALUES - values) {
            throw new AvroException("A row has more than " + MAX_VALUES + " values");
        }
        values += more;
    }

    private byte readByte() {
        if (position == bytes.length) {
            throw new AvroException("EOF reached");
        }
        return bytes[position++];
    }

    /** A zigzag varint. */
    long readLong() {
        long value = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new AvroException("A number has more than 64 bits");
    }

    int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw new AvroException("The number " + value + " has more than 32 bits");
        }
        return (int) value;
    }

    boolean readBoolean() {
        byte value = readByte();
        if (value != 0 && value != 1) {
            throw new AvroException("The byte " + value + " is not a boolean");
        }
        return value == 1;
    }

    double readFloat() {
        return littleEndian(Float.BYTES).getFloat();
    }

    double readDouble() {
        return littleEndian(Double.BYTES).getDouble();
    }

    private ByteBuffer littleEndian(int size) {
        return ByteBuffer.wrap(readFixed(size)).order(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] readFixed(int size) {
        if (size > remaining()) {
            throw new AvroException("EOF reached");
        }
        position += size;
        return Arrays.copyOfRange(bytes, position - size, position);
    }

    byte[] readBytes() {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw new AvroException("A value with the length " + length + " does not fit into its block");
        }
        return readFixed((int) length);
    }

    String readString() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(readBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AvroException("A string is not valid UTF-8");
        }
    }
}
