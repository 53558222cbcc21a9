package io.catalogconnect.s3csv.flow;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports a worker that does not finish sending a batch. Connect's producer waits without limit, and without a message, for a
 * topic that does not exist; a connector cannot ask the worker's brokers which topics there are. Safe for use by several
 * threads.
 */
final class HandOverWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HandOverWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

    private final Clock clock;
    private final List<String> topics;
    private final Consumer<String> report;
    private final @Nullable ScheduledExecutorService timer;
    private long handedOverAt;
    private boolean waiting;

    HandOverWatch(Clock clock, List<String> topics, Consumer<String> report, @Nullable ScheduledExecutorService timer) {
        this.clock = clock;
        this.topics = List.copyOf(topics);
        this.report = report;
        this.timer = timer;
    }

    /** Starts a thread that checks every ten seconds and logs. */
    static HandOverWatch start(Clock clock, List<String> topics) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "s3-csv-source-hand-over-watch");
            thread.setDaemon(true);
            return thread;
        });
        HandOverWatch watch = new HandOverWatch(clock, topics, log::warn, timer);
        var unused = timer.scheduleWithFixedDelay(
                watch::check, CHECK_INTERVAL.toMillis(), CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** The task returned records to the worker. */
    synchronized void handedOver() {
        handedOverAt = clock.millis();
        waiting = true;
    }

    /** The worker asks for the next records, so it has sent the previous ones. */
    synchronized void askedForMore() {
        waiting = false;
    }

    /** Reports once for each batch that the worker has held for more than a minute. */
    synchronized void check() {
        long held = clock.millis() - handedOverAt;
        if (waiting && held >= PATIENCE.toMillis()) {
            waiting = false;
            report.accept("The worker has not finished sending the last records for " + held / 1000
                    + " s. If one of the topics " + String.join(", ", topics)
                    + " does not exist, its producer waits without limit: create the topic, or let the worker create it"
                    + " (topic.creation.default.partitions and topic.creation.default.replication.factor). Set"
                    + " producer.override.max.block.ms=60000 to make the task fail instead of waiting");
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
