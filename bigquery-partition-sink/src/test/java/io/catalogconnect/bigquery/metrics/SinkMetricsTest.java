package io.catalogconnect.bigquery.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.RecordingContext;
import io.catalogconnect.testkit.FakePluginMetrics;
import io.catalogconnect.testkit.ReferencePage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SinkMetricsTest {

    private static final String HEAD = """
            # Metrics of the BigQuery partition sink

            Attributes of the MBean `kafka.connect:type=plugins,connector=<connector>,task=<number>` of each task, on workers of
            Kafka 4.1 and later. All values are integers. `appends-in-flight`, `bytes-waiting`, `end-markers-waiting` and
            `publish-jobs-left` are gauges; the others are counters since the start of the task. This page is generated from the code.
            """;

    private final FakePluginMetrics.Worker worker = new FakePluginMetrics.Worker();

    @Test
    void metricsAreRegisteredAfterTheHangingPreviousTaskHasEnded() {
        FakePluginMetrics hanging = worker.task();
        new SinkMetrics("catalog-sink").register(worker(hanging));
        assertThat(hanging.values())
                .containsKeys("rows-sent", "rows-acknowledged", "rows-skipped", "take-overs", "appends-in-flight");
        int all = hanging.values().size();

        FakePluginMetrics next = worker.task();
        SinkMetrics metrics = new SinkMetrics("catalog-sink");
        metrics.register(worker(next));
        assertThat(next.values()).isEmpty();

        hanging.end();
        metrics.registerRest();
        assertThat(next.values()).hasSize(all);
        metrics.registerRest();
    }

    @Test
    void referencePageListsEveryMetric() throws IOException {
        FakePluginMetrics task = worker.task();
        new SinkMetrics("catalog-sink").register(worker(task));

        new ReferencePage()
                .check("metrics/bigquery-partition-sink.md", ReferencePage.metrics(HEAD, task.descriptions()));
    }

    @Test
    void taskRunsOnAWorkerWithoutMetricsOfPlugins() {
        SinkMetrics metrics = new SinkMetrics("catalog-sink");
        metrics.register(worker(null));
        metrics.registerRest();
        metrics.rowsSent.incrementAndGet();
        assertThat(metrics.rowsSent).hasValue(1);
    }

    /** A worker of Kafka 4.1 or later, or without metrics an older one. */
    private static RecordingContext worker(@Nullable FakePluginMetrics metrics) {
        RecordingContext context = new RecordingContext();
        context.metrics = metrics;
        return context;
    }
}
