package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.csv.CsvRecord;
import io.catalogconnect.s3csv.csv.CsvRecordReader;
import io.catalogconnect.s3csv.csv.UnsupportedCsvException;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.record.DamagedObjectException;
import io.catalogconnect.s3csv.record.RowConverter;
import io.catalogconnect.s3csv.record.RowResult;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the rows of one object that are delivered. Converts and counts them, and applies the policy for malformed rows. */
final class RowScanner implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(RowScanner.class);
    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final int LOGGED_MALFORMED_ROWS = 10;

    /** Number of bytes that one call reads without finding a row that is delivered. */
    private static final long BYTES_AT_ONCE = 64L * 1024 * 1024;

    private final ObjectRef object;
    private final ObjectFormat format;
    private final CsvRecordReader reader;
    private final RowConverter converter;
    private final long maxRowBytes;
    private final MalformedRowHints hints = new MalformedRowHints();
    private long rows;
    private long malformedRows;
    private @Nullable Unfinished unfinished;
    private boolean paused;

    /**
     * A row, the end of the object, or the failure there.
     *
     * @param row number of the row
     * @param start position of its first byte
     * @param malformed true if it is a malformed row
     * @param result null at the end of the object and for a failure
     * @param bytes of a malformed row that is delivered
     * @param failure null for no failure
     */
    record Step(
            long row,
            long start,
            boolean malformed,
            @Nullable RowResult result,
            ByteBuffer bytes,
            @Nullable Exception failure) {

        static Step row(long row, long start, RowResult result, ByteBuffer bytes) {
            return new Step(row, start, result.isMalformed(), result, bytes, null);
        }

        static Step end(long row, long start) {
            return new Step(row, start, false, null, NO_BYTES, null);
        }

        static Step failure(long row, long start, boolean malformed, Exception failure) {
            return new Step(row, start, malformed, null, NO_BYTES, failure);
        }

        boolean isEnd() {
            return result == null && failure == null;
        }
    }

    /** A malformed row that was counted, and whose end was not reached yet. */
    private record Unfinished(CsvRecord record, RowResult result) {}

    RowScanner(
            ObjectRef object, SourceOffset from, ObjectFormat format, CsvRecordReader reader, RowConverter converter) {
        this.object = object;
        this.format = format;
        this.reader = reader;
        this.converter = converter;
        this.maxRowBytes = format.maxRowBytes(object.key());
        this.rows = from.rows();
        this.malformedRows = from.malformedRows();
    }

    /** Number of rows of the file read so far, malformed rows and rows read by former tasks included. */
    long rows() {
        return rows;
    }

    long malformedRows() {
        return malformedRows;
    }

    /** True if the last call returned null after many bytes without a row. */
    boolean isPaused() {
        return paused;
    }

    /** The next row that is delivered, the end, or the failure there; null for a pause. */
    @Nullable
    Step next() throws IOException {
        paused = false;
        long start = reader.nextStart();
        while (true) {
            Unfinished open = unfinished;
            if (open != null) {
                unfinished = null;
                Step malformed = finish(open.record(), open.result());
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
                return Step.failure(
                        rows + 1, reader.nextStart(), false, new DamagedObjectException(object + " " + e.getMessage()));
            } catch (IOException e) {
                return Step.failure(rows + 1, reader.nextStart(), false, e);
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
                return Step.row(rows, record.start(), result, NO_BYTES);
            }
            Step malformed =
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

    private Step endOfObject() {
        if (malformedRows > 0) {
            log.warn(
                    "{}: {} of {} rows are malformed{}", object, malformedRows, rows, hints.atEnd(rows, malformedRows));
        }
        String problem = format.malformedRowPolicy().tooManyAtEnd(rows, malformedRows);
        return problem == null
                ? Step.end(rows + 1, reader.endOfStream())
                : Step.failure(
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
    private @Nullable Step malformed(CsvRecord record, RowResult result) throws IOException {
        malformedRows++;
        hints.add(result, rows, malformedRows);
        MalformedRowPolicy policy = format.malformedRowPolicy();
        if (policy.action() == MalformedRowPolicy.Action.FAIL) {
            return Step.failure(
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
            return Step.failure(
                    rows,
                    record.start(),
                    true,
                    new DamagedObjectException(result.reason() + ", and " + tooMany
                            + hints.ifCommon(rows, malformedRows) + ". Correct the file and upload it again"));
        }
        return finish(record, result);
    }

    /** Reads a malformed row to its end and delivers it, or leaves it out; null if it is left out, and for a pause. */
    private @Nullable Step finish(CsvRecord record, RowResult result) {
        try {
            if (!reader.finishLast(BYTES_AT_ONCE)) {
                unfinished = new Unfinished(record, result);
                paused = true;
                return null;
            }
        } catch (IOException e) {
            return Step.failure(rows, record.start(), true, e);
        }
        MalformedRowPolicy policy = format.malformedRowPolicy();
        if (policy.action() == MalformedRowPolicy.Action.TOPIC) {
            byte[] last = reader.bytesOfLast();
            ByteBuffer bytes = ByteBuffer.wrap(last, 0, (int) Math.min(last.length, maxRowBytes))
                    .asReadOnlyBuffer();
            return Step.row(rows, record.start(), result, bytes);
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
