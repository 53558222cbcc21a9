package io.catalogconnect.benchmarks.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts what arrives, and knows when the last of a number did. Thread-safe. */
final class Arrivals implements Acknowledgements {
    private static final long PATIENCE_NANOS = Duration.ofMinutes(3).toNanos();

    private long count;
    private long awaited;
    private long lastAt;
    private @Nullable String failure;

    /** Adds to the number of arrived records. */
    synchronized void add(long more) {
        count += more;
        lastAt = System.nanoTime();
        notifyAll();
    }

    /** What arrives is not what should. */
    synchronized void fail(String reason) {
        if (failure == null) {
            failure = reason;
        }
        notifyAll();
    }

    @Override
    public synchronized void reset() {
        requireAwaited();
        count = 0;
        awaited = 0;
    }

    @Override
    public synchronized long await(long wanted) throws InterruptedException {
        awaited = wanted;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (count < wanted && failure == null) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("Waited three minutes for " + wanted + " records; " + count + " came");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        requireAwaited();
        return lastAt;
    }

    private void requireAwaited() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        if (count != awaited) {
            throw new IllegalStateException(count + " records came instead of " + awaited);
        }
    }
}
