package io.catalogconnect.s3csv.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.testkit.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandOverWatchTest {

    private final MovableClock clock = new MovableClock();
    private final List<String> reports = new ArrayList<>();
    private final HandOverWatch watch = new HandOverWatch(clock, List.of("raw", "team-a"), reports::add, null);

    @Test
    void batchThatTheWorkerHoldsForAMinuteIsReportedOnceWithTheTopics() {
        watch.handedOver();
        clock.advance(Duration.ofSeconds(59));
        watch.check();
        assertThat(reports).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        watch.check();
        watch.check();

        assertThat(reports)
                .containsExactly(
                        "The worker has not finished sending the last records for 60 s. If one of the topics raw,"
                                + " team-a does not exist, its producer waits without limit: create the topic, or let the worker"
                                + " create it (topic.creation.default.partitions and topic.creation.default.replication.factor)."
                                + " Set producer.override.max.block.ms=60000 to make the task fail instead of waiting");
    }

    @Test
    void workerThatAsksForMoreIsNotReported() {
        watch.handedOver();
        watch.askedForMore();
        clock.advance(Duration.ofMinutes(10));
        watch.check();

        assertThat(reports).isEmpty();
    }
}
