package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.commit.DefaultStreamWriter;
import io.catalogconnect.bigquery.record.RowForm;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * {@code write.mode=upsert}: each record inserts, replaces or deletes the row with its key. The changes are written at least once, to
 * the tables' default streams. Sequence numbers make repeated changes harmless, so no lane needs an owner.
 */
record UpsertMode(LaneWriters<DefaultStreamWriter> writers, RowForm rows) implements WriteMode {

    @Override
    public String appendTable(String table) {
        return table;
    }

    @Override
    public void endOfObject(SinkRecord marker, String table) {
        // a change is complete without its object
    }

    @Override
    public void advance(long now) {
        // the writers do everything
    }

    @Override
    public long firstUnsettledMarker(TopicPartition partition) {
        return Long.MAX_VALUE;
    }

    @Override
    public long unsettledBytes() {
        return 0;
    }

    @Override
    public void close(TopicPartition partition) {
        // nothing is kept
    }
}
