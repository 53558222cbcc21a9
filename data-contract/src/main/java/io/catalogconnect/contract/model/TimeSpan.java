package io.catalogconnect.contract.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time span as it is written, such as {@code 7d}.
 *
 * @param text number and unit
 */
public record TimeSpan(String text, Duration duration) {
    /** The units, for messages. */
    public static final String FORM = "a number and one of ms, s, m, h, d, such as 7d";

    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d|y)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "y", Duration.ofDays(365));

    /** Parses a time span; empty if it is not one. */
    public static Optional<TimeSpan> parse(String text) {
        Matcher span = SPAN.matcher(text.strip());
        return span.matches()
                ? Optional.of(new TimeSpan(
                        text.strip(),
                        UNITS.getOrDefault(span.group(2), Duration.ZERO).multipliedBy(Long.parseLong(span.group(1)))))
                : Optional.empty();
    }

    /** The time span in milliseconds. */
    public long millis() {
        return duration.toMillis();
    }

    /** The time span in days, rounded down. */
    public long days() {
        return duration.toDays();
    }
}
