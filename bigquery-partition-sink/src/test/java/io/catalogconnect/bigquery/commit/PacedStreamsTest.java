package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void timePassedShortensTheDelay() {
        PacedStreams paced = paced(4);
        for (int i = 0; i < 4; i++) {
            assertThat(paced.create("t")).isDone();
        }
        advance(100);
        CompletableFuture<String> fifth = paced.create("t");
        advance(149);
        assertThat(fifth).isNotDone();

        advance(1);
        assertThat(fifth).isDone();
    }

    @Test
    void delayedStreamIsTheOneThatTheServiceCreates() {
        PacedStreams paced = paced(1);
        CompletableFuture<String> first = paced.create("t");
        CompletableFuture<String> second = paced.create("t");
        advance(1_000);

        assertThat(first).isCompletedWithValue("t/streams/s0");
        assertThat(second).isCompletedWithValue("t/streams/s1");
    }

    @Test
    void failureOfADelayedStreamIsReported() {
        PacedStreams paced = paced(1);
        assertThat(paced.create("t")).isDone();
        service.tablesUnknown(true);
        CompletableFuture<String> second = paced.create("t");
        advance(1_000);

        assertThatThrownBy(second::join)
                .cause()
                .isInstanceOf(TableUnknownException.class)
                .hasMessage(SimulatedBigQuery.DENIAL);
    }

    @Test
    void callsThatCreateNoStreamAreNotDelayed() {
        PacedStreams paced = paced(1);
        String stream = paced.create("t").join();
        StreamConnection connection = paced.connect(stream);

        assertThat(connection.isOpen()).isTrue();
        assertThat(paced.finalizeStream(stream)).isCompletedWithValue(FinalizedStream.holding(0));
        assertThat(paced.defaultStream("t")).isEqualTo("t/streams/_default");
        assertThat(service.calls())
                .containsExactly("create stream of t", "connect to t/streams/s0", "finalize t/streams/s0");
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
