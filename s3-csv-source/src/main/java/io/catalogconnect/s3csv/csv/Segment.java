package io.catalogconnect.s3csv.csv;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A run of bytes that were decoded together, kept so that a character's position leads to its byte and a record's bytes can
 * be had again. Its array is shared with the decoder and never written to.
 */
final class Segment {

    /** How bytes and characters correspond. */
    enum Kind {
        /** One byte is one character. */
        ONE_TO_ONE,
        /** Well-formed UTF-8 with multi-byte characters. */
        UTF_8,
        /** Malformed bytes that became one replacement character. */
        DAMAGED
    }

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private final byte[] bytes;
    private final int from;
    private final long firstByte;
    private final long endByte;
    private final long firstChar;
    private final long endChar;
    private final Kind kind;

    /** The positions {@code from} and {@code to} are the array's, the other two the stream's. */
    Segment(byte[] bytes, int from, int to, long firstByte, long firstChar, int chars, Kind kind) {
        this.bytes = bytes;
        this.from = from;
        this.firstByte = firstByte;
        this.endByte = firstByte + (to - from);
        this.firstChar = firstChar;
        this.endChar = firstChar + chars;
        this.kind = kind;
    }

    long firstByte() {
        return firstByte;
    }

    long endByte() {
        return endByte;
    }

    long firstChar() {
        return firstChar;
    }

    long endChar() {
        return endChar;
    }

    Kind kind() {
        return kind;
    }

    byte at(long position) {
        return bytes[from + (int) (position - firstByte)];
    }

    /**
     * The byte of the character that follows a given character by a number of characters, all in well-formed UTF-8. Eight
     * ASCII bytes are skipped at a time.
     */
    long byteBehind(long position, long chars) {
        int start = from + (int) (position - firstByte);
        int at = start;
        long left = chars;
        while (left > 0) {
            if (left >= Long.BYTES
                    && at + Long.BYTES <= bytes.length
                    && ((long) EIGHT_BYTES.get(bytes, at) & NOT_ASCII) == 0) {
                at += Long.BYTES;
                left -= Long.BYTES;
            } else {
                int lead = bytes[at] & 0xFF;
                at += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
                left -= lead < 0xF0 ? 1 : 2;
            }
        }
        return position + (at - start);
    }

    /** Copies a range of the stream's positions that lies within. */
    void copyTo(ByteArrayOutputStream target, long first, long end) {
        target.write(bytes, from + (int) (first - firstByte), (int) (end - first));
    }
}
