package io.catalogconnect.s3csv.csv;

import io.catalogconnect.s3csv.csv.CsvDialect.CarriageReturn;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts files of every dialect into records, by characters; {@link OffsetTrackingReader} maps characters to bytes. If a record
 * cannot be cut, its first line is damaged, and the next record begins after this line.
 */
final class CharacterCsvRecordReader implements CsvRecordReader {

    private static final byte[] NOTHING = {};
    private static final int FIRST_BLOCK_CHARACTERS = 512;
    private static final int BLOCK_CHARACTERS = 8 * 1024;
    private static final long SKIPPED_AT_ONCE = 1024 * 1024;

    /** More carriage returns in sequence are not a line end. */
    private static final int MOST_CARRIAGE_RETURNS = 16;

    /** Number of bytes of blank lines and comments after which the caller can stop. */
    private static final long SKIPPED_COMMENTS = 16L * 1024 * 1024;

    private static final long NOT_YET = -2;

    /** Stands for a character that the dialect does not have, and for the end of the stream. */
    private static final int NONE = -1;

    private final CsvDialect dialect;
    private final OffsetTrackingReader reader;
    private final String delimiter;
    private final char delimiterStart;
    private final int quote;
    private final int escape;
    private final int comment;
    private final CarriageReturn carriageReturn;

    /** Grows while the stream fills it, so that a small object needs little memory. */
    private char[] block = new char[FIRST_BLOCK_CHARACTERS];
    /** The stream's position of the block's first character. */
    private long blockStart;
    /** The next character in the block. */
    private int at;
    /** One past the last character in the block. */
    private int limit;

    /** The cell up to the next character, unless the whole cell is in the block. */
    private final StringBuilder text = new StringBuilder();

    /** True if a comment was skipped in part. */
    private boolean inComment;

    /** Byte of the record's first carriage return that makes it damaged, or {@link #NONE}. */
    private long strayReturn;

    /** True if the current cell contains an escape sequence, other than the one that {@code startsWithNull} states. */
    private boolean escaped;

    /** True if the current cell starts with the escape character and N, which together are null in database dumps. */
    private boolean startsWithNull;

    private BitSet literals = CsvRecord.Row.NO_LITERALS;
    private int width;
    private String problem = "";
    private byte[] last = NOTHING;
    private long lastStart;
    private long lastEnd;
    private boolean lastIsOpen;

    /**
     * Reads from the current position of the stream.
     *
     * @param in closed with this reader
     * @param firstByte the stream's position, zero or the start of a record
     */
    CharacterCsvRecordReader(InputStream in, CsvDialect dialect, long firstByte) {
        this.dialect = dialect;
        this.reader = new OffsetTrackingReader(in, dialect, firstByte);
        this.delimiter = dialect.delimiter();
        this.delimiterStart = delimiter.charAt(0);
        this.quote = orNone(dialect.quote());
        this.escape = orNone(dialect.escape());
        this.comment = orNone(dialect.comment());
        this.carriageReturn = dialect.carriageReturn();
        this.blockStart = reader.nextCharPosition();
        this.lastEnd = firstByte;
    }

    private static int orNone(@Nullable Character character) {
        return character == null ? NONE : character;
    }

    @Override
    public @Nullable CsvRecord next() throws IOException {
        finishLast(Long.MAX_VALUE);
        long start = startOfRecord();
        if (start == NONE) {
            return null;
        }
        if (start == NOT_YET) {
            return new CsvRecord.Skipped(lastEnd, reader.byteAt(position()));
        }
        List<String> cells = new ArrayList<>(width);
        strayReturn = NONE;
        literals = CsvRecord.Row.NO_LITERALS;
        boolean whole;
        try {
            whole = cut(cells);
        } catch (RecordTooLongException e) {
            whole = refuse(String.valueOf(e.getMessage()));
        }
        if (!whole) {
            return damaged(start);
        }
        long end = reader.byteAt(position());
        if (end - start > dialect.maxRecordBytes()) {
            refuse(String.valueOf(new RecordTooLongException(dialect.maxRecordBytes()).getMessage()));
            return damaged(start);
        }
        width = cells.size();
        last = NOTHING;
        lastStart = start;
        lastEnd = end;
        long malformed = reader.damageWithin(start, end);
        if (malformed >= 0) {
            return new CsvRecord.Damaged(
                    start,
                    end,
                    "has a byte that is not " + dialect.charset().name() + ", at byte " + malformed
                            + " (csv.charset names the encoding)");
        }
        return strayReturn == NONE
                ? new CsvRecord.Row(start, end, cells, literals)
                : new CsvRecord.Damaged(
                        start,
                        end,
                        "has a carriage return without a line feed outside of quotes, at byte " + strayReturn
                                + " (csv.carriage.return=text reads it as text, line-end as the end of a row)");
    }

