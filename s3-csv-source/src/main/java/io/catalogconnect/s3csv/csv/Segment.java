package io.catalogconnect.s3csv.csv;

import java.io.ByteArrayOutputStream;

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

    /** Copies a range of the stream's positions that lies within. */
    void copyTo(ByteArrayOutputStream target, long first, long end) {
        target.write(bytes, from + (int) (first - firstByte), (int) (end - first));
    }
}
