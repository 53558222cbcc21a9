package io.catalogconnect.bigquery.commit;

import static io.catalogconnect.bigquery.commit.LaneFixture.CALLS_LOST;
import static io.catalogconnect.bigquery.commit.LaneFixture.LANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what outlives an attempt to take a lane over: cancellation, unused streams, row counts and waiting times. */
final class TakeOverTest {

    private final LaneFixture lane = new LaneFixture();
    private TakeOver takeOver = takeOver(Duration.ZERO);

    /** A new lane is taken over by five calls: read, highest offset, create, store the checkpoint, replace. */
    @ParameterizedTest
    @CsvSource({"0, none", "1, none", "2, checkpoint", "3, none"})
    void cancelledAttemptDoesNotRegister(int callsBefore, String callAfter) {
        CompletableFuture<Ownership> attempt = takeOver.attempt(List.of(), 0);
        for (int i = 0; i < callsBefore; i++) {
            assertThat(lane.service.work()).isTrue();
        }
        takeOver.cancel();
        assertThat(lane.service.work()).as("the call that was running").isTrue();
        assertThat(lane.service.work()).as("another call").isEqualTo(!callAfter.equals("none"));
        lane.service.workAll();

        assertFails(attempt, "sink: products-0 -> t: this attempt was cancelled");
        assertThat(lane.service.registration(LANE)).isEqualTo(Registration.NONE);
    }

    /** The stream may belong to a later owner by now. */
    @Test
    void cancelledAttemptFinalizesNoStream() {
        Registration owner = writeRows();
        CompletableFuture<Ownership> attempt = takeOver.attempt(List.of(), 0);
        takeOver.cancel();
        lane.service.workAll();
        assertFails(attempt, "sink: products-0 -> t: this attempt was cancelled");

        lane.add(10, 12);
        lane.run();
        assertThat(lane.takeOvers).isEqualTo(1);
        assertThat(lane.service.registration(LANE)).isEqualTo(owner);
    }

    @Test
    void cancelledAttemptWithdrawsAChangeThatWasNotSent() {
        BatchedRegistry registry = new BatchedRegistry(
                lane.service,
                Batch.Timing.of(lane.service.timer(), Duration.ofSeconds(60)),
                Batch.Timing.of(lane.service.timer(), Duration.ofSeconds(60)));
        takeOver = new TakeOver(
                LANE,
                lane.service,
                new TakeOverPorts(registry, lane.checkpoints, lane.service),
                lane.context().settings().takeOver());
        CompletableFuture<Ownership> attempt = takeOver.attempt(List.of(), 0);
        lane.service.now(10); // reads
        lane.service.workAll();
        takeOver.cancel();
        lane.service.now(1_000);
        lane.service.workAll();

        assertThat(attempt).isCompletedExceptionally();
        assertThat(lane.service.registration(LANE)).isEqualTo(Registration.NONE);
    }

    @Test
    void streamWhoseCheckpointCouldNotBeStoredIsUsedByTheNextAttempt() {
        lane.checkpoints.fail(new ServiceUnavailableException("UNAVAILABLE", null));
        assertFails(attempt(0), "UNAVAILABLE");
        lane.checkpoints.fail(null);

        assertThat(attempt(5).join().registration()).isEqualTo(registration(1, "t/streams/s0", -1));
        assertThat(lane.checkpoints.of("t/streams/s0"))
                .containsExactly(new Checkpoint("t/streams/s0", 1, 0, -1, Row.NO_TIMESTAMP, 5));
    }

    @Test
    void streamThatCouldNotBeRegisteredIsUsedByTheNextAttempt() {
        CompletableFuture<Ownership> attempt = takeOver.attempt(List.of(), 0);
        for (int i = 0; i < 4; i++) {
            assertThat(lane.service.work()).isTrue();
        }
        lane.service.register(LANE, registration(1, "", -1));
        lane.service.workAll();
        assertFails(attempt, "sink: products-0 -> t: epoch 0 was replaced by another owner");

        assertThat(attempt(0).join().registration()).isEqualTo(registration(2, "t/streams/s0", -1));
    }

