package io.catalogconnect.bigquery.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Refused rows of a lane whose reports are not done. */
final class RefusedRows {

    private final LaneKey lane;
    private final WriterEvents events;
    private final PendingReports pending = new PendingReports();

    RefusedRows(LaneKey lane, WriterEvents events) {
        this.lane = lane;
        this.events = events;
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
        pending.add(row.offset(), row.bytes().size(), events.refused(lane, row, reason));
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** The lowest Kafka offset whose report is not done, or {@link Long#MAX_VALUE}. */
    long firstOffset() {
        return pending.firstOffset();
    }

    /** Bytes of the rows whose reports are not done. */
    long bytes() {
        return pending.bytes();
    }

    /**
     * Removes the reports that are done.
     *
     * @throws RuntimeException the failure of a report
     */
    void settle() {
        pending.settle();
    }
}
