package io.catalogconnect.bigquery.commit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Delay before a retry: doubles up to a limit, half of it random, so that tasks do not retry at the same time. */
public final class Backoff {

    private final long firstMillis;
    private final long limitMillis;
    private final RandomGenerator random;

    public Backoff(Duration first, Duration limit, RandomGenerator random) {
        this.firstMillis = Math.max(1, first.toMillis());
        this.limitMillis = Math.max(firstMillis, limit.toMillis());
        this.random = random;
    }

    /** The wait in milliseconds after {@code failures} failures in a row, counted from 0. */
    public long delayMillis(int failures) {
        long full = Math.min(limitMillis, firstMillis << Math.min(failures, 30));
        long half = Math.max(1, full / 2);
        return half + random.nextLong(half + 1);
    }
}
