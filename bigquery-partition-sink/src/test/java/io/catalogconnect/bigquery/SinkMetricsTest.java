package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
        private final Map<String, String> descriptions = new LinkedHashMap<>();

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
            descriptions.put(metricName.name(), metricName.description());
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
    void theReferenceListsEveryMetricAsItIs() throws IOException {
        WORKER.clear();
        Task task = new Task();
        new SinkMetrics("catalog-sink").register(() -> task);
        StringBuilder page = new StringBuilder("# Metrics of the BigQuery partition sink\n\n"
                + "Attributes of the MBean `kafka.connect:type=plugins,connector=<connector>,task=<number>` of each task, on workers"
                + " of Kafka 4.1\nand later. All are whole numbers; those in flight and waiting go up and down, the others only"
                + " up, from the task's start.\n\n| metric | what it tells |\n|---|---|\n");
        task.descriptions.forEach((name, description) -> page.append("| `")
                .append(name)
                .append("` | ")
                .append(description)
                .append(" |\n"));
        GeneratedDocs.checkOrUpdate("metrics/bigquery-partition-sink.md", page.toString());
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
