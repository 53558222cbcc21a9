package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.WriteStream;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an application-made stream. As stored, so that it is the same after a restart.
 *
 * @param name the stream
 * @param physicalTable identifies the table it writes to, which a table made again under the same name is not
 * @param type COMMITTED, BUFFERED or PENDING
 * @param end rows appended, which is the next offset
 * @param flushed rows visible: all of a COMMITTED stream's, those flushed of a BUFFERED one's, none or all of a PENDING one's
 * @param finalized takes no more appends
 * @param created when
 * @param committed when a PENDING stream's rows became visible; a COMMITTED stream's creation
 * @param used when it last took an append
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

    /** Under which name the store keeps this stream's rows that are not visible yet. */
    String holder() {
        return name.toString();
    }
}
