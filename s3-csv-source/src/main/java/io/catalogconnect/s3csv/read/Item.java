package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.record.Provenance;
import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Struct;

/**
 * Something to deliver, with the progress it makes.
 *
 * <p>{@code before} holds until it is delivered, {@code after} from then on; the last item of an object is the one whose {@code
 * after} is done.
 */
public sealed interface Item {

    /** The row's number in its file, from one. */
    long row();

    /** The row's first byte in the decoded stream. */
    long firstByte();

    Provenance provenance();

    SourceOffset before();

    SourceOffset after();

    /**
     * Something that happened to an object as a whole.
     *
     * @param etag the version it happened to
     * @param row the rows read so far, bad ones included
     * @param badRows how many of these were bad
     */
    record Event(
            Kind kind,
            String etag,
            long row,
            long badRows,
            long firstByte,
            Provenance provenance,
            SourceOffset before,
            SourceOffset after)
            implements Item {

        /** What happened. */
        public enum Kind {
            /** A version that had been read or begun is replaced by the one that starts next. */
            SUPERSEDED,
            /** The first row comes next. */
            STARTED,
            /** Every row was delivered. */
            COMPLETED
        }
    }

    /**
     * Every row of an object was delivered, said among the rows themselves.
     *
     * @param row the rows of the object, bad ones included
     * @param badRows how many of these were bad
     * @param firstByte the end of the decoded stream
     */
    record End(long row, long badRows, long firstByte, Provenance provenance, SourceOffset before, SourceOffset after)
            implements Item {}

    /** A good row. */
    record Good(Struct value, long row, long firstByte, Provenance provenance, SourceOffset before, SourceOffset after)
            implements Item {}

    /**
     * A bad row, to be delivered as it is.
     *
     * @param bytes the row's own, read-only
     * @param column the one that is wrong; empty when it is the row as a whole
     * @param reason with the row's place
     */
    record Reject(
            ByteBuffer bytes,
            String column,
            String reason,
            long row,
            long firstByte,
            Provenance provenance,
            SourceOffset before,
            SourceOffset after)
            implements Item {}
}
