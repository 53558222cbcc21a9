package io.catalogconnect.s3csv.object;

import java.time.Duration;
import java.util.Random;

/**
 * How often the same thing is tried, and how long to wait before each further time: the limit doubles from {@code base} up to
 * {@code max}, and the wait is drawn between half of the limit and the limit, so that tasks that failed together do not come
 * back together.
 *
 * @param attempts how often at most without any progress, the first time included
 */
public record RetryPolicy(int attempts, Duration base, Duration max) {

    public RetryPolicy {
        if (attempts < 1 || base.isNegative() || max.compareTo(base) < 0) {
            throw new IllegalArgumentException("attempts is " + attempts + ", base " + base + ", max " + max
                    + ": want attempts >= 1, 0 <= base <= max");
        }
    }

    /**
     * The wait after a failure.
     *
     * @param failures how many in a row, at least one
     */
    public Duration delay(int failures, Random random) {
        long limit = base.toNanos();
        for (int i = 1; i < failures && limit < max.toNanos(); i++) {
            limit *= 2;
        }
        limit = Math.min(limit, max.toNanos());
        return Duration.ofNanos(limit / 2 + (long) (random.nextDouble() * (limit / 2.0)));
    }
}
