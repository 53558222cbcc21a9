package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.assign.UnreadObject;
import io.catalogconnect.s3csv.csv.CsvReaders;
import io.catalogconnect.s3csv.csv.CsvRecordReader;
import io.catalogconnect.s3csv.csv.FooterReader;
import io.catalogconnect.s3csv.csv.HeaderLine;
import io.catalogconnect.s3csv.csv.UnsupportedCsvException;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.read.RowScanner.Step;
import io.catalogconnect.s3csv.record.DamagedObjectException;
import io.catalogconnect.s3csv.record.ObjectEvent;
import io.catalogconnect.s3csv.record.Provenance;
import io.catalogconnect.s3csv.record.RowConverter;
import io.catalogconnect.s3csv.record.RowResult;
import java.io.Closeable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object from a position to its end. It reads one delivered row ahead, so that it knows which row is the last. For
 * one thread. After an {@link IOException} it cannot be used any more; a new cursor resumes from the last item's {@code after}.
 */
public final class ObjectCursor implements Closeable {

    /** Connect's producer sends records of up to 1 MB, and each offset contains the header. */
    private static final int LONGEST_HEADER = 512 * 1024;

    private final UnreadObject unread;
    private final ObjectRef object;
    private final RowScanner scanner;
    private final Provenance provenance;
    private final @Nullable String header;
    private SourceOffset position;
    private @Nullable Step ahead;

    /** The progress before {@code ahead}, while the row after it is read. */
    private @Nullable SourceOffset beforeAhead;

    private final ArrayDeque<ObjectEvent.Kind> events = new ArrayDeque<>();
    private final ArrayDeque<Closing> closings = new ArrayDeque<>();

    /** Items after the last row. */
    private enum Closing {
        MARKER,
        COMPLETED
    }

    private ObjectCursor(
            UnreadObject unread,
            ObjectFormat format,
            RowSchemas schemas,
            CsvRecordReader reader,
            @Nullable List<String> header,
            LocalDate fileDate)
            throws DamagedObjectException {
        this.unread = unread;
        this.object = unread.object();
        SourceOffset from = unread.from();
        if (header != null && format.columns().isEmpty()) {
            FileHeader.check(header, format.fileDateColumn());
        }
        this.header = header == null ? null : HeaderLine.encode(header);
        if (this.header != null && this.header.length() > LONGEST_HEADER) {
            throw new DamagedObjectException("the header has " + this.header.length() + " characters, more than "
                    + LONGEST_HEADER + ", with which Connect could not store the object's offset. Correct the file, or"
                    + " csv.delimiter and csv.quote");
        }
        this.scanner = new RowScanner(
                object,
                from,
                format,
                reader,
                new RowConverter(schemas.of(header), format.rowPolicy(), header, fileDate, format.showsCells()));
        this.provenance = new Provenance(object, fileDate, format.keyGroups().in(object.key()));
        this.position = from;
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
        return open(unread, format, new RowSchemas(format), bytes);
    }

    /** Opens an object whose rows share the schemas of other objects. */
    static ObjectCursor open(UnreadObject unread, ObjectFormat format, RowSchemas schemas, ObjectBytes bytes)
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
            ObjectCursor cursor = new ObjectCursor(unread, format, schemas, reader, names, fileDate);
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
        return scanner.rows();
    }

    /**
     * The next item; null at the end of the object, and for a pause ({@link #isPaused()}).
     *
     * @throws MalformedRowException before a malformed row that must fail the task
     * @throws DamagedObjectException before the malformed row that exceeds a limit
     * @throws IOException if the bytes cannot be read
     */
    public @Nullable Item next() throws IOException, MalformedRowException, DamagedObjectException {
        Step current = ahead;
        if (current == null) {
            current = scanner.next();
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
        Step next = scanner.next();
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
        return scanner.isPaused();
    }

    /** True if every row was returned and an end marker or event follows: it needs no bytes, and belongs to the last row. */
    public boolean isClosing() {
        return ahead != null && ahead.isEnd() && !closings.isEmpty();
    }

    /** The last one is done. */
    private @Nullable Item closing(Step end) {
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
        return new Item.End(scanner.rows(), scanner.malformedRows(), end.start(), provenance, before, after);
    }

    private Item event(ObjectEvent.Kind kind, String etag, SourceOffset after) {
        SourceOffset before = position;
        position = after;
        return new Item.Event(
                kind, etag, after.rows(), after.malformedRows(), after.nextByte(), provenance, before, after);
    }

    /** The progress up to what follows. At the end the object is done, unless an end marker or event follows. */
    private SourceOffset progressBefore(Step next) {
        if (next.isEnd()) {
            return position.at(
                    next.start(),
                    scanner.rows(),
                    scanner.malformedRows(),
                    header,
                    closings.isEmpty() ? SourceOffset.State.DONE : SourceOffset.State.OPEN);
        }
        long malformed = scanner.malformedRows() - (next.malformed() ? 1 : 0);
        return position.at(next.start(), next.row() - 1, malformed, header, SourceOffset.State.OPEN);
    }

    @Override
    public void close() throws IOException {
        scanner.close();
    }
}
