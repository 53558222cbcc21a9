package io.catalogconnect.s3csv.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** Counters of a task. Its thread writes them; any thread may read them. */
public final class Counters {

    /** Objects of this task in the last listing. */
    public final AtomicLong objectsListed = new AtomicLong();

    /** Objects of this task in the last listing that are never read: housekeeping files, and keys without a date. */
    public final AtomicLong objectsLeftOut = new AtomicLong();

    /** Objects that wait to be read. */
    public final AtomicLong objectsUnread = new AtomicLong();

    /** Objects read to their end. */
    public final AtomicLong objectsDone = new AtomicLong();

    /** Pages of bucket listings received. */
    public final AtomicLong listings = new AtomicLong();

    /** Rows passed to the worker, including malformed rows sent to {@code bad.rows.topic}. */
    public final AtomicLong rows = new AtomicLong();

    /** Malformed rows. */
    public final AtomicLong malformedRows = new AtomicLong();

    /** Interrupted reads that were resumed. */
    public final AtomicLong reopens = new AtomicLong();

    /** Rows read of the current object; zero if no object is open. */
    public final AtomicLong currentRows = new AtomicLong();

    /** Bytes read of the current object, decompressed. */
    public final AtomicLong currentByte = new AtomicLong();

    /** Stored size of the current object in bytes. */
    public final AtomicLong currentSize = new AtomicLong();

    /**
     * Last modification of the oldest known object that is not read to its end, in milliseconds since 1970; zero for none.
     */
    public final AtomicLong oldestUnread = new AtomicLong();
}
