package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.record.ObjectEvent;
import io.catalogconnect.s3csv.record.Provenance;
import io.catalogconnect.s3csv.record.RowResult;
import java.nio.ByteBuffer;

/**
 * One unit of delivery: a row, the end of an object or an event, with the progress before and after it. Each kind has a method
 * of {@link Receiver}, so that a new kind does not compile until it is delivered.
 *
 * <p>The last item of an object is the one whose {@code after} is done.
 */
public sealed interface Item {

    /** Receives items by kind. */
    interface Receiver {

        /** A row, malformed or not. */
        void row(Row row);

        /** The end of an object. */
        void end(End end);

        /** An event of an object. */
        void event(Event event);
    }

    /** Passes this item to the method for its kind. */
    void passTo(Receiver receiver);

    /** Number of rows that the item sends, malformed rows included. */
    default long rowsSent() {
        return 0;
    }

    /** Number of the row in its file, from 1, malformed rows included; for other kinds, the number of rows read so far. */
    long row();

    /** Position of the row's first byte in the decompressed object. */
    long firstByte();

    Provenance provenance();

    /** Number of bytes of the decompressed object from the item to the next one, left out rows included. */
    default long decodedBytes() {
        return after().nextByte() - before().nextByte();
    }

    /** The progress until the item is delivered. */
    SourceOffset before();

    /** The progress after the item is delivered. */
    SourceOffset after();

    /**
     * A row.
     *
     * @param bytes a malformed row's bytes, read-only; empty for other rows
     */
    record Row(
            RowResult result,
            ByteBuffer bytes,
            long row,
            long firstByte,
            Provenance provenance,
            SourceOffset before,
            SourceOffset after)
            implements Item {

        @Override
        public void passTo(Receiver receiver) {
            receiver.row(this);
        }

        @Override
        public long rowsSent() {
            return 1;
        }
    }

    /**
     * The end of an object: every row was delivered.
     *
     * @param malformedRows number of malformed rows among the object's rows
     */
    record End(
            long row,
            long malformedRows,
            long firstByte,
            Provenance provenance,
            SourceOffset before,
            SourceOffset after)
            implements Item {

        @Override
        public void passTo(Receiver receiver) {
            receiver.end(this);
        }
    }

    /**
     * An event of an object.
     *
     * @param etag the version that the event is about
     * @param malformedRows number of malformed rows among the rows read so far
     */
    record Event(
            ObjectEvent.Kind kind,
            String etag,
            long row,
            long malformedRows,
            long firstByte,
            Provenance provenance,
            SourceOffset before,
            SourceOffset after)
            implements Item {

        @Override
        public void passTo(Receiver receiver) {
            receiver.event(this);
        }
    }
}
