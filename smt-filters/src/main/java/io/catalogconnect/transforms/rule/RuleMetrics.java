package io.catalogconnect.transforms.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the counters of rules as metrics of the worker (KIP-877): {@code evaluated-total}, {@code matched-total},
 * {@code dropped-total}, {@code null-total}, {@code missing-total} and {@code errors-total}, each with the tag {@code rule}.
 * Workers before Kafka 4.1 have no metrics for plugins and never call this.
 */
public final class RuleMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(RuleMetrics.class);

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "evaluated", "Records evaluated by the rule",
            "matched", "Records for which the rule's condition was true",
            "dropped", "Records dropped because of the rule",
            "null", "Records with a null where the condition needs a value",
            "missing", "Records without a field that the condition reads",
            "errors", "Records for which the condition could not be evaluated");

    private RuleMetrics() {}

    /**
     * Registers the counters of rules; rules with the same name share their counters. A metric whose name is still in use is
     * logged and left out: a previous task that hangs in a call keeps its metrics until that call ends.
     */
    public static void register(PluginMetrics metrics, Collection<Rule> rules) {
        Map<String, List<Rule>> byName = new LinkedHashMap<>();
        rules.forEach(rule ->
                byName.computeIfAbsent(rule.name(), name -> new ArrayList<>()).add(rule));
        byName.forEach((name, sameName) -> DESCRIPTIONS.forEach((count, description) ->
                register(metrics, count + "-total", description, Map.of("rule", name), () -> sum(sameName, count))));
    }

    /** Registers one counter, as {@link #register(PluginMetrics, Collection)} does. */
    public static void register(
            PluginMetrics metrics, String name, String description, Map<String, String> tags, LongSupplier counter) {
        MetricName metric = metrics.metricName(name, description, new LinkedHashMap<>(tags));
        try {
            metrics.addMetric(metric, (Gauge<Long>) (config, now) -> counter.getAsLong());
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "Metric {} with the tags {} is not registered: {}. The task runs without it. Restart the task when its"
                            + " predecessor has ended.",
                    name,
                    tags,
                    e.getMessage());
        }
    }

    private static long sum(List<Rule> rules, String count) {
        return rules.stream()
                .mapToLong(rule -> Objects.requireNonNull(rule.counts().get(count)))
                .sum();
    }
}
