package io.catalogconnect.bigquery.commit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Runs one attempt of a take-over at a time, with a time-out. All calls come from one thread. */
final class TakeOverAttempt {

    private final TakeOver takeOver;
    private final Duration timeout;
    private final Runnable wakeUp;
    private @Nullable CompletableFuture<Ownership> attempt;
    private long deadline;

    TakeOverAttempt(TakeOver takeOver, Duration timeout, Runnable wakeUp) {
        this.takeOver = takeOver;
        this.timeout = timeout;
        this.wakeUp = wakeUp;
    }

    /** Begins an attempt; {@code waiting} are the first waiting rows, which are compared with the table's. */
    void begin(List<Row> waiting, long now) {
        CompletableFuture<Ownership> begun = takeOver.attempt(waiting, now);
        attempt = begun;
        deadline = now + timeout.toMillis();
        var unused = begun.whenComplete((owned, failure) -> wakeUp.run());
    }

    /**
     * The attempt's result, or empty while it is running.
     *
     * @throws ServiceUnavailableException if another attempt may succeed
     * @throws RuntimeException if none will
     */
    Optional<Ownership> end(long now) {
        CompletableFuture<Ownership> begun = attempt;
        if (begun == null || (!begun.isDone() && now <= deadline)) {
            return Optional.empty();
        }
        attempt = null;
        if (!begun.isDone()) {
            takeOver.cancel();
            throw new ServiceUnavailableException("no answer in " + timeout.toMillis() + " ms", null);
        }
        try {
            return Optional.of(begun.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Cancels a running attempt before its next call. */
    void cancel() {
        takeOver.cancel();
    }
}
