package io.catalogconnect.bigquery;

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
 * Where records go that have no place in a table: to Connect's reporter, whose dead letter topic is waited for before
 * their offsets are committed; nowhere, counted, where errors are tolerated without a reporter; else the task stops.
 */
final class BadRecords {

    private static final Logger LOG = LoggerFactory.getLogger(BadRecords.class);

    private record Report(String what, long offset, Future<Void> done) {}

    private final String connector;
    private final @Nullable ErrantRecordReporter reporter;
    private final boolean tolerated;
    private final Map<TopicPartition, List<Report>> reports = new HashMap<>();

    BadRecords(String connector, @Nullable ErrantRecordReporter reporter, boolean tolerated) {
        this.connector = connector;
        this.reporter = reporter;
        this.tolerated = tolerated;
    }

    /** Whether a refused row's record is wanted, so that it must be kept until the row is written. */
    boolean wantsRecords() {
        return reporter != null;
    }

    /**
     * Takes a record that cannot be written; its offset is not settled until somebody has it.
     *
     * @throws ConnectException if the task is to stop
     */
    void reject(TopicPartition from, long offset, String table, @Nullable SinkRecord record, String reason) {
        Future<Void> done = report(from, offset, table, record, reason);
        reports.computeIfAbsent(from, partition -> new ArrayList<>())
                .add(new Report(describe(from, offset, table), offset, done));
    }

    /** As {@link #reject}, for a row that its lane keeps unsettled itself until the future is done. */
    CompletableFuture<Void> rejectRow(
            TopicPartition from, long offset, String table, @Nullable SinkRecord record, String reason) {
        Future<Void> done = report(from, offset, table, record, reason);
        return done instanceof CompletableFuture<Void> completable
                ? completable
                : CompletableFuture.runAsync(() -> await(done, describe(from, offset, table)));
    }

    private Future<Void> report(
            TopicPartition from, long offset, String table, @Nullable SinkRecord record, String reason) {
        String message = describe(from, offset, table) + ": " + reason;
        if (reporter != null && record != null) {
            return reporter.report(record, new DataException(message));
        }
        if (tolerated) {
            LOG.warn("Left out: {}", message);
            return CompletableFuture.completedFuture(null);
        }
        throw new DataException(message
                + " To go on without such records set errors.tolerance=all, and errors.deadletterqueue.topic.name to"
                + " keep them.");
    }

    private String describe(TopicPartition from, long offset, String table) {
        return connector + ": record at " + from + " offset " + offset + " does not go into table " + table;
    }

    /** The first offset whose report is under way, or {@link Long#MAX_VALUE}. */
    long firstUnsettled(TopicPartition partition) {
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

    void forget(TopicPartition partition) {
        reports.remove(partition);
    }

    private static void await(Future<Void> done, String what) {
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException(what + ": interrupted while it was reported", e);
        } catch (ExecutionException e) {
            throw new ConnectException(what + ": could not be reported to the dead letter queue", e.getCause());
        }
    }
}
