package io.catalogconnect.s3csv.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Decodes bytes strictly and remembers which bytes each character came from, for as long as somebody may ask. Malformed bytes
 * become U+FFFD and are remembered, so that only the record that holds them is damaged.
 *
 * <p>Character positions count from the first character ever read, byte positions from the first byte of the stream. Memory
 * is bounded by the bytes from {@link #release} on.
 */
final class OffsetTrackingReader extends Reader {

    /** Blocks grow up to this size, so that a small object needs little memory. */
    private static final int BLOCK_BYTES = 32 * 1024;

    private static final int FIRST_BLOCK_BYTES = 2 * 1024;

    /** Free bytes of a block with which it is not read into again. */
    private static final int FULL_BLOCK_BYTES = 512;

    private static final long INTERRUPTIBLE_BYTES = 16L * 1024 * 1024;

    private final InputStream in;
    private final Charset charset;
    private final CharsetDecoder decoder;
    private final long maxRecordBytes;
    private final boolean carriageReturnEndsLine;
    private final ArrayDeque<Segment> segments = new ArrayDeque<>();
    private final ArrayDeque<Segment> damages = new ArrayDeque<>();
    private CharBuffer chars = CharBuffer.allocate(0);

    /** Read from the stream and not decoded yet. The bytes after its limit are free. */
    private ByteBuffer pending = ByteBuffer.allocate(0);

    private int nextBlockBytes = FIRST_BLOCK_BYTES;
    private long nextByte;
    private long nextChar;
    private long guardFrom;
    private boolean atStart;
    private boolean exhausted;
    private boolean inLine;
    private @Nullable IOException failure;

    private @Nullable Segment cursorSegment;
    private long cursorChar;
    private long cursorByte;

    OffsetTrackingReader(InputStream in, CsvDialect dialect, long firstByte) {
        this.in = in;
        this.charset = dialect.charset();
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        this.maxRecordBytes = dialect.maxRecordBytes();
        this.carriageReturnEndsLine = dialect.carriageReturn() == CsvDialect.CarriageReturn.LINE_END;
        this.nextByte = firstByte;
        this.atStart = firstByte == 0;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (handedOut() - guardFrom > 2 * maxRecordBytes) {
            throw new RecordTooLongException(maxRecordBytes);
        }
        while (!chars.hasRemaining()) {
            if (!decodeMore()) {
                return -1;
            }
        }
        int count = Math.min(length, chars.remaining());
        chars.get(target, offset, count);
        return count;
    }

    /** The position of the character that the next read returns first. */
    long nextCharPosition() {
        return handedOut();
    }

    /** One past the last byte decoded: the length of the stream once it is exhausted. */
    long endByte() {
        return nextByte;
    }

    /**
     * The byte at which the character at a position begins. Positions must be asked in ascending order, none before {@link
     * #release}.
     */
    long byteAt(long position) {
        Segment segment = cursorSegment;
        if (segment == null || position < segment.firstChar() || position >= segment.endChar()) {
            segment = segmentOfChar(position);
            if (segment == null) {
                return nextByte;
            }
            cursorSegment = segment;
            cursorChar = segment.firstChar();
            cursorByte = segment.firstByte();
        }
        if (segment.kind() != Segment.Kind.UTF_8) {
            return segment.firstByte() + (position - segment.firstChar());
        }
        if (position < cursorChar) {
            cursorChar = segment.firstChar();
            cursorByte = segment.firstByte();
        }
        cursorByte = segment.byteBehind(cursorByte, position - cursorChar);
        cursorChar = position;
        return cursorByte;
    }

    private @Nullable Segment segmentOfChar(long position) {
        for (Segment segment : segments) {
            if (position < segment.endChar()) {
                return segment;
            }
        }
        return null;
    }

    /** Starts to count the characters of a record here, for the limit of its size. */
    void recordBeganAt(long character) {
        guardFrom = character;
    }

    /** Bytes before this one are not asked for again. */
    void release(long position) {
        while (!segments.isEmpty() && segments.getFirst().endByte() <= position) {
            segments.removeFirst();
        }
        while (!damages.isEmpty() && damages.getFirst().endByte() <= position) {
            damages.removeFirst();
        }
    }

    /** The first malformed byte within a range, or -1. */
    long damageWithin(long from, long to) {
        for (Segment damage : damages) {
            if (damage.firstByte() >= from && damage.firstByte() < to) {
                return damage.firstByte();
            }
        }
        return -1;
    }

    /** The bytes of a range that was read and not released. */
    byte[] bytes(long from, long to) {
        ByteArrayOutputStream copy = new ByteArrayOutputStream((int) Math.max(0, to - from));
        for (Segment segment : segments) {
            long first = Math.max(from, segment.firstByte());
            long last = Math.min(to, segment.endByte());
            if (first < last) {
                segment.copyTo(copy, first, last);
            }
        }
        return copy.toByteArray();
    }

    /** Restarts at a byte that was read and not released, after the parser failed. */
    void rewind(long position) {
        byte[] again = bytes(position, nextByte);
        ByteBuffer joined = ByteBuffer.allocate(again.length + pending.remaining());
        joined.put(again).put(pending).flip();
        pending = joined;
        segments.clear();
        damages.clear();
        chars.limit(0);
        cursorSegment = null;
        nextByte = position;
        guardFrom = nextChar;
        exhausted = false;
    }

    /**
     * Passes over one line, decoding nothing. To be called right after {@link #rewind}.
     *
     * @param limit number of bytes after which the line is left unfinished, for {@link #finishLine}
     * @return the line's bytes with its end, cut off after the longest record allowed
     */
    byte[] skipLine(long limit) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        inLine = true;
        skip(limit, line);
        return line.toByteArray();
    }

    /** True if a line was left unfinished. */
    boolean isInLine() {
        return inLine;
    }

    /**
     * Passes over the rest of a line that was left unfinished, in bounded memory.
     *
     * @param limit number of bytes after which the line is left unfinished again
     * @return false if it was
     * @throws InterruptedIOException if the thread is interrupted
     */
    boolean finishLine(long limit) throws IOException {
        long end = limit > Long.MAX_VALUE - nextByte ? Long.MAX_VALUE : nextByte + limit;
        while (inLine && nextByte < end) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException(
                        "Reading a row of more than " + maxRecordBytes + " bytes was interrupted");
            }
            skip(INTERRUPTIBLE_BYTES, null);
        }
        return !inLine;
    }

    private void skip(long limit, @Nullable ByteArrayOutputStream copy) throws IOException {
        long skipped = 0;
        while (inLine && skipped < limit) {
            if (!pending.hasRemaining() && !readBlock()) {
                inLine = false;
                return;
            }
            byte[] block = pending.array();
            int from = pending.position();
            int at = from;
            int end = pending.limit();
            while (at < end && block[at] != '\n' && !(carriageReturnEndsLine && block[at] == '\r')) {
                at++;
            }
            boolean lineEnd = at < end;
            boolean carriageReturn = lineEnd && block[at] == '\r';
            at += lineEnd ? 1 : 0;
            pass(at - from, copy);
            skipped += at - from;
            inLine = !lineEnd;
            if (carriageReturn && (pending.hasRemaining() || readBlock()) && pending.get(pending.position()) == '\n') {
                pass(1, copy);
            }
        }
    }

    private void pass(int bytes, @Nullable ByteArrayOutputStream copy) {
        if (copy != null && copy.size() < maxRecordBytes) {
            copy.write(pending.array(), pending.position(), (int) Math.min(bytes, maxRecordBytes - copy.size()));
        }
        pending.position(pending.position() + bytes);
        nextByte += bytes;
    }

    private long handedOut() {
        return nextChar - chars.remaining();
    }

    private boolean decodeMore() throws IOException {
        if (!pending.hasRemaining() && !readBlock()) {
            return false;
        }
        if (atStart) {
            atStart = false;
            skipByteOrderMark();
            return true;
        }
        clearChars();
        int from = pending.position();
        CoderResult result = decoder.decode(pending, chars, false);
        chars.flip();
        if (pending.position() > from) {
            boolean oneToOne = chars.remaining() == pending.position() - from;
            remember(from, pending.position(), oneToOne ? Segment.Kind.ONE_TO_ONE : Segment.Kind.UTF_8);
            return true;
        }
        int damaged = result.isError() ? result.length() : 0;
        if (damaged == 0 && !readBlock()) {
            damaged = pending.remaining();
        }
        if (damaged > 0) {
            int first = pending.position();
            chars.clear().put('\uFFFD').flip();
            pending.position(first + damaged);
            damages.addLast(remember(first, first + damaged, Segment.Kind.DAMAGED));
        }
        return true;
    }

    /** Makes room for the characters of all bytes that are pending, at most for those of a block. */
    private void clearChars() {
        int wanted = Math.min(BLOCK_BYTES, pending.remaining());
        if (chars.capacity() < wanted) {
            chars = CharBuffer.allocate(Math.min(BLOCK_BYTES, Math.max(wanted, 2 * chars.capacity())));
        }
        chars.clear();
    }

    private Segment remember(int from, int to, Segment.Kind kind) {
        Segment segment = new Segment(pending.array(), from, to, nextByte, nextChar, chars.remaining(), kind);
        segments.addLast(segment);
        nextByte = segment.endByte();
        nextChar = segment.endChar();
        decoder.reset();
        return segment;
    }

    private void skipByteOrderMark() throws IOException {
        while (pending.remaining() < 3 && readBlock()) {
            // The first three bytes may come one by one.
        }
        int first = pending.remaining() > 0 ? pending.get(pending.position()) & 0xFF : 0;
        int second = pending.remaining() > 1 ? pending.get(pending.position() + 1) & 0xFF : 0;
        int third = pending.remaining() > 2 ? pending.get(pending.position() + 2) & 0xFF : 0;
        if ((first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE)) {
            throw new UnsupportedCsvException(
                    "starts with the byte order mark of UTF-16, which is not read." + " Convert the file to UTF-8");
        }
        if (charset.equals(StandardCharsets.UTF_8) && first == 0xEF && second == 0xBB && third == 0xBF) {
            pending.position(pending.position() + 3);
            nextByte += 3;
        }
    }

    /** Reads bytes after those that are pending; false at the end of the stream. */
    private boolean readBlock() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (exhausted) {
            return false;
        }
        if (pending.capacity() - pending.limit() < FULL_BLOCK_BYTES) {
            ByteBuffer block = ByteBuffer.allocate(Math.max(nextBlockBytes, pending.remaining() + 1024));
            pending = block.put(pending).flip();
            nextBlockBytes = Math.min(BLOCK_BYTES, 2 * nextBlockBytes);
        }
        int end = pending.limit();
        int count;
        try {
            count = in.read(pending.array(), end, pending.capacity() - end);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        pending.limit(end + Math.max(0, count));
        exhausted = count < 0;
        return count >= 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
