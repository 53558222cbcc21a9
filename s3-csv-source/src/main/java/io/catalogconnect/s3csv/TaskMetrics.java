package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.assign.Counters;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;

/** Shows a task's counters among the worker's metrics, where the worker can (KIP-877, from 4.1). */
final class TaskMetrics {

    private final PluginMetrics metrics;

    private TaskMetrics(PluginMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Adds the metrics; the worker takes them away when the task ends.
     *
     * @throws LinkageError when the worker is older than plugin metrics
     */
    static void register(SourceTaskContext context, Counters counters, Clock clock) {
        TaskMetrics all = new TaskMetrics(context.pluginMetrics());
        all.gauge("objects-listed", "Objects of this task that the last listing showed", counters.objectsListed::get);
        all.gauge("objects-waiting", "Objects with rows left that wait", counters.objectsWaiting::get);
        all.gauge("objects-done", "Objects read to their end", counters.objectsDone::get);
        all.gauge("listings", "Pages of listings asked for", counters.listings::get);
        all.gauge("rows", "Rows handed to the worker", counters.rows::get);
        all.gauge("bad-rows", "Bad rows met", counters.badRows::get);
        all.gauge("reopens", "Streams that broke and were opened again", counters.reopens::get);
        all.gauge("current-object-rows", "Rows of the object that is being read", counters.currentRows::get);
        all.gauge("current-object-bytes", "Bytes of it, decompressed, up to now", counters.currentByte::get);
        all.gauge(
                "current-object-percent",
                "How much of it is read; more than 100 when it is compressed",
                () -> counters.currentSize.get() == 0
                        ? 0
                        : 100 * counters.currentByte.get() / counters.currentSize.get());
        all.gauge(
                "oldest-waiting-age-ms",
                "How long ago the oldest of the objects that waited at the last listing was modified",
                () -> counters.oldestWaiting.get() == 0 ? 0 : clock.millis() - counters.oldestWaiting.get());
    }

    private void gauge(String name, String description, LongSupplier value) {
        Gauge<Long> gauge = (config, now) -> value.getAsLong();
        metrics.addMetric(metrics.metricName(name, description, new LinkedHashMap<>()), gauge);
    }
}
