package io.catalogconnect.contract.model;

import java.util.List;

/**
 * The arguments of a metric.
 *
 * @param pattern regular expression of valid values; empty if absent
 * @param validValues empty if absent
 * @param missingValues values that mean a missing value, besides null
 * @param properties names of columns
 */
public record QualityArguments(
        String pattern, List<String> validValues, List<String> missingValues, List<String> properties) {
    public QualityArguments {
        validValues = List.copyOf(validValues);
        missingValues = List.copyOf(missingValues);
        properties = List.copyOf(properties);
    }
}
