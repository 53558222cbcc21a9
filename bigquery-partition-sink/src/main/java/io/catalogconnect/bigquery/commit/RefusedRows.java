package io.catalogconnect.bigquery.commit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Refused rows of a lane whose reports are not done. */
final class RefusedRows {

    private final LaneKey lane;
    private final WriterEvents events;
    private final Runnable wakeUp;
    private final TreeMap<Long, CompletableFuture<Void>> pending = new TreeMap<>();

    RefusedRows(LaneKey lane, WriterEvents events, Runnable wakeUp) {
        this.lane = lane;
        this.events = events;
        this.wakeUp = wakeUp;
    }

    /** Reports the refused rows and returns the others. */
    List<Row> report(List<Row> rows, Map<Integer, String> reasons) {
        List<Row> accepted = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            String reason = reasons.get(i);
            if (reason == null) {
                accepted.add(rows.get(i));
                continue;
            }
            report(rows.get(i), reason);
        }
        return accepted;
    }

    /** Reports rows that are refused for the same reason. */
    void reportAll(List<Row> rows, String reason) {
        rows.forEach(row -> report(row, reason));
    }

    private void report(Row row, String reason) {
        CompletableFuture<Void> pendingReport = events.refused(lane, row, reason);
        pending.put(row.offset(), pendingReport);
        var unused = pendingReport.whenComplete((done, failure) -> wakeUp.run());
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** The lowest Kafka offset whose report is not done, or {@link Long#MAX_VALUE}. */
    long firstOffset() {
        return pending.isEmpty() ? Long.MAX_VALUE : pending.firstKey();
    }

    /**
     * Removes the reports that are done.
     *
     * @throws RuntimeException the failure of a report
     */
    void settle() {
        for (Iterator<CompletableFuture<Void>> each = pending.values().iterator(); each.hasNext(); ) {
            CompletableFuture<Void> report = each.next();
            if (!report.isDone()) {
                continue;
            }
            try {
                report.join(); // a failed report stays, and fails every later call
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
            each.remove();
        }
    }
}
