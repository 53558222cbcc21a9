package io.catalogconnect.bigquery.commit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One attempt at a time to take a lane over, and how long it may last. All calls come from one thread. */
final class LaneClaim {

    private final TakeOver takeOver;
    private final Duration timeout;
    private final Runnable wakeUp;
    private @Nullable CompletableFuture<Ownership> attempt;
    private long deadline;

    LaneClaim(TakeOver takeOver, Duration timeout, Runnable wakeUp) {
        this.takeOver = takeOver;
        this.timeout = timeout;
        this.wakeUp = wakeUp;
    }

    /** Begins an attempt; the first rows that wait tell whether the table's are of the same topic. */
    void begin(List<Row> waiting, long now) {
        CompletableFuture<Ownership> begun = takeOver.attempt(waiting, now);
        attempt = begun;
        deadline = now + timeout.toMillis();
        var unused = begun.whenComplete((owned, failure) -> wakeUp.run());
    }

    /**
     * What the attempt came to, or nothing while it may still come to something.
     *
     * @throws ServiceUnavailableException if another attempt may do it
     * @throws RuntimeException if none will
     */
    Optional<Ownership> end(long now) {
        CompletableFuture<Ownership> begun = attempt;
        if (begun == null || (!begun.isDone() && now <= deadline)) {
            return Optional.empty();
        }
        attempt = null;
        if (!begun.isDone()) {
            takeOver.giveUp();
            throw new ServiceUnavailableException("no answer in " + timeout.toMillis() + " ms", null);
        }
        try {
            return Optional.of(begun.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Ends what is under way at its next step. */
    void giveUp() {
        takeOver.giveUp();
    }
}
