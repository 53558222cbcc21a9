package io.catalogconnect.localbigquery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock in UTC that stands still until it is moved: for tests of what happens after days. Thread-safe. */
public final class MovableClock extends Clock {
    private volatile Instant time;

    public MovableClock(Instant start) {
        this.time = start;
    }

    /** Lets time pass. */
    public synchronized void advance(Duration duration) {
        time = time.plus(duration);
    }

    @Override
    public Instant instant() {
        return time;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Times are told in UTC only. */
    @Override
    public Clock withZone(ZoneId zone) {
        if (!zone.equals(ZoneOffset.UTC)) {
            throw new UnsupportedOperationException("MovableClock tells UTC only, not " + zone);
        }
        return this;
    }
}
