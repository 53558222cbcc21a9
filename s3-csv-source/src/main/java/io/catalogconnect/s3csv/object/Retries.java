package io.catalogconnect.s3csv.object;

import java.io.InterruptedIOException;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries calls to the store again while they fail in passing. For one thread. */
public final class Retries {

    private static final Logger log = LoggerFactory.getLogger(Retries.class);

    private final RetryPolicy policy;
    private final Pause pause;
    private final Random random;

    public Retries(RetryPolicy policy, Pause pause, Random random) {
        this.policy = policy;
        this.pause = pause;
        this.random = random;
    }

    /** One call to the store. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws StoreException;
    }

    /**
     * Runs a call until it answers.
     *
     * @param what for messages, like "Listing s3://bucket/prefix"
     * @throws StoreException the call's, when it is final; a {@link TransientStoreException} when all attempts are used up
     */
    public <T> T call(String what, Call<T> call) throws StoreException, InterruptedIOException {
        int failures = 0;
        while (true) {
            try {
                return call.run();
            } catch (TransientStoreException e) {
                failures++;
                pauseAfter(what, failures, e);
            }
        }
    }

    /**
     * Waits as the policy says.
     *
     * @param failures how many in a row without progress
     * @throws TransientStoreException when these were all the policy allows
     */
    void pauseAfter(String what, int failures, Exception failure) throws StoreException, InterruptedIOException {
        if (failures >= policy.attempts()) {
            throw new TransientStoreException(
                    what + " failed " + failures + " times in a row, the last time with: " + failure.getMessage(),
                    failure);
        }
        log.warn("{} failed ({} of {} attempts): {}", what, failures, policy.attempts(), failure.getMessage());
        try {
            pause.pause(policy.delay(failures, random));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(what + " was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
