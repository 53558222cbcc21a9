package io.catalogconnect.s3csv.object;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The data of a gzip file (RFC 1952): the members one after the other, each with its checksum and length verified. Unlike the
 * JDK's stream it reports bytes after the last member, which are rows that would be lost. Zero bytes there are padding. For one
 * thread.
 */
final class GzipStream extends DecodingStream {

    private static final int BUFFER = 64 * 1024;
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final CRC32 headerChecksum = new CRC32();
    private final byte[] buffer;
    private int next;
    private int limit;
    private long bytesRead;
    private long length;
    private boolean inMember;
    private boolean ended;

    /**
     * Reads nothing yet. The stream is closed with this one.
     *
     * @param size number of bytes in the stream
     */
    GzipStream(InputStream in, long size) {
        this.in = in;
        this.buffer = new byte[(int) Math.min(BUFFER, Math.max(1, size))];
    }

    @Override
    long position() {
        return bytesRead - (inMember ? inflater.getRemaining() : limit - next);
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember && !startMember()) {
                ended = true;
                break;
            }
            int inflated = inflate(target, offset, count);
            if (inflated > 0) {
                checksum.update(target, offset, inflated);
                length += inflated;
                return inflated;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("the data needs a dictionary");
            } else {
                if (!fill()) {
                    throw new ZipException("it ends within the data");
                }
                inflater.setInput(buffer, 0, limit);
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int count) throws ZipException {
        try {
            return inflater.inflate(target, offset, count);
        } catch (DataFormatException e) {
            throw new ZipException("the data is damaged (" + e.getMessage() + ")");
        }
    }

    /** Reads the header of a member; false at the end of the stream. */
    private boolean startMember() throws IOException {
        boolean first = bytesRead == 0;
        if (next == limit && !fill()) {
            return false;
        }
        if (!first && buffer[next] == 0) {
            requirePadding();
            return false;
        }
        headerChecksum.reset();
        if (buffer[next] != (byte) 0x1F || headerByte() != 0x1F || headerByte() != 0x8B) {
            throw new ZipException(
                    first ? "it does not start as a gzip file" : "bytes that are not gzip follow the compressed data");
        }
        int method = headerByte();
        int flags = headerByte();
        if (method != DEFLATE || (flags & RESERVED) != 0) {
            throw new ZipException("the header of a member is damaged");
        }
        for (int i = 0; i < 6; i++) {
            headerByte();
        }
        if ((flags & EXTRA) != 0) {
            int extra = headerByte() | headerByte() << 8;
            for (int i = 0; i < extra; i++) {
                headerByte();
            }
        }
        skipText((flags & NAME) != 0);
        skipText((flags & COMMENT) != 0);
        if ((flags & HEADER_CRC) != 0) {
            int expected = (int) headerChecksum.getValue() & 0xFFFF;
            if ((headerByte() | headerByte() << 8) != expected) {
                throw new ZipException("the checksum of a header is wrong");
            }
        }
        inflater.reset();
        inflater.setInput(buffer, next, limit - next);
        checksum.reset();
        length = 0;
        inMember = true;
        return true;
    }

    private void skipText(boolean present) throws IOException {
        boolean inText = present;
        while (inText) {
            inText = headerByte() != 0;
        }
    }

    private void requirePadding() throws IOException {
        while (next < limit || fill()) {
            if (buffer[next] != 0) {
                throw new ZipException("bytes that are not gzip follow the compressed data");
            }
            next++;
        }
    }

    private void endMember() throws IOException {
        next = limit - inflater.getRemaining();
        inMember = false;
        long expectedChecksum = trailerNumber();
        long expectedLength = trailerNumber();
        if (expectedChecksum != checksum.getValue()) {
            throw new ZipException("the checksum of the data is wrong");
        }
        if (expectedLength != (length & 0xFFFF_FFFFL)) {
            throw new ZipException("the length of the data is wrong");
        }
    }

    private long trailerNumber() throws IOException {
        long number = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            number |= (long) storedByte() << shift;
        }
        return number;
    }

    private int headerByte() throws IOException {
        int value = storedByte();
        headerChecksum.update(value);
        return value;
    }

    private int storedByte() throws IOException {
        if (next == limit && !fill()) {
            throw new ZipException("it ends within a header or a trailer");
        }
        return buffer[next++] & 0xFF;
    }

    private boolean fill() throws IOException {
        int count = in.read(buffer, 0, buffer.length);
        next = 0;
        limit = Math.max(0, count);
        bytesRead += limit;
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
