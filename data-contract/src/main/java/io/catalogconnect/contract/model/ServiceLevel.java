package io.catalogconnect.contract.model;

import java.util.Map;
import java.util.Optional;

/**
 * A service level.
 *
 * @param property such as {@code retention} or {@code latency}
 * @param value as it is written
 * @param unit such as {@code d}; empty for none
 */
public record ServiceLevel(String property, String value, String unit, String description, Places places) {
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("second", "s"),
            Map.entry("seconds", "s"),
            Map.entry("minute", "m"),
            Map.entry("minutes", "m"),
            Map.entry("hour", "h"),
            Map.entry("hours", "h"),
            Map.entry("day", "d"),
            Map.entry("days", "d"),
            Map.entry("year", "y"),
            Map.entry("years", "y"));

    /** The value as a time span; empty if it is not one. */
    public Optional<TimeSpan> span() {
        return TimeSpan.parse(value + UNITS.getOrDefault(unit, unit));
    }
}
