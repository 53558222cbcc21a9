package io.catalogconnect.bigquery;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a task has done, as numbers that only grow but for those in flight. Read by any thread. */
final class SinkMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(SinkMetrics.class);

    final AtomicLong rowsSent = new AtomicLong();
    final AtomicLong bytesSent = new AtomicLong();
    final AtomicLong rowsAcknowledged = new AtomicLong();
    final AtomicLong rowsSkipped = new AtomicLong();
    final AtomicLong takeOvers = new AtomicLong();
    final AtomicLong badRecords = new AtomicLong();
    final AtomicLong tombstones = new AtomicLong();
    final AtomicLong objectEnds = new AtomicLong();
    final AtomicLong objectsWaiting = new AtomicLong();
    final AtomicLong publications = new AtomicLong();
    final AtomicLong publishJobsLeft = new AtomicLong(ReplaceConfig.JOBS_A_DAY);
    final AtomicLong appendsInFlight = new AtomicLong();
    final AtomicLong bytesWaiting = new AtomicLong();

    private final String connector;
    private final Map<String, Reading> unseen = descriptions();
    private @Nullable PluginMetrics worker;

    SinkMetrics(String connector) {
        this.connector = connector;
    }

    /**
     * Registers the numbers as metrics of the worker, if it has metrics for plugins (Kafka 4.1 and later, KIP-877). The call is
     * linked inside the {@code try}: a lambda or a method reference at the caller would be linked, and fail, there.
     */
    void register(SinkTaskContext task) {
        try {
            worker = task.pluginMetrics();
        } catch (NoSuchMethodError | NoClassDefFoundError e) {
            LOG.info("{}: this worker has no metrics for plugins; it is older than Kafka 4.1", connector);
        }
        registerRest();
    }

    /**
     * Shows what is not shown yet. While a predecessor of the same name has not ended on this worker (it hangs in a call that
     * the worker no longer waits for), its numbers are in the way.
     */
    void registerRest() {
        PluginMetrics metrics = worker;
        if (metrics == null || unseen.isEmpty()) {
            return;
        }
        for (Iterator<Map.Entry<String, Reading>> each = unseen.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Reading> number = each.next();
            Reading reading = number.getValue();
            MetricName metric = metrics.metricName(number.getKey(), reading.description(), new LinkedHashMap<>());
            try {
                metrics.addMetric(
                        metric, (Gauge<Long>) (config, now) -> reading.value().get());
            } catch (IllegalArgumentException e) {
                LOG.info("{}: metrics wait until this task's predecessor has ended: {}", connector, e.getMessage());
                return;
            }
            each.remove();
        }
    }

    private record Reading(String description, AtomicLong value) {}

    private Map<String, Reading> descriptions() {
        Map<String, Reading> all = new LinkedHashMap<>();
        all.put("rows-sent", new Reading("Rows appended, counting those sent again", rowsSent));
        all.put("bytes-sent", new Reading("Bytes of these rows", bytesSent));
        all.put("rows-acknowledged", new Reading("Rows known to be in their tables", rowsAcknowledged));
        all.put("rows-skipped", new Reading("Rows left out because their table had them already", rowsSkipped));
        all.put("take-overs", new Reading("Partitions taken over", takeOvers));
        all.put("bad-records", new Reading("Records that have no place in a table", badRecords));
        all.put("tombstones", new Reading("Records without a value", tombstones));
        all.put("object-ends", new Reading("Ends of objects that came by", objectEnds));
        all.put("objects-waiting", new Reading("Ends of objects whose version is not shown yet", objectsWaiting));
        all.put("publications", new Reading("Jobs that made a partition or a table show other versions", publications));
        all.put(
                "publish-jobs-left",
                new Reading("Jobs that the table with the fewest left takes today", publishJobsLeft));
        all.put("appends-in-flight", new Reading("Appends sent and not answered", appendsInFlight));
        all.put("bytes-waiting", new Reading("Bytes of rows that are not acknowledged", bytesWaiting));
        return all;
    }
}
