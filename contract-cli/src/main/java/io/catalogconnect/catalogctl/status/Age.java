package io.catalogconnect.catalogctl.status;

import java.time.Duration;

/** Durations for people. */
final class Age {
    private static final long DAY = 86_400;
    private static final long HOUR = 3600;
    private static final long MINUTE = 60;

    private Age() {}

    /** A duration in its two largest units, such as {@code 3 d 2 h}. */
    static String text(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds >= DAY) {
            return joined(seconds / DAY, "d", seconds % DAY / HOUR, "h");
        }
        if (seconds >= HOUR) {
            return joined(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min");
        }
        return seconds >= MINUTE ? joined(seconds / MINUTE, "min", seconds % MINUTE, "s") : seconds + " s";
    }

    private static String joined(long large, String largeUnit, long small, String smallUnit) {
        String text = large + " " + largeUnit;
        return small == 0 ? text : text + " " + small + " " + smallUnit;
    }
}
