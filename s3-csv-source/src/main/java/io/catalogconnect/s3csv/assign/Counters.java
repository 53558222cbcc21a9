package io.catalogconnect.s3csv.assign;

import java.util.concurrent.atomic.AtomicLong;

/** What a task did so far, written by its thread and read by whoever looks. */
public final class Counters {

    /** Objects of this task that the last listing showed. */
    public final AtomicLong objectsListed = new AtomicLong();

    /** Objects with rows left that no reader has. */
    public final AtomicLong objectsWaiting = new AtomicLong();

    /** Objects read to their end. */
    public final AtomicLong objectsDone = new AtomicLong();

    /** Listings, page by page. */
    public final AtomicLong listings = new AtomicLong();

    /** Rows handed to the worker. */
    public final AtomicLong rows = new AtomicLong();

    /** Bad rows met. */
    public final AtomicLong badRows = new AtomicLong();

    /** Streams that broke and were opened again. */
    public final AtomicLong reopens = new AtomicLong();

    /** Rows of the object that is being read, up to now; zero when there is none. */
    public final AtomicLong currentRows = new AtomicLong();

    /** The byte that was reached in it, decompressed. */
    public final AtomicLong currentByte = new AtomicLong();

    /** Its size as stored. */
    public final AtomicLong currentSize = new AtomicLong();

    /** When the oldest of the objects that wait since the last listing was modified, in milliseconds; zero when none waits. */
    public final AtomicLong oldestWaiting = new AtomicLong();
}
