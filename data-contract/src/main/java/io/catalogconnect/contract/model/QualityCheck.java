package io.catalogconnect.contract.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A quality check of an object or of a column.
 *
 * @param id as in the contract; empty if absent
 * @param type {@code library} for a metric, {@code sql}, or another one that is documentation
 * @param metric such as {@code nullValues}; empty for a check in SQL
 * @param query SQL; empty for a metric
 * @param percent true if the number is the share of the rows in percent
 * @param severity such as {@code error}; empty if absent
 * @param definition everything that decides what is measured, as one text
 * @param limits the keys that start with {@code must}, and their values
 */
public record QualityCheck(
        String id,
        String description,
        String type,
        String metric,
        QualityArguments arguments,
        String query,
        boolean percent,
        String severity,
        String definition,
        Map<String, String> limits,
        Places places) {
    public QualityCheck {
        limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
    }

    /** The ID, or the metric for a check without an ID. */
    public String title() {
        return !id.isEmpty() ? id : metric.isEmpty() ? "sql" : metric;
    }
}
