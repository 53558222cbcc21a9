package io.catalogconnect.transforms;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * Shows rules' counters as the worker's metrics (KIP-877): {@code evaluated-total}, {@code matched-total}, {@code dropped-total},
 * {@code null-total}, {@code missing-total} and {@code errors-total}, each with the tag {@code rule}. Workers before Kafka 4.1 have
 * no such metrics and never call this.
 */
public final class RuleMetrics {
    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "evaluated", "Records that the rule was asked about",
            "matched", "Records for which the rule's condition was true",
            "dropped", "Records that were dropped because of the rule",
            "null", "Records that had a null where the condition needs a value",
            "missing", "Records without a field that the condition asks for",
            "errors", "Records for which the condition could not be computed");

    private RuleMetrics() {}

    /** Registers the counters of rules; rules of one name share what they count. */
    public static void register(PluginMetrics metrics, Collection<Rule> rules) {
        Map<String, java.util.List<Rule>> byName = new LinkedHashMap<>();
        rules.forEach(rule -> byName.computeIfAbsent(rule.name(), name -> new java.util.ArrayList<>())
                .add(rule));
        byName.forEach((name, sameName) -> DESCRIPTIONS.forEach((count, description) -> {
            LinkedHashMap<String, String> tags = new LinkedHashMap<>();
            tags.put("rule", name);
            MetricName metric = metrics.metricName(count + "-total", description, tags);
            metrics.addMetric(metric, (Gauge<Long>) (config, now) -> sameName.stream()
                    .mapToLong(rule ->
                            Objects.requireNonNull(rule.counters().counts().get(count)))
                    .sum());
        }));
    }
}
