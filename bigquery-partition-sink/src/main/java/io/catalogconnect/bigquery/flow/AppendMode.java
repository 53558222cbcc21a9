package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.record.RowForm;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** {@code write.mode=append}: each row is appended to its table; end markers have no effect. */
record AppendMode(LaneWriters<?> writers, RowForm rows) implements WriteMode {

    @Override
    public String appendTable(String table) {
        return table;
    }

    @Override
    public void endOfObject(SinkRecord marker, String table) {
        // a row is complete without its object
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
