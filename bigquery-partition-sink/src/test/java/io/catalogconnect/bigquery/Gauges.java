package io.catalogconnect.bigquery;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;

/** A worker's metrics, to be read by a test. */
final class Gauges implements PluginMetrics {

    private final Map<String, MetricValueProvider<?>> registered = new HashMap<>();

    /** What a gauge says now. */
    Object read(String name) {
        Gauge<?> gauge = (Gauge<?>) Objects.requireNonNull(registered.get(name), name);
        return gauge.value(new MetricConfig(), 0);
    }

    @Override
    @SuppressWarnings("NonApiType") // as Kafka has it
    public MetricName metricName(String name, String description, LinkedHashMap<String, String> tags) {
        return new MetricName(name, "plugins", description, tags);
    }

    @Override
    public void addMetric(MetricName metricName, MetricValueProvider<?> provider) {
        registered.put(metricName.name(), provider);
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
}
