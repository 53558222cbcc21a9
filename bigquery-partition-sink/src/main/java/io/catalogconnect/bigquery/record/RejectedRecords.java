package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.commit.RefusalReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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

    private record Report(String what, long offset, Future<Void> done) {}

    private final String connector;
    private final @Nullable ErrantRecordReporter reporter;
    private final boolean tolerated;
    private final Map<TopicPartition, List<Report>> reports = new HashMap<>();

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
        Future<Void> done = report(from, offset, table, reportOf(record), reason);
        reports.computeIfAbsent(from, partition -> new ArrayList<>())
                .add(new Report(describe(from, offset, table), offset, done));
    }

    /** As {@link #reject}, for a row that its lane writer keeps unsettled until the future completes. */
    public CompletableFuture<Void> rejectRow(
            TopicPartition from, long offset, String table, @Nullable RefusalReport report, String reason) {
        Future<Void> done = report(from, offset, table, report, reason);
        return done instanceof CompletableFuture<Void> completable
                ? completable
                : CompletableFuture.runAsync(() -> await(done, describe(from, offset, table)));
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

    /** The first offset that the dead letter queue does not have yet, or {@link Long#MAX_VALUE}. */
    public long firstUnsettled(TopicPartition partition) {
        List<Report> pending = reports.getOrDefault(partition, List.of());
        long first = Long.MAX_VALUE;
        List<Report> left = new ArrayList<>();
        for (Report report : pending) {
            if (report.done().isDone()) {
                await(report.done(), report.what());
            } else {
                left.add(report);
                first = Math.min(first, report.offset());
            }
        }
        if (left.isEmpty()) {
            reports.remove(partition);
        } else {
            reports.put(partition, left);
        }
        return first;
    }

    /** Forgets the records of a partition that is closed. */
    public void forget(TopicPartition partition) {
        reports.remove(partition);
    }

    private static void await(Future<Void> done, String what) {
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException(what + ": interrupted while waiting for the dead letter queue", e);
        } catch (ExecutionException e) {
            throw new ConnectException(what + ": could not be written to the dead letter queue", e.getCause());
        }
    }
}
