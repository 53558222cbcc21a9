package io.catalogconnect.bigquery.metrics;

import io.catalogconnect.bigquery.replace.ReplaceSettings;
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

/** A task's metrics: counters since its start, and gauges. Read by any thread. */
public final class SinkMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(SinkMetrics.class);

    public final AtomicLong rowsSent = new AtomicLong();
    public final AtomicLong bytesSent = new AtomicLong();
    public final AtomicLong rowsAcknowledged = new AtomicLong();
    public final AtomicLong rowsSkipped = new AtomicLong();
    public final AtomicLong takeOvers = new AtomicLong();
    public final AtomicLong rejectedRecords = new AtomicLong();
    public final AtomicLong tombstones = new AtomicLong();
    public final AtomicLong endMarkers = new AtomicLong();
    public final AtomicLong endMarkersWaiting = new AtomicLong();
    public final AtomicLong publications = new AtomicLong();
    public final AtomicLong publishJobsLeft = new AtomicLong(ReplaceSettings.JOBS_PER_DAY);
    public final AtomicLong appendsInFlight = new AtomicLong();
    public final AtomicLong bytesUnsettled = new AtomicLong();

    private final String connector;
    private final Map<String, Reading> unregistered = descriptions();
    private @Nullable PluginMetrics worker;

    public SinkMetrics(String connector) {
        this.connector = connector;
    }

    /**
     * Registers the metrics with the worker, if it supports metrics of plugins (Kafka 4.1 and later, KIP-877). The call is
     * linked inside the {@code try}: a lambda or a method reference at the caller would be linked, and fail, there.
     */
    public void register(SinkTaskContext task) {
        try {
            worker = task.pluginMetrics();
        } catch (NoSuchMethodError | NoClassDefFoundError e) {
            LOG.info(
                    "{}: this worker does not support metrics of plugins, because it is older than Kafka 4.1",
                    connector);
        }
        registerRest();
    }

    /**
     * Registers the metrics that are not registered yet. While a previous task of the same name has not ended on this worker
     * (it hangs in a call that the worker no longer waits for), the names are taken.
     */
    public void registerRest() {
        PluginMetrics metrics = worker;
        if (metrics == null || unregistered.isEmpty()) {
            return;
        }
        for (Iterator<Map.Entry<String, Reading>> each = unregistered.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Reading> number = each.next();
            Reading reading = number.getValue();
            MetricName metric = metrics.metricName(number.getKey(), reading.description(), new LinkedHashMap<>());
            try {
                metrics.addMetric(
                        metric, (Gauge<Long>) (config, now) -> reading.value().get());
            } catch (IllegalArgumentException e) {
                LOG.info("{}: metrics are registered after the previous task has ended: {}", connector, e.getMessage());
                return;
            }
            each.remove();
        }
    }

    private record Reading(String description, AtomicLong value) {}

    private Map<String, Reading> descriptions() {
        Map<String, Reading> all = new LinkedHashMap<>();
        all.put("rows-sent", new Reading("Rows sent, including rows that were sent again", rowsSent));
        all.put("bytes-sent", new Reading("Bytes of the rows sent, including rows that were sent again", bytesSent));
        all.put("rows-acknowledged", new Reading("Rows that BigQuery acknowledged", rowsAcknowledged));
        all.put(
                "rows-skipped",
                new Reading("Redelivered rows skipped because they were already in their table", rowsSkipped));
        all.put("take-overs", new Reading("Take-overs of lanes (one topic partition written to one table)", takeOvers));
        all.put(
                "rejected-records",
                new Reading("Records rejected because they cannot be written to a table", rejectedRecords));
        all.put("tombstones", new Reading("Tombstones (records without a value) received", tombstones));
        all.put("object-ends", new Reading("End markers received", endMarkers));
        all.put(
                "end-markers-waiting",
                new Reading("End markers whose version is not published yet", endMarkersWaiting));
        all.put(
                "publications",
                new Reading(
                        "Publications: jobs that replaced a partition or a table with the newest versions",
                        publications));
        all.put(
                "publish-jobs-left",
                new Reading(
                        "Lowest remaining daily job quota among the tables for which this task has read a publication record,"
                                + " as of that reading; " + ReplaceSettings.JOBS_PER_DAY
                                + " before the first one and in other write modes",
                        publishJobsLeft));
        all.put("appends-in-flight", new Reading("Appends that are sent and not yet answered", appendsInFlight));
        all.put(
                "bytes-waiting",
                new Reading("Bytes of records that are not yet acknowledged, rejected or published", bytesUnsettled));
        return all;
    }
}
