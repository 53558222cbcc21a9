package io.catalogconnect.testkit;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;

/**
 * A task's metrics on a worker (KIP-877, from Kafka 4.1): a name is there once on the worker, whichever task registered it, and a
 * task's names go when it ends.
 */
public final class FakePluginMetrics implements PluginMetrics {

    /** A worker's registry. */
    public static final class Worker {
        private final Set<String> names = new LinkedHashSet<>();

        /** The metrics of another task. */
        public FakePluginMetrics task() {
            return new FakePluginMetrics(this);
        }
    }

    private final Worker worker;
    private final Map<MetricName, MetricValueProvider<?>> providers = new LinkedHashMap<>();

    private FakePluginMetrics(Worker worker) {
        this.worker = worker;
    }

    /** What the task registered, with its value now. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        providers.forEach(
                (name, provider) -> values.put(name.name(), ((Gauge<?>) provider).value(new MetricConfig(), 0)));
        return values;
    }

    /** What the task registered, with its description. */
    public Map<String, String> descriptions() {
        Map<String, String> descriptions = new LinkedHashMap<>();
        providers.keySet().forEach(name -> descriptions.put(name.name(), name.description()));
        return descriptions;
    }

    /** The task ends, and the worker takes its metrics away. */
    public void end() {
        providers.keySet().forEach(name -> worker.names.remove(name.name()));
        providers.clear();
    }

    @Override
    @SuppressWarnings("NonApiType") // as Kafka has it
    public MetricName metricName(String name, String description, LinkedHashMap<String, String> tags) {
        return new MetricName(name, "plugins", description, tags);
    }

    @Override
    public void addMetric(MetricName name, MetricValueProvider<?> provider) {
        if (!worker.names.add(name.name())) {
            throw new IllegalArgumentException(
                    "A metric named '" + name + "' already exists, can't register another one.");
        }
        providers.put(name, provider);
    }

    @Override
    public void removeMetric(MetricName name) {
        throw new AssertionError("the worker removes what a task registered");
    }

    @Override
    public Sensor addSensor(String name) {
        throw new AssertionError("gauges only");
    }

    @Override
    public void removeSensor(String name) {
        throw new AssertionError("gauges only");
    }
}
