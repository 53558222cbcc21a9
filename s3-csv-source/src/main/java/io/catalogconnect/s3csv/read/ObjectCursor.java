package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.assign.UnreadObject;
import io.catalogconnect.s3csv.csv.CsvReaders;
import io.catalogconnect.s3csv.csv.CsvRecord;
import io.catalogconnect.s3csv.csv.CsvRecordReader;
import io.catalogconnect.s3csv.csv.FooterReader;
import io.catalogconnect.s3csv.csv.HeaderLine;
import io.catalogconnect.s3csv.csv.UnsupportedCsvException;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.record.DamagedObjectException;
import io.catalogconnect.s3csv.record.ObjectEvent;
import io.catalogconnect.s3csv.record.Provenance;
import io.catalogconnect.s3csv.record.RowConverter;
import io.catalogconnect.s3csv.record.RowResult;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one object from a position to its end. It reads one delivered row ahead, so that it knows which row is the last. For
 * one thread. After an {@link IOException} it cannot be used any more; a new cursor resumes from the last item's {@code after}.
 */
public final class ObjectCursor implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(ObjectCursor.class);
    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final int LOGGED_MALFORMED_ROWS = 10;

    /** Number of bytes that one call reads without finding a row that is delivered. */
    private static final long BYTES_AT_ONCE = 64L * 1024 * 1024;

    /** Connect's producer sends records of up to 1 MB, and each offset contains the header. */
    private static final int LONGEST_HEADER = 512 * 1024;

    private final UnreadObject unread;
    private final ObjectRef object;
    private final ObjectFormat format;
    private final CsvRecordReader reader;
    private final RowConverter converter;
    private final Provenance provenance;
    private final @Nullable String header;
    private final long maxRowBytes;
    private SourceOffset position;
    private long rows;
    private long malformedRows;
    private final MalformedRowHints hints = new MalformedRowHints();
    private @Nullable Ahead ahead;

    /** The progress before {@code ahead}, while the row after it is read. */
    private @Nullable SourceOffset beforeAhead;

    private @Nullable Unfinished unfinished;
    private boolean paused;
    private final ArrayDeque<ObjectEvent.Kind> events = new ArrayDeque<>();
    private final ArrayDeque<Closing> closings = new ArrayDeque<>();

    /** Items after the last row. */
    private enum Closing {
        MARKER,
        COMPLETED
    }

    /**
     * The row after the last item, the end of the object, or the failure there.
     *
     * @param row number of the row
     * @param start position of its first byte
     * @param malformed true if it is a malformed row
     * @param result null at the end of the object and for a failure
     * @param bytes of a malformed row that is delivered
     * @param failure null for no failure
     */
    private record Ahead(
            long row,
            long start,
            boolean malformed,
            @Nullable RowResult result,
            ByteBuffer bytes,
            @Nullable Exception failure) {

        static Ahead row(long row, long start, RowResult result, ByteBuffer bytes) {
            return new Ahead(row, start, result.isMalformed(), result, bytes, null);
        }

        static Ahead end(long row, long start) {
            return new Ahead(row, start, false, null, NO_BYTES, null);
        }

        static Ahead failure(long row, long start, boolean malformed, Exception failure) {
            return new Ahead(row, start, malformed, null, NO_BYTES, failure);
        }

        boolean isEnd() {
            return result == null && failure == null;
        }
    }

    /** A malformed row that was counted, and whose end was not reached yet. */
    private record Unfinished(CsvRecord record, RowResult result) {}

    private ObjectCursor(
            UnreadObject unread,
            ObjectFormat format,
            CsvRecordReader reader,
            @Nullable List<String> header,
            LocalDate fileDate)
            throws DamagedObjectException {
        this.unread = unread;
        this.object = unread.object();
        SourceOffset from = unread.from();
        this.format = format;
        this.reader = reader;
        if (header != null && format.columns().isEmpty()) {
            FileHeader.check(header, format.fileDateColumn());
        }
        this.header = header == null ? null : HeaderLine.encode(header);
        if (this.header != null && this.header.length() > LONGEST_HEADER) {
            throw new DamagedObjectException("the header has " + this.header.length() + " characters, more than "
                    + LONGEST_HEADER + ", with which Connect could not store the object's offset. Correct the file, or"
                    + " csv.delimiter and csv.quote");
        }
        this.converter =
                new RowConverter(format.schemaFor(header), format.rowPolicy(), header, fileDate, format.showsCells());
        this.maxRowBytes = format.maxRowBytes(object.key());
        this.provenance = new Provenance(object, fileDate, format.keyGroups().in(object.key()));
        this.position = from;
        this.rows = from.rows();
        this.malformedRows = from.malformedRows();
        if (format.events() && from.nextByte() == 0) {
            if (unread.formerEtag() != null) {
                events.add(ObjectEvent.Kind.SUPERSEDED);
            }
            events.add(ObjectEvent.Kind.STARTED);
        }
        if (format.endMarkers()) {
            closings.add(Closing.MARKER);
        }
        if (format.events()) {
            closings.add(Closing.COMPLETED);
        }
    }

    /**
     * Opens an object.
     *
     * @param unread the object, and the progress in it
     * @throws DamagedObjectException if the object is damaged as a whole; the message starts with its URI
     */
    public static ObjectCursor open(UnreadObject unread, ObjectFormat format, ObjectBytes bytes)
            throws IOException, DamagedObjectException {
        ObjectRef object = unread.object();
        SourceOffset from = unread.from();
        LocalDate fileDate;
        try {
            fileDate = format.keyPattern().fileDate(object);
        } catch (DateTimeException e) {
            throw new DamagedObjectException(object + ": " + e.getMessage());
        }
        List<String> header = HeaderLine.decodeNullable(from.header());
        CsvRecordReader reader = null;
        boolean opened = false;
        boolean headerWasRead = false;
        try {
            if (format.header() && header == null) {
                reader = newReader(object, 0, format, bytes);
                header = FileHeader.read(object, reader, format);
                headerWasRead = from.nextByte() == 0;
                if (from.nextByte() > 0) {
                    reader.close();
                    reader = null;
                }
            }
            if (reader == null) {
                reader = newReader(object, from.nextByte(), format, bytes);
            }
            List<String> names = format.header() ? header : null;
            reader = FooterReader.of(reader, format.dialect());
            ObjectCursor cursor = new ObjectCursor(unread, format, reader, names, fileDate);
            opened = true;
            return cursor;
        } catch (UnsupportedCsvException e) {
            throw new DamagedObjectException(object + " " + e.getMessage());
        } catch (DamagedObjectException e) {
            String hint = headerWasRead && reader != null ? FileHeader.below(reader, format) : "";
            throw new DamagedObjectException(object + ": " + e.getMessage() + hint);
        } finally {
            if (!opened && reader != null) {
                reader.close();
            }
        }
    }

    private static CsvRecordReader newReader(ObjectRef object, long from, ObjectFormat format, ObjectBytes bytes)
            throws IOException {
        return CsvReaders.open(bytes.open(object, from), format.dialect(), from);
    }

    public ObjectRef object() {
        return object;
    }

    /** Number of rows of the file read so far, malformed rows and rows read by former tasks included. */
    public long rows() {
        return rows;
    }

    /**
     * The next item; null at the end of the object, and for a pause ({@link #isPaused()}).
     *
     * @throws MalformedRowException before a malformed row that must fail the task
     * @throws DamagedObjectException before the malformed row that exceeds a limit
     * @throws IOException if the bytes cannot be read
     */
    public @Nullable Item next() throws IOException, MalformedRowException, DamagedObjectException {
        Ahead current = ahead;
        if (current == null) {
            current = readAhead();
            if (current == null) {
                return null;
            }
            ahead = current;
        }
        if (current.failure() instanceof IOException unreadable) {
            throw unreadable;
        }
        ObjectEvent.Kind event = events.poll();
        if (event == ObjectEvent.Kind.SUPERSEDED) {
            return event(event, String.valueOf(unread.formerEtag()), position);
        }
        if (event != null) {
            return event(event, object.etag(), progressBefore(current));
        }
        throwFailure(current.failure());
        RowResult result = current.result();
        if (result == null) {
            return closing(current);
        }
        SourceOffset before = beforeAhead;
        if (before == null) {
            before = position.nextByte() == 0 ? progressBefore(current) : position;
            beforeAhead = before;
        }
        Ahead next = readAhead();
        if (next == null) {
            return null;
        }
        beforeAhead = null;
        SourceOffset after = progressBefore(next);
        position = after;
        ahead = next;
        return new Item.Row(result, current.bytes(), current.row(), current.start(), provenance, before, after);
    }

    private static void throwFailure(@Nullable Exception failure) throws MalformedRowException, DamagedObjectException {
        if (failure instanceof MalformedRowException malformed) {
            throw malformed;
        }
        if (failure instanceof DamagedObjectException damaged) {
            throw damaged;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    /** True if the last call returned null after many bytes without a row, so that the caller can stop; the next continues. */
    public boolean isPaused() {
        return paused;
    }

    /** True if every row was returned and an end marker or event follows: it needs no bytes, and belongs to the last row. */
    public boolean isClosing() {
        return ahead != null && ahead.isEnd() && !closings.isEmpty();
    }

    /** The last one is done. */
    private @Nullable Item closing(Ahead end) {
        Closing closing = closings.poll();
        if (closing == null) {
            return null;
        }
        SourceOffset before = position;
        SourceOffset after = progressBefore(end);
        if (closing == Closing.COMPLETED) {
            return event(ObjectEvent.Kind.COMPLETED, object.etag(), after);
        }
        position = after;
        return new Item.End(rows, malformedRows, end.start(), provenance, before, after);
    }

    private Item event(ObjectEvent.Kind kind, String etag, SourceOffset after) {
        SourceOffset before = position;
        position = after;
        return new Item.Event(
                kind, etag, after.rows(), after.malformedRows(), after.nextByte(), provenance, before, after);
    }

    /** The progress up to what follows. At the end the object is done, unless an end marker or event follows. */
    private SourceOffset progressBefore(Ahead next) {
        if (next.isEnd()) {
            return position.at(
                    next.start(),
                    rows,
                    malformedRows,
                    header,
                    closings.isEmpty() ? SourceOffset.State.DONE : SourceOffset.State.OPEN);
        }
        long malformed = next.malformed() ? malformedRows - 1 : malformedRows;
        return position.at(next.start(), next.row() - 1, malformed, header, SourceOffset.State.OPEN);
    }

    /** Null for a pause. */
    private @Nullable Ahead readAhead() throws IOException {
        paused = false;
        long start = reader.nextStart();
        while (true) {
            Unfinished open = unfinished;
            if (open != null) {
                unfinished = null;
                Ahead malformed = finish(open.record(), open.result());
                if (malformed != null || paused) {
                    return malformed;
                }
            }
            if (reader.nextStart() - start > BYTES_AT_ONCE) {
                paused = true;
                return null;
            }
            CsvRecord record;
            try {
                record = reader.next();
            } catch (UnsupportedCsvException e) {
                return Ahead.failure(
                        rows + 1, reader.nextStart(), false, new DamagedObjectException(object + " " + e.getMessage()));
            } catch (IOException e) {
                return Ahead.failure(rows + 1, reader.nextStart(), false, e);
            }
            if (record == null) {
                return endOfObject();
            }
            if (record instanceof CsvRecord.Skipped) {
                paused = true;
                return null;
            }
            rows++;
            RowResult result = convert(record);
            if (!result.isMalformed()) {
                return Ahead.row(rows, record.start(), result, NO_BYTES);
            }
            Ahead malformed =
                    malformed(record, result.at("Row " + rows + " of " + object + " (byte " + record.start() + "): "));
            if (malformed != null || paused) {
                return malformed;
            }
        }
    }

    private RowResult convert(CsvRecord record) {
        if (!(record instanceof CsvRecord.Row row)) {
            return RowResult.malformed("", "it " + ((CsvRecord.Damaged) record).problem());
        }
        long bytes = row.end() - row.start();
        if (bytes > maxRowBytes) {
            return RowResult.malformed(
                    "",
                    "it has " + bytes
                            + " bytes, which csv.max.record.bytes allows, but the producer sends requests of up to "
                            + format.maxRequestBytes()
                            + " bytes. Raise producer.override.max.request.size for larger rows");
        }
        return converter.convert(row.cells(), row.literals());
    }

    private Ahead endOfObject() {
        if (malformedRows > 0) {
            log.warn(
                    "{}: {} of {} rows are malformed{}", object, malformedRows, rows, hints.atEnd(rows, malformedRows));
        }
        String problem = format.malformedRowPolicy().tooManyAtEnd(rows, malformedRows);
        return problem == null
                ? Ahead.end(rows + 1, reader.endOfStream())
                : Ahead.failure(
                        rows + 1,
                        reader.endOfStream(),
                        false,
                        new DamagedObjectException(object + ": " + problem + hints.ifCommon(rows, malformedRows)
                                + ". Correct the file and upload it again"));
    }

    /** True if no record follows. Nothing can be read afterwards. */
    private boolean isLast() {
        try {
            return reader.finishLast(BYTES_AT_ONCE) && reader.next() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Applies the policy to a malformed row; null if the row is left out. */
    private @Nullable Ahead malformed(CsvRecord record, RowResult result) throws IOException {
        malformedRows++;
        hints.add(result, rows, malformedRows);
        MalformedRowPolicy policy = format.malformedRowPolicy();
        if (policy.action() == MalformedRowPolicy.Action.FAIL) {
            return Ahead.failure(
                    rows,
                    record.start(),
                    true,
                    new MalformedRowException(result.reason()
                            + (isLast() ? hints.atEnd(rows, malformedRows) : "")
                            + ". Correct the file and upload it again, or set bad.rows=skip to leave such rows out or"
                            + " bad.rows=topic to send them to bad.rows.topic"));
        }
        String tooMany = policy.tooMany(rows, malformedRows);
        if (tooMany != null) {
            return Ahead.failure(
                    rows,
                    record.start(),
                    true,
                    new DamagedObjectException(result.reason() + ", and " + tooMany
                            + hints.ifCommon(rows, malformedRows) + ". Correct the file and upload it again"));
        }
        return finish(record, result);
    }

    /** Reads a malformed row to its end and delivers it, or leaves it out; null if it is left out, and for a pause. */
    private @Nullable Ahead finish(CsvRecord record, RowResult result) {
        try {
            if (!reader.finishLast(BYTES_AT_ONCE)) {
                unfinished = new Unfinished(record, result);
                paused = true;
                return null;
            }
        } catch (IOException e) {
            return Ahead.failure(rows, record.start(), true, e);
        }
        MalformedRowPolicy policy = format.malformedRowPolicy();
        if (policy.action() == MalformedRowPolicy.Action.TOPIC) {
            byte[] last = reader.bytesOfLast();
            ByteBuffer bytes = ByteBuffer.wrap(last, 0, (int) Math.min(last.length, maxRowBytes))
                    .asReadOnlyBuffer();
            return Ahead.row(rows, record.start(), result, bytes);
        }
        if (malformedRows <= LOGGED_MALFORMED_ROWS) {
            log.warn("{}. The row is left out (bad.rows=skip)", result.reason());
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
