package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.record.RowForm;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The difference between appending rows, replacing versions of objects, and changing rows by key. A task chooses one mode at its start. Used by
 * the task's thread only; no method blocks.
 */
interface WriteMode {

    /** The writers of this mode's lanes. */
    LaneWriters<?> writers();

    /** The table to which the rows for a table are appended. */
    default String appendTable(String table) {
        return table;
    }

    /** The form of the rows. */
    RowForm rows();

    /**
     * Handles the end marker of an object, which has no effect unless versions of objects are published.
     *
     * @throws ConversionException if the marker is invalid
     */
    default void endOfObject(SinkRecord marker, String table) {}

    /** Does what can be done now, after the writers advanced. */
    default void advance(long now) {}

    /** The first offset of a partition whose end marker is not settled, or {@link Long#MAX_VALUE}. */
    default long firstUnsettledMarker(TopicPartition partition) {
        return Long.MAX_VALUE;
    }

    /** Bytes of the end markers that are not settled. */
    default long unsettledBytes() {
        return 0;
    }

    /** Forgets the end markers of a partition. */
    default void close(TopicPartition partition) {}
}
