package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.assign.Work;
import io.catalogconnect.s3csv.csv.CsvRecord;
import io.catalogconnect.s3csv.csv.CsvRecordReader;
import io.catalogconnect.s3csv.csv.HeaderLine;
import io.catalogconnect.s3csv.csv.UnsupportedCsvException;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.record.BadObjectException;
import io.catalogconnect.s3csv.record.Column;
import io.catalogconnect.s3csv.record.Converted;
import io.catalogconnect.s3csv.record.Provenance;
import io.catalogconnect.s3csv.record.RowConverter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through one object from a place in it to its end. It looks one delivered row ahead, so that the last one is known to be
 * the last. For one thread. After an {@link IOException} it is of no further use; a new one goes on from the last item's {@code
 * after}.
 */
public final class ObjectCursor implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(ObjectCursor.class);
    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final int LOGGED_BAD_ROWS = 10;

    private final Work work;
    private final ObjectRef object;
    private final ObjectFormat format;
    private final CsvRecordReader reader;
    private final RowConverter converter;
    private final Provenance provenance;
    private final @Nullable String header;
    private SourceOffset position;
    private long rows;
    private long badRows;
    private @Nullable Found ahead;
    private final ArrayDeque<Item.Event.Kind> events = new ArrayDeque<>();
    private final ArrayDeque<Closing> closings = new ArrayDeque<>();

    /** What follows the last row. */
    private enum Closing {
        MARKER,
        COMPLETED
    }

    private ObjectCursor(
            Work work, ObjectFormat format, CsvRecordReader reader, @Nullable List<String> header, LocalDate fileDate)
            throws BadObjectException {
        this.work = work;
        this.object = work.object();
        SourceOffset from = work.from();
        this.format = format;
        this.reader = reader;
        this.header = header == null ? null : HeaderLine.encode(header);
        this.converter = new RowConverter(format.schemaFor(header), format.rowPolicy(), header, fileDate);
        this.provenance = new Provenance(object, fileDate, format.keyGroups().in(object.key()));
        this.position = from;
        this.rows = from.rows();
        this.badRows = from.badRows();
        if (format.events() && from.nextByte() == 0) {
            if (work.formerEtag() != null) {
                events.add(Item.Event.Kind.SUPERSEDED);
            }
            events.add(Item.Event.Kind.STARTED);
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
     * @param work the object, and how far it is read
     * @throws BadObjectException when the object is wrong as a whole; the message begins with its address
     */
    public static ObjectCursor open(Work work, ObjectFormat format, ObjectBytes bytes)
            throws IOException, BadObjectException {
        ObjectRef object = work.object();
        SourceOffset from = work.from();
        LocalDate fileDate;
        try {
            fileDate = format.keyPattern().fileDate(object);
        } catch (DateTimeException e) {
            throw new BadObjectException(object + ": " + e.getMessage());
        }
        List<String> header = HeaderLine.decodeNullable(from.header());
        CsvRecordReader reader = null;
        boolean opened = false;
        try {
            if (format.header() && header == null) {
                reader = newReader(object, 0, format, bytes);
                header = readHeader(object, reader, format);
                if (from.nextByte() > 0) {
                    reader.close();
                    reader = null;
                }
            }
            if (reader == null) {
                reader = newReader(object, from.nextByte(), format, bytes);
            }
            List<String> names = format.header() ? header : null;
            ObjectCursor cursor = new ObjectCursor(work, format, reader, names, fileDate);
            opened = true;
            return cursor;
        } catch (UnsupportedCsvException e) {
            throw new BadObjectException(object + " " + e.getMessage());
        } catch (BadObjectException e) {
            throw new BadObjectException(object + ": " + e.getMessage());
        } finally {
            if (!opened && reader != null) {
                reader.close();
            }
        }
    }

    private static CsvRecordReader newReader(ObjectRef object, long from, ObjectFormat format, ObjectBytes bytes)
            throws IOException {
        return CsvRecordReader.open(bytes.open(object, from), format.dialect(), from);
    }

    private static List<String> readHeader(ObjectRef object, CsvRecordReader reader, ObjectFormat format)
            throws IOException, BadObjectException {
        CsvRecord first = reader.next();
        if (first instanceof CsvRecord.Damaged damaged) {
            throw new BadObjectException("the header (byte " + damaged.start() + ") " + damaged.problem());
        }
        if (first == null) {
            log.info("{} is empty: it has no header and no row", object);
            return format.columns().stream().map(Column::name).toList();
        }
        return ((CsvRecord.Row) first).cells().stream().map(String::strip).toList();
    }

    public ObjectRef object() {
        return object;
    }

    /** What is left to do from a place that an item led to. */
    public Work workFrom(SourceOffset place) {
        return new Work(object, place, place.nextByte() == 0 ? work.formerEtag() : null);
    }

    /** Rows met in the file so far, bad ones included, whoever read them. */
    public long rows() {
        return rows;
    }

    /**
     * The next item, or null when the object is read to its end.
     *
     * @throws BadRowException in front of a row that must not be bad
     * @throws BadObjectException in front of the bad row that is one too many
     * @throws IOException when the bytes cannot be had
     */
    public @Nullable Item next() throws IOException, BadRowException, BadObjectException {
        Found current = ahead;
        if (current == null) {
            current = find();
            ahead = current;
        }
        if (current instanceof Found.Broken broken) {
            throw broken.failure();
        }
        Item.Event.Kind event = events.poll();
        if (event == Item.Event.Kind.SUPERSEDED) {
            return event(event, String.valueOf(work.formerEtag()), position);
        }
        if (event != null) {
            return event(event, object.etag(), before(current));
        }
        if (current instanceof Found.Forbidden forbidden) {
            throw new BadRowException(forbidden.message());
        }
        if (current instanceof Found.TooManyBad tooMany) {
            throw new BadObjectException(tooMany.message());
        }
        if (current instanceof Found.BadEnd bad) {
            throw new BadObjectException(bad.message());
        }
        if (!(current instanceof Found.Deliverable row)) {
            return closing(current);
        }
        SourceOffset before = position.nextByte() == 0 ? before(row) : position;
        Found next = find();
        SourceOffset after = before(next);
        position = after;
        ahead = next;
        Struct value = row.value();
        return value != null
                ? new Item.Good(value, row.row(), row.start(), provenance, before, after)
                : new Item.Reject(
                        row.bytes(), row.column(), row.reason(), row.row(), row.start(), provenance, before, after);
    }

    /** True when every row was handed over and what comes next says so: it needs no bytes, and belongs to the last row. */
    public boolean isClosing() {
        return ahead instanceof Found.End && !closings.isEmpty();
    }

    /** The last one is done. */
    private @Nullable Item closing(Found end) {
        Closing closing = closings.poll();
        if (closing == null) {
            return null;
        }
        SourceOffset before = position;
        SourceOffset after = position.at(
                end.start(),
                rows,
                badRows,
                header,
                closings.isEmpty() ? SourceOffset.State.DONE : SourceOffset.State.OPEN);
        if (closing == Closing.COMPLETED) {
            return event(Item.Event.Kind.COMPLETED, object.etag(), after);
        }
        position = after;
        return new Item.End(rows, badRows, end.start(), provenance, before, after);
    }

    private Item event(Item.Event.Kind kind, String etag, SourceOffset after) {
        SourceOffset before = position;
        position = after;
        return new Item.Event(kind, etag, after.rows(), after.badRows(), after.nextByte(), provenance, before, after);
    }

    /** Progress up to what was found next. What follows the last row is done, where there is something, and not the row. */
    private SourceOffset before(Found next) {
        if (next instanceof Found.End end) {
            return position.at(
                    end.start(),
                    rows,
                    badRows,
                    header,
                    closings.isEmpty() ? SourceOffset.State.DONE : SourceOffset.State.OPEN);
        }
        boolean counted = next instanceof Found.Deliverable row
                ? row.value() == null
                : next instanceof Found.Forbidden || next instanceof Found.TooManyBad;
        long bad = counted ? badRows - 1 : badRows;
        return position.at(next.start(), next.row() - 1, bad, header, SourceOffset.State.OPEN);
    }

    private Found find() throws IOException {
        while (true) {
            CsvRecord record;
            try {
                record = reader.next();
            } catch (IOException e) {
                return new Found.Broken(rows + 1, reader.nextStart(), e);
            }
            if (record == null) {
                if (badRows > 0) {
                    log.warn("{}: {} of {} rows were bad", object, badRows, rows);
                }
                String problem = format.badRows().tooManyInAll(rows, badRows);
                return problem == null
                        ? new Found.End(rows + 1, reader.endOfStream())
                        : new Found.BadEnd(
                                rows + 1,
                                reader.endOfStream(),
                                object + ": " + problem + ". Correct the file and upload it again");
            }
            rows++;
            String column;
            String wrong;
            if (record instanceof CsvRecord.Row row) {
                Converted converted = converter.convert(row.cells());
                if (converted instanceof Converted.Good good) {
                    return new Found.Deliverable(rows, record.start(), good.value(), NO_BYTES, "", "");
                }
                column = ((Converted.Bad) converted).column();
                wrong = ((Converted.Bad) converted).problem();
            } else {
                column = "";
                wrong = "it " + ((CsvRecord.Damaged) record).problem();
            }
            Found bad = bad(record, column, place(record) + wrong);
            if (bad != null) {
                return bad;
            }
        }
    }

    private String place(CsvRecord record) {
        return "Row " + rows + " of " + object + " (byte " + record.start() + "): ";
    }

    private @Nullable Found bad(CsvRecord record, String column, String reason) {
        badRows++;
        BadRows policy = format.badRows();
        if (policy.action() == BadRows.Action.FAIL) {
            return new Found.Forbidden(
                    rows,
                    record.start(),
                    reason + ". Correct the file and upload it again, or set bad.rows=skip to leave out such rows or"
                            + " bad.rows=topic to send them to bad.rows.topic");
        }
        String tooMany = policy.tooMany(rows, badRows);
        if (tooMany != null) {
            return new Found.TooManyBad(
                    rows, record.start(), reason + ", " + tooMany + ". Correct the file and upload it again");
        }
        if (policy.action() == BadRows.Action.TOPIC) {
            return new Found.Deliverable(
                    rows,
                    record.start(),
                    null,
                    ByteBuffer.wrap(reader.bytesOfLast()).asReadOnlyBuffer(),
                    column,
                    reason);
        }
        if (badRows <= LOGGED_BAD_ROWS) {
            log.warn("{}. The row is left out (bad.rows=skip)", reason);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
