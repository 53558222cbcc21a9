package io.catalogconnect.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.junit.jupiter.api.Test;

final class FakePluginMetricsTest {

    @Test
    void nameIsUsedOnceOnAWorkerUntilItsTaskEnds() {
        FakePluginMetrics.Worker worker = new FakePluginMetrics.Worker();
        FakePluginMetrics first = worker.task();
        FakePluginMetrics second = worker.task();
        register(first);
        assertThat(first.values()).containsEntry("rows", 7L);
        assertThat(first.descriptions()).containsEntry("rows", "Rows sent");
        assertThatThrownBy(() -> register(second))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already exists, can't register another one.");

        first.end();
        register(second);
        assertThat(first.values()).isEmpty();
        assertThat(second.values()).containsOnlyKeys("rows");
    }

    @Test
    void keysOfTheWorkerAreNotKeysOfTheTasks() {
        FakePluginMetrics task = new FakePluginMetrics.Worker().task();
        MetricName name = task.metricName("rows", "Rows sent", new LinkedHashMap<>());
        assertThatThrownBy(() -> task.removeMetric(name)).hasMessage("the worker removes what a task registered");
        assertThatThrownBy(() -> task.addSensor("s")).hasMessage("gauges only");
        assertThatThrownBy(() -> task.removeSensor("s")).hasMessage("gauges only");
    }

    private static void register(FakePluginMetrics task) {
        task.addMetric(task.metricName("rows", "Rows sent", new LinkedHashMap<>()), (Gauge<Long>) (config, now) -> 7L);
    }
}
