package io.catalogconnect.bigquery.commit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The bad rows of a lane that were handed over and are not yet in safe hands. */
final class Refusals {

    private final LaneKey lane;
    private final WriterEvents events;
    private final Runnable wakeUp;
    private final TreeMap<Long, CompletableFuture<Void>> pending = new TreeMap<>();

    Refusals(LaneKey lane, WriterEvents events, Runnable wakeUp) {
        this.lane = lane;
        this.events = events;
        this.wakeUp = wakeUp;
    }

    /** Hands the bad rows over, and gives the good ones back. */
    List<Row> handOver(List<Row> rows, Map<Integer, String> reasons) {
        List<Row> good = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            String reason = reasons.get(i);
            if (reason == null) {
                good.add(rows.get(i));
                continue;
            }
            CompletableFuture<Void> refusal = events.refused(lane, rows.get(i), reason);
            pending.put(rows.get(i).offset(), refusal);
            var unused = refusal.whenComplete((done, failure) -> wakeUp.run());
        }
        return good;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** The lowest Kafka offset that is not in safe hands, {@link Long#MAX_VALUE} when there is none. */
    long firstOffset() {
        return pending.isEmpty() ? Long.MAX_VALUE : pending.firstKey();
    }

    /**
     * Forgets those that are.
     *
     * @throws RuntimeException what a hand-over failed with
     */
    void settle() {
        for (Iterator<CompletableFuture<Void>> each = pending.values().iterator(); each.hasNext(); ) {
            CompletableFuture<Void> refusal = each.next();
            if (!refusal.isDone()) {
                continue;
            }
            try {
                refusal.join(); // a failed one stays, and stops whoever asks again
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
            each.remove();
        }
    }
}
