package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import io.catalogconnect.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the rate at which streams are created. */
final class PacedStreamsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MovableClock clock = new MovableClock(START);
    private final TreeMap<Long, List<Runnable>> timers = new TreeMap<>();
    private final SimulatedBigQuery service = SimulatedBigQuery.answeringAtOnce();

    @ParameterizedTest
    @CsvSource({"4, 100, 4, 24000", "40, 100, 40, 1500", "0.5, 3, 1, 4000"})
    void streamsAfterTheFirstOnesAreCreatedAtTheRate(double perSecond, int streams, int atOnce, long lastMillis) {
        PacedStreams paced = paced(perSecond);
        List<CompletableFuture<String>> created = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            created.add(paced.create("t"));
        }

        assertThat(created.stream().filter(CompletableFuture::isDone)).hasSize(atOnce);
        assertThat(paced.isPacing()).isTrue();
        for (long millis = 1; millis < lastMillis; millis++) {
            advance(1);
        }
        assertThat(created).anyMatch(stream -> !stream.isDone());
        advance(1);
        assertThat(created).allMatch(CompletableFuture::isDone);
        assertThat(paced.isPacing()).isFalse();
    }

    @Test
    void streamsThatAreCreatedSlowlyAreNotDelayed() {
        PacedStreams paced = paced(4);
        for (int i = 0; i < 20; i++) {
            assertThat(paced.create("t")).isDone();
            advance(250);
        }
    }

    private PacedStreams paced(double perSecond) {
        return new PacedStreams(
                service,
                perSecond,
                (delay, work) -> timers.computeIfAbsent(clock.millis() + delay.toMillis(), at -> new ArrayList<>())
                        .add(work),
                clock);
    }

    private void advance(long millis) {
        clock.advance(Duration.ofMillis(millis));
        while (!timers.isEmpty() && timers.firstKey() <= clock.millis()) {
            List<Runnable> due = timers.headMap(clock.millis(), true).values().stream()
                    .flatMap(List::stream)
                    .toList();
            timers.headMap(clock.millis(), true).clear();
            due.forEach(Runnable::run);
        }
    }
}