    /**
     * Skips blank lines and comments; returns the byte at which the next record begins, {@link #NONE} at the end, or {@link
     * #NOT_YET} after many of them.
     */
    private long startOfRecord() throws IOException {
        long stop = reader.byteAt(position()) + SKIPPED_COMMENTS;
        while (true) {
            if (inComment && !skipComment(stop)) {
                return NOT_YET;
            }
            int first = peek();
            if (first == NONE) {
                return NONE;
            }
            long start = reader.byteAt(position());
            reader.recordBeganAt(position());
            reader.release(start);
            if (start > stop) {
                return NOT_YET;
            }
            if (first == comment) {
                inComment = true;
            } else if (dialect.skipBlankLines() && isAtLineEnd()) {
                skipLineEnd();
            } else {
                return start;
            }
        }
    }

    /** Skips a comment of any length in bounded memory; false if it does not end before a byte. */
    private boolean skipComment(long stop) throws IOException {
        for (int next = peek(); next != NONE && !isAtLineEnd(); next = peek()) {
            at++;
            if (at == limit) {
                long start = reader.byteAt(position());
                reader.recordBeganAt(position());
                reader.release(start);
                if (start > stop) {
                    return false;
                }
            }
        }
        inComment = false;
        skipLineEnd();
        return true;
    }

    /** Cuts a record and its line end into cells; false if that is not possible, for the reason in {@code problem}. */
    private boolean cut(List<String> cells) throws IOException {
        do {
            text.setLength(0);
            escaped = false;
            startsWithNull = false;
            boolean inQuotes = peek() == quote && quote != NONE;
            String cell = inQuotes ? quoted() : unquoted();
            if (cell == null) {
                return false;
            }
            if (startsWithNull && (escaped || cell.length() > 2)) {
                cell = cell.substring(1);
                escaped = true;
            }
            if (escaped || (inQuotes && dialect.marksQuotes())) {
                literals = literals.isEmpty() ? new BitSet() : literals;
                literals.set(cells.size());
            }
            cells.add(cell);
        } while (skipDelimiter());
        skipLineEnd();
        return true;
    }

    /** A cell without quotes around it, up to the delimiter or line end after it; null for a cell that is not whole. */
    private @Nullable String unquoted() throws IOException {
        while (true) {
            int from = at;
            while (at < limit && !endsText(block[at])) {
                at++;
            }
            if (at < limit
                    && text.isEmpty()
                    && (block[at] == '\n' || (block[at] == delimiterStart && delimiter.length() == 1))) {
                return new String(block, from, at - from);
            }
            text.append(block, from, at - from);
            int next = peek();
            if (next == NONE || isAtDelimiter() || isAtLineEnd()) {
                return text.toString();
            }
            if (next == escape) {
                if (!unescape()) {
                    return null;
                }
            } else if (next == '\r') {
                text.append('\r');
                skipCarriageReturn();
            } else if (next == delimiterStart) {
                text.append(delimiterStart);
                at++;
            }
        }
    }

    private boolean endsText(int character) {
        return character == delimiterStart || character == '\n' || character == '\r' || character == escape;
    }

    /** Null for a cell that is not whole. */
    private @Nullable String quoted() throws IOException {
        at++;
        while (true) {
            int from = at;
            while (at < limit && block[at] != quote && block[at] != escape) {
                at++;
            }
            text.append(block, from, at - from);
            int next = peek();
            if (next == NONE) {
                refuse("has a quote that never closes (csv.quote=none reads quotes as text)");
                return null;
            }
            if (next == escape) {
                if (!unescape()) {
                    return null;
                }
            } else if (next == quote) {
                at++;
                if (peek() != quote) {
                    return skipBlanksAfterQuote() ? text.toString() : null;
                }
                text.append(block[at++]);
            }
        }
    }

    private boolean skipBlanksAfterQuote() throws IOException {
        while (true) {
            int next = peek();
            if (next == NONE || isAtDelimiter() || isAtLineEnd()) {
                return true;
            }
            if (!Character.isWhitespace(next)) {
                return refuse(
                        "has characters between a closing quote and the next delimiter (double a quote within a cell; see also csv.escape)");
            }
            if (next == '\r') {
                skipCarriageReturn();
            } else {
                at++;
            }
        }
    }

