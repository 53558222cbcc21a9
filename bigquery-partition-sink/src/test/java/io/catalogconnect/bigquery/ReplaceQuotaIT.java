package io.catalogconnect.bigquery;

import static io.catalogconnect.bigquery.ObjectLog.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.ObjectLog.Version;
import io.catalogconnect.testkit.FakePluginMetrics;
import io.catalogconnect.testkit.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the number of publication jobs, with a clock that the sink and BigQuery share and the test advances. */
final class ReplaceQuotaIT {

    private static final TopicPartition PARTITION = new TopicPartition("products.raw", 0);
    private static final String MONDAY = "2026-11-02";
    private static final Version ONE = version("a.csv", "one", "2026-11-02T10:00:00Z", MONDAY);
    private static final Version TWO = version("a.csv", "two", "2026-11-02T11:00:00Z", MONDAY);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-02T20:00:00Z"));
    private final FakePluginMetrics metrics = new FakePluginMetrics.Worker().task();
    private final ObjectLog log = new ObjectLog(PARTITION);
    private final LocalSink sink;
    private final LocalDataset dataset;
    private final BigQueryPartitionSinkTask task;

    ReplaceQuotaIT(@TempDir Path folder) {
        sink = new LocalSink(folder, clock);
        dataset = sink.dataset;
        sink.properties.put("write.mode", "replace");
        sink.properties.put("replace.min.interval.ms", "3600000");
        sink.context.metrics = metrics;
        task = sink.start(PARTITION);
    }

    @AfterEach
    void stopEverything() {
        sink.close();
    }

    @Test
    void objectsOfOneDateThatArriveWithinTheMinimumIntervalShareOneJob() {
        task.put(log.deliver(ONE, 5).from(0));
        awaitWaiting(0);
        assertThat(jobsToday()).isEqualTo(1);

        int next = log.next();
        for (int object = 1; object <= 20; object++) {
            log.deliver(version("b" + object + ".csv", "b" + object, "2026-11-02T12:00:00Z", MONDAY), 2);
        }
        task.put(log.from(next));
        awaitFacts(21);
        pass(Duration.ofMinutes(50));
        assertThat(jobsToday()).isEqualTo(1);
        assertThat(rows()).isEqualTo(5);
        assertThat(metric("end-markers-waiting")).isEqualTo(20L);

        pass(Duration.ofMinutes(10));
        awaitWaiting(0);
        assertThat(jobsToday()).isEqualTo(2);
        assertThat(rows()).isEqualTo(5 + 20 * 2);
        assertThat(metric("publications")).isEqualTo(2L);
    }

    @Test
    void endMarkersWaitForTheNextDayIfTheDailyJobQuotaIsUsedUp() {
        task.put(log.deliver(ONE, 5).from(0));
        awaitWaiting(0);
        dataset.change("UPDATE catalog._catalog_connect_publications SET jobs_today = 1500 WHERE TRUE");
        int next = log.next();
        task.put(log.deliver(TWO, 3).from(next));
        awaitFacts(2);
        pass(Duration.ofHours(2));
        await(() -> metric("publish-jobs-left").equals(0L));
        pass(Duration.ofMinutes(5));

        assertThat(metric("end-markers-waiting")).isEqualTo(1L);
        assertThat(rows("one")).isEqualTo(5);
        assertThat(rows()).isEqualTo(5);
        assertThat(committed()).isEqualTo(log.next() - 1);
        assertThat(jobsToday()).isEqualTo(1_500);

        pass(Duration.ofHours(2)); // midnight, UTC
        awaitWaiting(0);
        assertThat(rows("two")).isEqualTo(3);
        assertThat(rows()).isEqualTo(3);
        assertThat(committed()).isEqualTo(log.next());
        assertThat(jobsToday()).isEqualTo(1);
        assertThat(metric("publish-jobs-left")).isEqualTo(1_499L);
    }

    private Object metric(String name) {
        return Objects.requireNonNull(metrics.values().get(name), name);
    }

    /** Advances the clock, then calls the task. */
    private void pass(Duration time) {
        clock.advance(time);
        for (int i = 0; i < 20; i++) {
            turn();
        }
    }

    private void turn() {
        clock.advance(Duration.ofMillis(100));
        task.put(List.of());
    }

    private void awaitWaiting(long ends) {
        await(() -> metric("end-markers-waiting").equals(ends));
    }

    private void awaitFacts(long facts) {
        await(() -> dataset.number("SELECT COUNT(*) FROM catalog._catalog_connect_versions") == facts);
    }

    private void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(LocalSink.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    turn();
                    return condition.call();
                });
    }

    private long committed() {
        return task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(log.next())))
                .getOrDefault(PARTITION, new OffsetAndMetadata(0))
                .offset();
    }

    private long jobsToday() {
        return dataset.number("SELECT SUM(jobs_today) FROM catalog._catalog_connect_publications");
    }

    private long rows() {
        return dataset.number("SELECT COUNT(*) FROM catalog.products_raw");
    }

    private long rows(String etag) {
        return dataset.number("SELECT COUNT(*) FROM catalog.products_raw WHERE brand = '" + etag + "'");
    }
}
