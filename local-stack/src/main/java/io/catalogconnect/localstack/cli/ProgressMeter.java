package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.Delivery.Share;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures a share that grows: how much of it is done, how fast it grows, and how long the rest takes at that rate. Not
 * thread-safe.
 */
final class ProgressMeter {
    /** Before that, a rate says nothing, and a short wait needs none. */
    private static final Duration MEASURED_AFTER = Duration.ofSeconds(3);

    private static final int BAR = 10;

    private final Clock clock;
    private @Nullable Instant start;
    private Share first = new Share(0, 0);
    private Share now = new Share(0, 0);

    ProgressMeter(Clock clock) {
        this.clock = clock;
    }

    /** Takes a reading. The first one is where the measurement begins. */
    void update(Share share) {
        if (start == null) {
            start = clock.instant();
            first = share;
        }
        now = share;
    }

    /** For example {@code [####------] 41%}; 100% only if everything is done. */
    String bar() {
        long done = Math.min(now.done(), now.total());
        int filled = now.total() == 0 ? 0 : (int) (BAR * done / now.total());
        int percent = now.total() == 0 ? 0 : (int) (100 * done / now.total());
        return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]" + " " + percent + "%";
    }

    /** Growth in units per second, or empty if it is not known yet. */
    Optional<Long> perSecond() {
        long millis = elapsed().toMillis();
        long grown = now.done() - first.done();
        return Optional.of(millis)
                .filter(time -> time >= MEASURED_AFTER.toMillis())
                .map(time -> 1000 * grown / time)
                .filter(rate -> rate > 0);
    }

    /** For example {@code 20 s left}, or empty if it is not known yet, or nothing is left. */
    Optional<String> left() {
        return perSecond()
                .filter(rate -> now.done() < now.total())
                .map(rate -> text((now.total() - now.done() + rate - 1) / rate) + " left");
    }

    private Duration elapsed() {
        return start == null ? Duration.ZERO : Duration.between(start, clock.instant());
    }

    private static String text(long seconds) {
        if (seconds < 100) {
            return seconds + " s";
        }
        long minutes = (seconds + 30) / 60;
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
