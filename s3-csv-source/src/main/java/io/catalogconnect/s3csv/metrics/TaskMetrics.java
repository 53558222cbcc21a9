package io.catalogconnect.s3csv.metrics;

import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a task's counters as metrics of the worker, if it has metrics for plugins (KIP-877, Kafka 4.1). For one thread. */
public final class TaskMetrics {

    private static final Logger log = LoggerFactory.getLogger(TaskMetrics.class);

    private final Map<String, Reading> unregistered;
    private @Nullable PluginMetrics metrics;

    private record Reading(String description, LongSupplier value) {}

    public TaskMetrics(Counters counters, Clock clock) {
        this.unregistered = readings(counters, clock);
    }

    /** Registers the metrics. The worker removes them when the task ends. */
    public void register(SourceTaskContext context) {
        try {
            metrics = context.pluginMetrics();
        } catch (NoSuchMethodError | NoClassDefFoundError e) {
            log.info("This worker has no metrics for plugins, because it is older than Kafka 4.1");
        }
        registerRest();
    }

    /**
     * Registers the metrics that are not registered yet. While the task's predecessor has not ended on this worker, because
     * it hangs in a call that the worker no longer waits for, its metrics occupy the names.
     */
    public void registerRest() {
        PluginMetrics worker = metrics;
        if (worker == null || unregistered.isEmpty()) {
            return;
        }
        for (Iterator<Map.Entry<String, Reading>> rest = unregistered.entrySet().iterator(); rest.hasNext(); ) {
            Map.Entry<String, Reading> entry = rest.next();
            Reading reading = entry.getValue();
            try {
                worker.addMetric(
                        worker.metricName(entry.getKey(), reading.description(), new LinkedHashMap<>()),
                        (Gauge<Long>) (config, now) -> reading.value().getAsLong());
            } catch (IllegalArgumentException e) {
                log.info("Metrics wait until this task's predecessor has ended: {}", e.getMessage());
                return;
            }
            rest.remove();
        }
    }

    private static Map<String, Reading> readings(Counters counters, Clock clock) {
        Map<String, Reading> all = new LinkedHashMap<>();
        all.put("objects-listed", new Reading("Objects of this task in the last listing", counters.objectsListed::get));
        all.put(
                "objects-left-out",
                new Reading(
                        "Objects of this task in the last listing that are never read: housekeeping files"
                                + " (object.hidden), and keys without a date (file.date.missing=skip)",
                        counters.objectsLeftOut::get));
        all.put("objects-unread", new Reading("Objects that wait to be read", counters.objectsUnread::get));
        all.put("objects-done", new Reading("Objects read to their end", counters.objectsDone::get));
        all.put("listings", new Reading("Pages of bucket listings received", counters.listings::get));
        all.put(
                "rows",
                new Reading(
                        "Rows passed to the worker, including malformed rows sent to bad.rows.topic",
                        counters.rows::get));
        all.put("malformed-rows", new Reading("Malformed rows encountered", counters.malformedRows::get));
        all.put("reopens", new Reading("Interrupted reads that were resumed", counters.reopens::get));
        all.put("current-object-rows", new Reading("Rows read of the current object", counters.currentRows::get));
        all.put(
                "current-object-bytes",
                new Reading("Bytes read of the current object, decompressed", counters.currentByte::get));
        all.put(
                "current-object-percent",
                new Reading(
                        "Bytes read of the current object, decompressed, in percent of its stored size; can exceed 100 if it"
                                + " is compressed",
                        () -> counters.currentSize.get() == 0
                                ? 0
                                : 100 * counters.currentByte.get() / counters.currentSize.get()));
        all.put(
                "oldest-unread-age-ms",
                new Reading(
                        "Time since the last modification of the oldest object that waits or is being read, in"
                                + " milliseconds; 0 without such an object. Objects uploaded after the last listing do not count",
                        () -> counters.oldestUnread.get() == 0 ? 0 : clock.millis() - counters.oldestUnread.get()));
        return all;
    }
}
