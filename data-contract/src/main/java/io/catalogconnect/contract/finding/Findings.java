package io.catalogconnect.contract.finding;

import io.catalogconnect.contract.finding.Finding.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects findings. A finding that is added twice is reported once: values that are shared by YAML aliases are checked at
 * each place that uses them. Not thread-safe.
 */
public final class Findings {
    private final Set<Finding> all = new LinkedHashSet<>();

    /** Adds an error. */
    public void error(Place place, String rule, String message) {
        all.add(new Finding(Level.ERROR, place, message, rule, ""));
    }

    /** Adds an error that shows the place in the file. */
    public void error(Place place, String rule, String message, String excerpt) {
        all.add(new Finding(Level.ERROR, place, message, rule, excerpt));
    }

    /** Adds a warning. */
    public void warning(Place place, String rule, String message) {
        all.add(new Finding(Level.WARNING, place, message, rule, ""));
    }

    /** All findings by place. */
    public List<Finding> sorted() {
        return all.stream().sorted(Finding.ORDER).toList();
    }
}
