package io.catalogconnect.s3csv.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records by commons-csv, bytes by {@link OffsetTrackingReader}. It parses one record ahead, because a record ends where the
 * next one begins. When commons-csv gives up on a record, its first line is damaged and a new parser starts behind it.
 */
final class CommonsCsvRecordReader implements CsvRecordReader {

    private static final byte[] NOTHING = {};
    private static final long SKIPPED_AT_ONCE = 1024 * 1024;

    private final CsvDialect dialect;
    private final CSVFormat format;
    private final OffsetTrackingReader reader;

    private CSVParser parser;
    private Iterator<CSVRecord> records;
    private boolean started;
    private boolean lastIsOpen;
    private @Nullable CSVRecord ahead;
    private @Nullable String aheadProblem;
    private @Nullable IOException aheadFailure;
    private long aheadStart;
    private long lineOfAhead;
    private long linesInAhead;
    private byte[] last = NOTHING;
    private long lastStart;
    private long lastEnd;

    /**
     * Reads from where the stream stands.
     *
     * @param in closed with this reader
     * @param firstByte the stream's position, zero or the start of a record
     */
    CommonsCsvRecordReader(InputStream in, CsvDialect dialect, long firstByte) throws IOException {
        this.dialect = dialect;
        this.format = format(dialect);
        this.reader = new OffsetTrackingReader(in, dialect.charset(), firstByte, dialect.maxRecordBytes());
        this.parser = newParser();
        this.records = parser.iterator();
        this.aheadStart = firstByte;
    }

    private static CSVFormat format(CsvDialect dialect) {
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(dialect.delimiter())
                .setQuote(dialect.quote())
                .setEscape(dialect.escape())
                .setCommentMarker(dialect.comment())
                .setIgnoreEmptyLines(dialect.skipBlankLines())
                .get();
    }

    private CSVParser newParser() throws IOException {
        return CSVParser.builder()
                .setReader(reader)
                .setFormat(format)
                .setCharacterOffset(reader.nextCharPosition())
                .get();
    }

    @Override
    public @Nullable CsvRecord next() throws IOException {
        finishLast(Long.MAX_VALUE);
        if (!started) {
            parseAhead();
            started = true;
        }
        CSVRecord current = ahead;
        String problem = aheadProblem;
        long begin = aheadStart;
        if (aheadFailure != null) {
            throw aheadFailure;
        }
        if (current == null && problem == null) {
            return null;
        }
        reader.release(begin);
        if (current == null || problem != null) {
            return damaged(begin, String.valueOf(problem));
        }
        parseAhead();
        long end = aheadStart;
        if (end - begin > dialect.maxRecordBytes()) {
            long content = reader.contentStart(begin, end, dialect.skipBlankLines(), dialect.comment());
            if (end - content > dialect.maxRecordBytes()) {
                return damaged(
                        begin, String.valueOf(new RecordTooLongException(dialect.maxRecordBytes()).getMessage()));
            }
        }
        long start = reader.contentStart(begin, end, dialect.skipBlankLines(), dialect.comment());
        lastStart = start;
        lastEnd = end;
        last = NOTHING;
        long malformed = reader.damageWithin(start, end);
        if (malformed >= 0) {
            return new CsvRecord.Damaged(
                    start,
                    end,
                    "byte " + malformed + " is not " + dialect.charset().name());
        }
        return new CsvRecord.Row(start, end, Arrays.asList(current.values()));
    }

    /**
     * Gives up the line that begins here (after blank lines and comments). A very long line is not read to its end before {@link
     * #finishLast}.
     */
    private CsvRecord damaged(long begin, String problem) throws IOException {
        long start = reader.contentStart(begin, reader.endByte(), dialect.skipBlankLines(), dialect.comment());
        reader.rewind(start);
        last = reader.skipLine(Math.max(SKIPPED_AT_ONCE, 2 * dialect.maxRecordBytes()));
        lastStart = start;
        lastEnd = reader.endByte();
        lastIsOpen = true;
        ahead = null;
        aheadProblem = null;
        aheadStart = start;
        if (!reader.isInLine()) {
            finishLast(Long.MAX_VALUE);
        }
        return new CsvRecord.Damaged(start, lastEnd, problem);
    }

    /** Passes over the rest of the line that was given up last, and starts a new parser behind it. */
    @Override
    public boolean finishLast(long limit) throws IOException {
        if (!lastIsOpen) {
            return true;
        }
        if (!reader.finishLine(limit)) {
            return false;
        }
        lastIsOpen = false;
        lastEnd = reader.endByte();
        parser = newParser();
        records = parser.iterator();
        aheadStart = lastEnd;
        lineOfAhead = 0;
        linesInAhead = 0;
        started = false;
        return true;
    }

    /**
     * Parses the record behind the one that is ahead. Afterwards {@code aheadStart} is where the old one ended, even when there
     * is no new one or it cannot be parsed.
     */
    private void parseAhead() throws IOException {
        long previousStart = aheadStart;
        long previousLines = linesInAhead;
        boolean hadPrevious = ahead != null;
        try {
            if (records.hasNext()) {
                CSVRecord record = records.next();
                long lines = parser.getCurrentLineNumber();
                linesInAhead = lines - lineOfAhead;
                lineOfAhead = lines;
                ahead = record;
                aheadStart = reader.byteAt(record.getCharacterPosition());
                reader.recordBeganAt(record.getCharacterPosition());
            } else {
                ahead = null;
                aheadStart = reader.endByte();
            }
        } catch (UncheckedIOException e) {
            IOException broken = reader.failure();
            if (broken != null) {
                if (!hadPrevious) {
                    throw broken;
                }
                // The record in front is whole; the failure is the next one's.
                ahead = null;
                aheadFailure = broken;
                aheadStart = reader.afterLines(previousStart, previousLines);
                return;
            }
            IOException cause = e.getCause();
            if (cause instanceof UnsupportedCsvException) {
                throw cause;
            }
            ahead = null;
            aheadProblem = problem(cause);
            aheadStart = hadPrevious ? reader.afterLines(previousStart, previousLines) : previousStart;
        }
    }

    private static String problem(@Nullable IOException cause) {
        String message = cause == null ? "" : String.valueOf(cause.getMessage());
        if (cause instanceof RecordTooLongException) {
            return message;
        }
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("eof reached before")) {
            return "has a quote that never closes";
        }
        if (lower.contains("between encapsulated token and delimiter")) {
            return "has characters between a closing quote and the next delimiter";
        }
        return "cannot be cut into cells: " + message;
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
        return aheadStart;
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
