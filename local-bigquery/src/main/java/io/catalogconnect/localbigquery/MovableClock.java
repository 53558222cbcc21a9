package io.catalogconnect.localbigquery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A UTC clock that advances only when it is told to, for tests of expirations and idle limits. Thread-safe. */
public final class MovableClock extends Clock {
    private volatile Instant time;

    public MovableClock(Instant start) {
        this.time = start;
    }

    /** Advances the clock. */
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

    /** Not supported: the clock has the zone UTC only. */
    @Override
    public Clock withZone(ZoneId zone) {
        if (!zone.equals(ZoneOffset.UTC)) {
            throw new UnsupportedOperationException("MovableClock supports the zone UTC only, not " + zone);
        }
        return this;
    }
}