    /** Appends the character that an escape sequence stands for; false if the sequence is not whole. */
    private boolean unescape() throws IOException {
        at++;
        int next = peek();
        if (next == NONE) {
            return refuse("ends with the escape character (check csv.escape)");
        }
        at++;
        if (next == 'N' && text.isEmpty()) {
            startsWithNull = true;
            text.append((char) escape).append('N');
            return true;
        }
        escaped = true;
        switch (next) {
            case '0' -> text.append('\0');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'v' -> text.append('\u000B');
            case 'Z' -> text.append('\u001A');
            default -> text.append((char) next);
        }
        if (next == '\r' && peek() == '\n') {
            text.append('\n');
            at++;
        }
        return true;
    }

    private boolean skipDelimiter() throws IOException {
        boolean found = isAtDelimiter();
        at += found ? delimiter.length() : 0;
        return found;
    }

    private boolean isAtDelimiter() throws IOException {
        if (peek() != delimiterStart || !has(delimiter.length())) {
            return false;
        }
        for (int i = 1; i < delimiter.length(); i++) {
            if (block[at + i] != delimiter.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** True before the line feed or the carriage return that ends a line. */
    private boolean isAtLineEnd() throws IOException {
        int next = peek();
        if (next != '\r' || carriageReturn == CarriageReturn.LINE_END) {
            return next == '\n' || next == '\r';
        }
        for (int ahead = 1; ahead <= MOST_CARRIAGE_RETURNS; ahead++) {
            if (!has(ahead + 1) || block[at + ahead] == '\n') {
                return true;
            }
            if (block[at + ahead] != '\r') {
                return false;
            }
        }
        return false;
    }

    /** Skips a carriage return that does not belong to a line end. */
    private void skipCarriageReturn() {
        if (carriageReturn == CarriageReturn.BAD && strayReturn == NONE) {
            strayReturn = reader.byteAt(position());
        }
        at++;
    }

    private void skipLineEnd() throws IOException {
        do {
            if (peek() == '\r') {
                at++;
            }
        } while (carriageReturn != CarriageReturn.LINE_END && peek() == '\r');
        if (peek() == '\n') {
            at++;
        }
    }

    /** Always false. */
    private boolean refuse(String reason) {
        problem = reason;
        return false;
    }

    /** The next character, or {@link #NONE} at the end of the stream. */
    private int peek() throws IOException {
        return at < limit || has(1) ? block[at] : NONE;
    }

    /** True if the block contains, or can get, a number of next characters. */
    private boolean has(int characters) throws IOException {
        while (limit - at < characters) {
            boolean grows = limit == block.length && limit < BLOCK_CHARACTERS;
            char[] next = grows ? new char[Math.min(BLOCK_CHARACTERS, 4 * limit)] : block;
            System.arraycopy(block, at, next, 0, limit - at);
            block = next;
            blockStart += at;
            limit -= at;
            at = 0;
            int count = reader.read(block, limit, block.length - limit);
            if (count < 0) {
                return false;
            }
            limit += count;
        }
        return true;
    }

    /** The stream's position of the next character. */
    private long position() {
        return blockStart + at;
    }

    /** Gives up the line that begins at a byte. A very long line is not read to its end before {@link #finishLast}. */
    private CsvRecord damaged(long start) throws IOException {
        reader.rewind(start);
        last = reader.skipLine(Math.max(SKIPPED_AT_ONCE, 2 * dialect.maxRecordBytes()));
        lastStart = start;
        lastEnd = reader.endByte();
        lastIsOpen = true;
        if (!reader.isInLine()) {
            finishLast(Long.MAX_VALUE);
        }
        return new CsvRecord.Damaged(start, lastEnd, problem);
    }

    @Override
    public boolean finishLast(long limitBytes) throws IOException {
        if (!lastIsOpen) {
            return true;
        }
        if (!reader.finishLine(limitBytes)) {
            return false;
        }
        lastIsOpen = false;
        lastEnd = reader.endByte();
        blockStart = reader.nextCharPosition();
        at = 0;
        limit = 0;
        return true;
    }

    @Override
    public byte[] bytesOfLast() {
        if (last.length == 0 && lastEnd > lastStart) {
            last = reader.bytes(lastStart, lastEnd);
        }
        return last.clone();
    }

    @Override
    public long nextStart() {
        return lastEnd;
    }

    @Override
    public long endOfStream() {
        return reader.endByte();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
