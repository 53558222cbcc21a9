package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.WriteStream;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of an application-created stream, as stored. It survives a restart.
 *
 * @param name the name of the stream
 * @param physicalTable physical name of its table; a recreated table with the same name has another one
 * @param type COMMITTED, BUFFERED or PENDING
 * @param end number of appended rows, which is the next offset
 * @param flushed number of visible rows: all rows of a COMMITTED stream, the flushed rows of a BUFFERED stream, none or all rows of a
 *     PENDING stream
 * @param finalized whether the stream refuses further appends
 * @param created creation time
 * @param committed commit time of a PENDING stream; creation time of a COMMITTED stream
 * @param used time of the last append
 */
record StreamState(
        StreamName name,
        String physicalTable,
        WriteStream.Type type,
        long end,
        long flushed,
        boolean finalized,
        Instant created,
        Optional<Instant> committed,
        Instant used) {
    StreamState {
        if (flushed < 0 || flushed > end) {
            throw new IllegalArgumentException(
                    "Stream " + name + " has " + end + " rows and cannot have " + flushed + " visible");
        }
    }

    StreamState appended(long rows, Instant now) {
        long visible = type == WriteStream.Type.COMMITTED ? end + rows : flushed;
        return new StreamState(name, physicalTable, type, end + rows, visible, finalized, created, committed, now);
    }

    StreamState finish() {
        return new StreamState(name, physicalTable, type, end, flushed, true, created, committed, used);
    }

    StreamState flushedTo(long rows) {
        return new StreamState(name, physicalTable, type, end, rows, finalized, created, committed, used);
    }

    StreamState commit(Instant now) {
        return new StreamState(name, physicalTable, type, end, end, finalized, created, Optional.of(now), used);
    }

    /** The key under which the store keeps the invisible rows of this stream. */
    String holder() {
        return name.toString();
    }
}
