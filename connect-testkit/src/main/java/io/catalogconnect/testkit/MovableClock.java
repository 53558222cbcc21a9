package io.catalogconnect.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A UTC clock that advances when it is told to, or by a fixed step at each reading. Thread-safe. */
public final class MovableClock extends Clock {
    private final Duration step;
    private Instant time;

    /** A clock that starts at an arbitrary time. */
    public MovableClock() {
        this(Instant.parse("2026-02-01T00:00:00Z"));
    }

    public MovableClock(Instant start) {
        this(start, Duration.ZERO);
    }

    /** A clock that advances by {@code step} before each reading. */
    public MovableClock(Instant start, Duration step) {
        this.time = start;
        this.step = step;
    }

    /** Advances the clock. */
    public synchronized void advance(Duration duration) {
        time = time.plus(duration);
    }

    @Override
    public synchronized Instant instant() {
        time = time.plus(step);
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
