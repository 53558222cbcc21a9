package io.catalogconnect.contract.finding;

import java.util.Comparator;

/**
 * A mistake in a contract.
 *
 * @param rule ID of the lint rule, such as {@code unknown-key}
 * @param message complete sentences
 * @param excerpt the line of the file and a caret below the place; empty if the place alone is enough
 */
public record Finding(Level level, Place place, String message, String rule, String excerpt) {

    static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::place).thenComparing(Finding::rule).thenComparing(Finding::message);

    /** The effect of a finding. */
    public enum Level {
        /** The contract cannot be used. */
        ERROR,
        /** The contract can be used. */
        WARNING
    }
}
