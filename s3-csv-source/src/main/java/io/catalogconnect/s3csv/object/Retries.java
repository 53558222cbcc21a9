package io.catalogconnect.s3csv.object;

import java.io.InterruptedIOException;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats calls to the store that fail with a transient error. For one thread. */
public final class Retries {

    private static final Logger log = LoggerFactory.getLogger(Retries.class);

    private final RetryPolicy policy;
    private final Delay delay;
    private final Random random;

    public Retries(RetryPolicy policy, Delay delay, Random random) {
        this.policy = policy;
        this.delay = delay;
        this.random = random;
    }

    /** A call to the store. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws StoreException;
    }

    /**
     * Runs a call until it succeeds.
     *
     * @param what the call in messages, such as "Listing s3://bucket/prefix"
     * @throws StoreException the call's error if it is permanent; a {@link TransientStoreException} after the last attempt
     */
    public <T> T call(String what, Call<T> call) throws StoreException, InterruptedIOException {
        int failures = 0;
        while (true) {
            try {
                return call.run();
            } catch (TransientStoreException e) {
                failures++;
                waitAfter(what, failures, e);
            }
        }
    }

    /**
     * Waits before the next attempt.
     *
     * @param failures number of consecutive failures without progress
     * @throws TransientStoreException if the policy allows no further attempt
     */
    void waitAfter(String what, int failures, Exception failure) throws StoreException, InterruptedIOException {
        if (failures >= policy.attempts()) {
            throw new TransientStoreException(
                    what + " failed " + failures + " times in a row, the last time with: " + failure.getMessage(),
                    failure);
        }
        log.warn("{} failed ({} of {} attempts): {}", what, failures, policy.attempts(), failure.getMessage());
        try {
            delay.await(policy.delay(failures, random));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(what + " was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
