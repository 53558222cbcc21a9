package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.PendingReport;
import io.catalogconnect.bigquery.commit.Row;
import io.catalogconnect.bigquery.commit.WriterEvents;
import io.catalogconnect.bigquery.metrics.SinkMetrics;
import io.catalogconnect.bigquery.record.RejectedRecords;
import org.apache.kafka.common.TopicPartition;

/** Counts what the lane writers do, and rejects the records of refused rows. */
record WriterReports(SinkMetrics metrics, RejectedRecords rejected) implements WriterEvents {

    @Override
    public void sent(int rows, long bytes) {
        metrics.rowsSent.addAndGet(rows);
        metrics.bytesSent.addAndGet(bytes);
    }

    @Override
    public void acknowledged(int rows) {
        metrics.rowsAcknowledged.addAndGet(rows);
    }

    @Override
    public void skipped(int rows) {
        metrics.rowsSkipped.addAndGet(rows);
    }

    @Override
    public void tookOver() {
        metrics.takeOvers.incrementAndGet();
    }

    @Override
    public boolean toleratesRefusals() {
        return rejected.areTolerated();
    }

    @Override
    public PendingReport refused(LaneKey lane, Row row, String reason) {
        metrics.rejectedRecords.incrementAndGet();
        return rejected.rejectRow(
                new TopicPartition(lane.topic(), lane.partition()), row.offset(), lane.table(), row.report(), reason);
    }
}
