package io.catalogconnect.bigquery.commit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stores the checkpoints of one lane's stream. An append needs a new one only if its last row is not at the Kafka offset
 * that the newest checkpoint states, because offsets were left out: by filters, transaction markers or refused rows.
 *
 * <p>The newest checkpoint at or below the stream's row count must be the right one. So no checkpoint is stored below the
 * end of an append that may be written.
 */
final class AppendCheckpoints {

    /** Age at which a checkpoint is replaced. Checkpoints expire after some days, and streams may live longer. */
    private static final long RENEWAL_MS = Duration.ofDays(1).toMillis();

    private final StreamCheckpoints store;
    private @Nullable Checkpoint newest;
    private @Nullable CompletableFuture<Checkpoint> stored;

    AppendCheckpoints(StreamCheckpoints store) {
        this.store = store;
    }

    /** Starts with an empty stream, whose first checkpoint the take-over has stored. */
    void startStream(Checkpoint first) {
        newest = first;
        stored = CompletableFuture.completedFuture(first);
    }

    /**
     * Stores a checkpoint if an append needs one.
     *
     * @param rowCount number of rows in the stream after the append
     * @param last the append's last row
     * @return completes when the append may be sent
     */
    CompletableFuture<?> before(long rowCount, Row last, long now) {
        Checkpoint known = newest;
        CompletableFuture<Checkpoint> storing = stored;
        if (known == null || storing == null) {
            throw new IllegalStateException("no stream was started");
        }
        if (storing.isCompletedExceptionally()
                || !known.describes(rowCount, last)
                || now - known.storedAt() >= RENEWAL_MS) {
            Checkpoint next = known.next(rowCount, last, now);
            storing = store.store(next);
            newest = next;
            stored = storing;
        }
        return storing;
    }
}
