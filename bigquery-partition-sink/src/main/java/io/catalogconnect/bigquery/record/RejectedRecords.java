package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.commit.PendingReport;
import io.catalogconnect.bigquery.commit.PendingReports;
import io.catalogconnect.bigquery.commit.RefusalReport;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that cannot be written. They go to Connect's dead letter queue, if there is one, and their offsets are committed
 * after the queue has them; without a queue they are skipped with {@code errors.tolerance=all}; otherwise the task fails.
 * Used by the task's thread only.
 */
public final class RejectedRecords {

    private static final Logger LOG = LoggerFactory.getLogger(RejectedRecords.class);

    /** Nominal size of a record whose report is not done. */
    private static final long RECORD_BYTES = 1_000;

    private final String connector;
    private final @Nullable ErrantRecordReporter reporter;
    private final boolean tolerated;
    private final Map<TopicPartition, PendingReports> reports = new HashMap<>();

    public RejectedRecords(String connector, @Nullable ErrantRecordReporter reporter, boolean tolerated) {
        this.connector = connector;
        this.reporter = reporter;
        this.tolerated = tolerated;
    }

    /** Whether rejected records do not stop the task. */
    public boolean areTolerated() {
        return tolerated;
    }

    /** Reports a record to the dead letter queue; null without a queue, so that nothing keeps the record. */
    public @Nullable RefusalReport reportOf(SinkRecord record) {
        return reporter == null ? null : reason -> reporter.report(record, new DataException(reason));
    }

    /**
     * Rejects a record; its offset stays unsettled until the dead letter queue has the record.
     *
     * @throws ConnectException if rejected records stop the task
     */
    public void reject(TopicPartition from, long offset, String table, SinkRecord record, String reason) {
        PendingReport report = rejectRow(from, offset, table, reportOf(record), reason);
        reports.computeIfAbsent(from, partition -> new PendingReports()).add(offset, RECORD_BYTES, report);
    }

    /** As {@link #reject}, for a row that its lane writer keeps unsettled until the record is stored. */
    public PendingReport rejectRow(
            TopicPartition from, long offset, String table, @Nullable RefusalReport report, String reason) {
        Future<Void> done = report(from, offset, table, report, reason);
        return () -> isStored(done, () -> describe(from, offset, table));
    }

    private Future<Void> report(
            TopicPartition from, long offset, String table, @Nullable RefusalReport report, String reason) {
        String message = describe(from, offset, table) + ": " + reason;
        if (report != null) {
            return report.send(message);
        }
        if (tolerated) {
            LOG.warn("Skipped: {}", message);
            return CompletableFuture.completedFuture(null);
        }
        throw new DataException(message
                + " To skip such records, set errors.tolerance=all; to keep them, also set"
                + " errors.deadletterqueue.topic.name.");
    }

    private String describe(TopicPartition from, long offset, String table) {
        return connector + ": record at " + from + " offset " + offset + " cannot be written to table " + table;
    }

    /**
     * Settles the records that the dead letter queue has.
     *
     * @throws ConnectException if a record could not be written to it
     */
    public void settle() {
        reports.values().removeIf(pending -> {
            pending.settle();
            return pending.isEmpty();
        });
    }

    /** The first offset whose record is not settled, or {@link Long#MAX_VALUE}. */
    public long firstUnsettled(TopicPartition partition) {
        PendingReports pending = reports.get(partition);
        return pending == null ? Long.MAX_VALUE : pending.firstOffset();
    }

    /** Bytes of the records that are not settled. */
    public long unsettledBytes() {
        long bytes = 0;
        for (PendingReports pending : reports.values()) {
            bytes += pending.bytes();
        }
        return bytes;
    }

    /** Forgets the records of a partition that is closed. */
    public void forget(TopicPartition partition) {
        reports.remove(partition);
    }

    private static boolean isStored(Future<Void> report, Supplier<String> what) {
        if (!report.isDone()) {
            return false;
        }
        try {
            report.get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException(
                    what.get() + ": interrupted while reading the answer of the dead letter queue", e);
        } catch (ExecutionException e) {
            throw new ConnectException(what.get() + ": could not be written to the dead letter queue", e.getCause());
        }
    }
}