    /** The service may have registered it, so its checkpoint must not change any more. */
    @Test
    void streamThatMayBeRegisteredIsNotUsedByTheNextAttempt() {
        CompletableFuture<Ownership> attempt = takeOver.attempt(List.of(), 0);
        for (int i = 0; i < 4; i++) {
            assertThat(lane.service.work()).isTrue();
        }
        lane.service.faults(CALLS_LOST);
        lane.service.workAll();
        lane.service.faults(Faults.NONE);
        assertFails(attempt, "UNAVAILABLE: call lost");

        assertThat(attempt(0).join().registration()).isEqualTo(registration(1, "t/streams/s1", -1));
    }

    @Test
    void rowCountThatTheServiceReturnedOnceIsRemembered() {
        Registration owner = writeRows();
        CompletableFuture<Ownership> attempt = takeOver.attempt(List.of(), 0);
        lane.service.work(); // read
        lane.service.work(); // finalize
        lane.service.faults(CALLS_LOST);
        lane.service.workAll();
        lane.service.faults(Faults.NONE);
        assertFails(attempt, "UNAVAILABLE: call lost");
        lane.service.forgetStream(owner.stream());
        lane.service.delete("t");

        assertThat(attempt(0).join().registration().baseOffset()).isEqualTo(9);
    }

    @Test
    void streamOfUnknownEndIsContinuedAfterTheHighestOffsetInTheTable() {
        Registration owner = writeRows();
        lane.service.forgetStream(owner.stream());
        lane.service.delete("t", row -> row.offset() > 6);

        assertThat(attempt(0).join().registration()).isEqualTo(registration(2, "t/streams/s1", 6));
    }

    @Test
    void endThatQueriesDoNotSeeIsAwaited() {
        Registration owner = writeRows();
        lane.service.faults(LaneFixture.SEEN_LATE);
        for (int i = 0; i < 20; i++) {
            var unused = lane.checkpoints.store(new Checkpoint(owner.stream(), 1 + i, 0, -1, Row.NO_TIMESTAMP, 0));
        }
        lane.service.workAll();
        lane.service.faults(Faults.NONE);

        assertFails(
                attempt(0), "sink: products-0 -> t: queries do not see the end of stream " + owner.stream() + " yet");
        assertThat(lane.service.registration(LANE)).isEqualTo(owner);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 70_000})
    void rowsThatQueriesDoNotSeeAreAwaitedUntilTheTimeout(long start) {
        Registration owner = writeRows();
        lane.service.delete("t", row -> row.offset() == 4);
        takeOver = takeOver(Duration.ofSeconds(20));
        String message = "sink: products-0 -> t: stream " + owner.stream()
                + " has 10 rows, of which queries see 9; waiting for the rest";

        assertFails(attempt(start), message);
        assertFails(attempt(start + 1), message);
        assertFails(attempt(start + 19_999), message);
        assertThat(attempt(start + 20_000).join().registration().baseOffset()).isEqualTo(9);
    }

    @Test
    void rowsThatQueriesSeeAreNotAwaited() {
        writeRows();
        takeOver = takeOver(Duration.ofSeconds(20));

        assertThat(attempt(0).join().registration().baseOffset()).isEqualTo(9);
    }

    @Test
    void missingRowsAreNotAwaitedWithoutATimeout() {
        writeRows();
        lane.service.delete("t");

        assertThat(attempt(0).join().registration().baseOffset()).isEqualTo(9);
    }

    /** Writes the rows 0 to 9 with another owner and returns its registration. */
    private Registration writeRows() {
        lane.add(0, 10);
        lane.run();
        return lane.service.registration(LANE);
    }

    private TakeOver takeOver(Duration visibilityTimeout) {
        lane.visibilityTimeout = visibilityTimeout;
        return new TakeOver(
                LANE, lane.service, lane.ports(), lane.context().settings().takeOver());
    }

    private CompletableFuture<Ownership> attempt(long now) {
        CompletableFuture<Ownership> attempt = takeOver.attempt(List.of(), now);
        lane.service.workAll();
        return attempt;
    }

    private static Registration registration(long epoch, String stream, long baseOffset) {
        return new Registration(epoch, "sink", stream, baseOffset, Set.of());
    }

    private static void assertFails(CompletableFuture<?> attempt, String message) {
        assertThat(attempt).isDone();
        assertThatThrownBy(attempt::join)
                .cause()
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessage(message);
    }
}
