package io.catalogconnect.catalogctl.live;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The dataset of an environment, as sinks name it in their configurations.
 *
 * @param resolver replaces the placeholders whose values are known
 */
public record SinkDataset(String project, String dataset, UnaryOperator<String> resolver) {
    /** True if a connector may write to this dataset: it names it, names none, or names it with an unknown placeholder. */
    public boolean mayBeOf(Map<String, String> config) {
        return mayBe(config.getOrDefault("bigquery.project", ""), project)
                && mayBe(config.getOrDefault("bigquery.dataset", ""), dataset);
    }

    private boolean mayBe(String value, String own) {
        String resolved = resolver.apply(value);
        return resolved.isEmpty() || resolved.contains("${") || resolved.equals(own);
    }
}
