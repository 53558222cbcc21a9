package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

final class RuleMetricsTest {
    /** Keeps what is registered, as a worker's metrics do. */
    private static final class KeptMetrics implements PluginMetrics {
        private final Map<MetricName, MetricValueProvider<?>> metrics = new HashMap<>();

        @Override
        @SuppressWarnings("NonApiType") // Kafka's interface has it so.
        public MetricName metricName(String name, String description, LinkedHashMap<String, String> tags) {
            return new MetricName(name, "plugins", description, tags);
        }

        @Override
        public void addMetric(MetricName name, MetricValueProvider<?> provider) {
            // A worker refuses a metric that is there already.
            assertThat(metrics.put(name, provider)).as("%s", name).isNull();
        }

        @Override
        public void removeMetric(MetricName name) {
            metrics.remove(name);
        }

        @Override
        public Sensor addSensor(String name) {
            throw new AssertionError("No sensor is needed");
        }

        @Override
        public void removeSensor(String name) {
            throw new AssertionError("No sensor was added");
        }

        Map<String, Object> of(String rule) {
            Map<String, Object> values = new TreeMap<>();
            metrics.forEach((name, provider) -> {
                if (rule.equals(name.tags().get("rule"))) {
                    values.put(name.name(), ((Gauge<?>) provider).value(new MetricConfig(), 0));
                }
            });
            return values;
        }
    }

    @Test
    void eachRuleCountsItsResults() {
        KeptMetrics metrics = new KeptMetrics();
        try (ConditionFilter<SourceRecord> filter = new ConditionFilter<>()) {
            filter.configure(Map.of("conditions.by.topic", Products.BY_TOPIC, "on.null", "drop"));
            filter.withPluginMetrics(metrics);
            Products.sample().forEach(row -> filter.apply(Products.record("products.team-b", row)));
            Map<String, Object> noYear = new HashMap<>();
            noYear.put("brand", "Samsung");
            noYear.put("year_release", null);
            filter.apply(Products.record("products.team-b", null, noYear));
            Throwable missing = catchThrowable(
                    () -> filter.apply(Products.record("products.team-b", null, Map.of("brand", "Samsung"))));
            Throwable error = catchThrowable(() -> filter.apply(
                    Products.record("products.team-b", null, Map.of("brand", "Samsung", "year_release", "x"))));
            assertThat(missing).isNotNull();
            assertThat(error).isNotNull();
        }
        assertThat(metrics.of("products.team-b"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "evaluated-total", 13L,
                        "matched-total", 2L,
                        "dropped-total", 9L,
                        "null-total", 1L,
                        "missing-total", 1L,
                        "errors-total", 1L));
        assertThat(metrics.of("products.team-a")).containsEntry("evaluated-total", 0L);
    }

    @Test
    void missingFieldsOfPseudonymsAreCounted() {
        KeptMetrics metrics = new KeptMetrics();
        try (Pseudonymize.Value<SourceRecord> pseudonymize = new Pseudonymize.Value<>()) {
            pseudonymize.configure(Map.of(
                    "fields", "brnd,currency",
                    "secret", "a secret of thirty-two bytes or more",
                    "on.missing.field", "skip"));
            pseudonymize.withPluginMetrics(metrics);
            pseudonymize.apply(Products.record("t", Products.product("HP", 1, null)));
            pseudonymize.apply(Products.record("t", Products.product("HP", 1, null)));
        }
        Map<String, Object> counts = new TreeMap<>();
        metrics.metrics.forEach((name, provider) ->
                counts.put(name.name() + " " + name.tags(), ((Gauge<?>) provider).value(new MetricConfig(), 0)));
        assertThat(counts)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("missing-total {field=brnd}", 2L, "missing-total {field=currency}", 0L));
    }

    @Test
    void routesToOneTopicShareTheirCounters() {
        KeptMetrics metrics = new KeptMetrics();
        try (ConditionRouter<SourceRecord> router = new ConditionRouter<>()) {
            router.configure(Map.of("routes", "a: false\na: true"));
            router.withPluginMetrics(metrics);
            router.apply(Products.record("t", Products.product("HP", 1, null)));
        }
        assertThat(metrics.of("a")).containsEntry("evaluated-total", 2L).containsEntry("matched-total", 1L);
    }

    @Test
    void tagsAndPredicatesCountTheirResults() {
        KeptMetrics metrics = new KeptMetrics();
        try (ConditionTag<SourceRecord> tag = new ConditionTag<>();
                io.catalogconnect.transforms.predicates.MatchesCondition<SourceRecord> predicate =
                        new io.catalogconnect.transforms.predicates.MatchesCondition<>()) {
            tag.configure(Map.of("tags", "x: true"));
            tag.withPluginMetrics(metrics);
            predicate.configure(Map.of("condition", "true"));
            predicate.withPluginMetrics(metrics);
            SourceRecord record = Products.record("t", Products.product("HP", 1, null));
            tag.apply(record);
            assertThat(predicate.test(record)).isTrue();
        }
        assertThat(metrics.of("x")).containsEntry("matched-total", 1L);
        assertThat(metrics.of("condition")).containsEntry("matched-total", 1L);
    }
}
