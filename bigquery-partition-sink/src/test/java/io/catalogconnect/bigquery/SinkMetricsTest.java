package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.junit.jupiter.api.Test;

final class SinkMetricsTest {

    /** The metrics of one worker: a name is there once, whoever registered it. */
    private static final Set<String> WORKER = new LinkedHashSet<>();

    private static final class Task implements PluginMetrics {
        private final Map<String, MetricValueProvider<?>> mine = new LinkedHashMap<>();

        @Override
        @SuppressWarnings("NonApiType") // as Kafka has it
        public MetricName metricName(String name, String description, LinkedHashMap<String, String> tags) {
            return new MetricName(name, "plugins", description, tags);
        }

        @Override
        public void addMetric(MetricName metricName, MetricValueProvider<?> provider) {
            if (!WORKER.add(metricName.name())) {
                throw new IllegalArgumentException(
                        "A metric named '" + metricName + "' already exists, can't register another one.");
            }
            mine.put(metricName.name(), provider);
        }

        @Override
        public void removeMetric(MetricName metricName) {
            throw new AssertionError("the worker removes what a task registered");
        }

        @Override
        public Sensor addSensor(String name) {
            throw new AssertionError("no sensors");
        }

        @Override
        public void removeSensor(String name) {
            throw new AssertionError("no sensors");
        }

        void end() {
            WORKER.removeAll(mine.keySet());
        }
    }

    @Test
    void metricsOfATaskWhosePredecessorHangsWaitUntilItHasEnded() {
        WORKER.clear();
        Task hanging = new Task();
        new SinkMetrics("catalog-sink").register(() -> hanging);
        assertThat(hanging.mine)
                .containsKeys("rows-sent", "rows-acknowledged", "rows-skipped", "take-overs", "appends-in-flight");

        Task next = new Task();
        SinkMetrics metrics = new SinkMetrics("catalog-sink");
        metrics.register(() -> next);
        assertThat(next.mine).isEmpty();

        hanging.end();
        metrics.registerRest();
        assertThat(next.mine).containsOnlyKeys(hanging.mine.keySet());
        metrics.registerRest();
    }

    @Test
    void aWorkerWithoutMetricsForPluginsIsNoTrouble() {
        SinkMetrics metrics = new SinkMetrics("catalog-sink");
        metrics.register(() -> {
            throw new NoSuchMethodError("pluginMetrics");
        });
        metrics.registerRest();
        metrics.rowsSent.incrementAndGet();
        assertThat(metrics.rowsSent).hasValue(1);
    }
}
