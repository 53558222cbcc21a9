package io.catalogconnect.localstack.replace;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.bigquery.CatalogDataset;
import io.catalogconnect.localstack.fault.BigQueryFaults;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * One file of one date that is delivered again and again, and a power cut at a step of each version's way: the sink is held
 * there by a fault of local-bigquery, and what is killed never hears how its call ended.
 */
final class CrashStage implements AutoCloseable {

    private static final String TABLE = "products_raw";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** What the power cut takes. */
    enum Victim {
        WORKER,
        BIGQUERY,
        BOTH
    }

    private final ReplacingPipeline pipeline;
    private final LocalStack stack;
    private final CatalogDataset dataset;
    private final BigQueryFaults faults;
    private final Watcher watcher;
    private int version;

    CrashStage(Path folder) throws Exception {
        pipeline = ReplacingPipeline.start(
                folder,
                Map.of(
                        "topics", "products.raw",
                        "tables", "products.raw:" + TABLE,
                        "replace.min.interval.ms", "0",
                        "append.max.rows", "50",
                        // A call that is held must not be given up before the power cut.
                        "append.timeout.ms", "600000",
                        "bigquery.request.timeout.ms", "600000",
                        "retry.backoff.max.ms", "500",
                        "consumer.override.session.timeout.ms", "6000",
                        "consumer.override.heartbeat.interval.ms", "1000"));
        stack = pipeline.stack();
        dataset = stack.dataset();
        faults = new BigQueryFaults(stack.endpoints().bigQueryRest());
        watcher = new Watcher(dataset, TABLE, WholeVersions.ofObjects(Catalogue::rows));
        Catalogue first = next();
        pipeline.deliver(first);
        assertThat(pipeline.shown(TABLE)).isEqualTo(Shown.exactly(first));
    }

    /** Delivers the next version, kills processes at one of its steps, and checks that it is published. */
    void killAt(Step step, Victim victim) throws Exception {
        String what = victim + " at " + step;
        Catalogue next = next();
        Standing before = Standing.of(dataset, TABLE);
        faults.add(step.rule());
        List<Delivered> delivered = pipeline.put(next);
        await(what + " is reached", faults::areUsedUp);
        boolean withoutKafka = step == Step.OFFSET_NOT_COMMITTED;
        if (withoutKafka) {
            stack.killBroker();
        }
        await(what + " stands as it must", () -> step.isReached(Standing.of(dataset, TABLE), before, next.rows()));
        kill(victim);
        if (withoutKafka) {
            stack.restartBroker();
        }
        restart(victim);
        pipeline.await(delivered);

        assertThat(pipeline.shown(TABLE)).as(what).isEqualTo(Shown.exactly(next));
        Standing after = Standing.of(dataset, TABLE);
        assertThat(after.historyRows() - before.historyRows()).as(what).isEqualTo(next.rows());
        assertThat(Standing.doubledRows(dataset, TABLE)).as(what).isZero();
        assertThat(after.facts() - before.facts()).as(what).isEqualTo(1);
        assertThat(after.sequence() - before.sequence()).as("jobs: " + what).isEqualTo(1);
        assertThat(after.done()).as(what).isTrue();
        assertThat(watcher.violations()).as(what).isEmpty();
    }

    private void kill(Victim victim) {
        if (victim != Victim.BIGQUERY) {
            stack.killWorker();
        }
        if (victim != Victim.WORKER) {
            stack.killBigQuery();
        }
    }

    private void restart(Victim victim) throws IOException, InterruptedException {
        if (victim != Victim.WORKER) {
            stack.restartBigQuery();
        }
        if (victim != Victim.BIGQUERY) {
            stack.restartWorker();
        }
    }

    /** Versions grow and shrink, and each has another number of rows than its neighbours. */
    private Catalogue next() {
        version++;
        Catalogue next = Catalogue.of("2026-01-01", "products", version, 160 + version * 37 % 100);
        watcher.expect(next);
        return next;
    }

    /** Something to wait for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException, ExecutionException;
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException, ExecutionException {
        Wait patience = Wait.upTo(PATIENCE);
        while (!condition.holds()) {
            assertThat(watcher.violations()).as(what).isEmpty();
            assertThat(patience.isOver())
                    .as("waited " + PATIENCE + " until " + what)
                    .isFalse();
            patience.pause();
        }
    }

    /** Stops everything; what the reader saw must have been well. */
    @Override
    public void close() {
        try {
            watcher.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the reader came to its end", e);
        }
        pipeline.close();
        assertThat(watcher.violations()).isEmpty();
        assertThat(watcher.changes()).as("of %d looks", watcher.looks()).isEqualTo(version);
    }
}
