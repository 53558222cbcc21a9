package io.catalogconnect.s3csv.csv;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads records one after the other. Not thread-safe. A stream of bytes that fails makes {@link #next()} throw what the
 * stream threw, and never looks like the end: no record is lost by reading on from the start of the record that failed.
 */
public interface CsvRecordReader extends Closeable {

    /** The next record, or null at the end of the stream. */
    @Nullable
    CsvRecord next() throws IOException;

    /** The bytes of the record that {@link #next()} returned last, cut off after the longest record allowed. */
    byte[] bytesOfLast();

    /**
     * Reads to the end of a damaged record that {@link #next()} returned before its end. {@link #next()} does so, too; a caller
     * that must know whether that succeeds, or how long it takes, calls this first.
     *
     * @param limit number of bytes after which this returns before the end of the record
     * @return false if it did; the next call continues
     */
    boolean finishLast(long limit) throws IOException;

    /** Position of the record after the last one, even if that record cannot be read. */
    long nextStart();

    /** One past the last byte of the stream; known when {@link #next()} has returned null. */
    long endOfStream();
}
