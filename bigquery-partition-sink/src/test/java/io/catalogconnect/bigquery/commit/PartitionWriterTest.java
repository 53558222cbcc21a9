package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.commit.SimulatedBigQuery.Faults;
import io.catalogconnect.bigquery.commit.SimulatedBigQuery.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class PartitionWriterTest implements WriterEvents {

    private static final LaneKey LANE = new LaneKey("sink", "products", 0, "t");
    private static final Faults ANSWERS_LOST = new Faults(0, 1, 0, 0, 0, 0);
    private static final Faults CALLS_LOST = new Faults(1, 0, 0, 0, 1, 0);
    private static final Faults NO_ANSWERS = new Faults(0, 0, 1, 0, 0, 0);
    private static final Faults INTERNAL = new Faults(0, 0, 0, 1, 0, 0);
    private static final Faults SEEN_LATE = new Faults(0, 0, 0, 0, 0, 1_000_000);

    private final SimulatedBigQuery service = new SimulatedBigQuery(new Random(7));
    private final RowFormat format = SimulatedBigQuery.format("t");
    private final List<Long> refused = new ArrayList<>();
    private CompletableFuture<Void> refusal = CompletableFuture.completedFuture(null);
    private boolean tableReady = true;
    private boolean rowsExpire;
    private int skipped;
    private int takeOvers;
    private long acknowledged;
    private long sent;
    private long now = 1_000;
    private PartitionWriter writer = newWriter();

    @Test
    void rowsAreWrittenInOrderAndSettled() {
        accept(0, 25);
        run();

        assertThat(offsets()).containsExactlyElementsOf(range(0, 25));
        assertThat(writer.firstUnsettled()).isEmpty();
        assertThat(writer.unsettledBytes()).isZero();
        assertThat(acknowledged).isEqualTo(25);
        assertThat(takeOvers).isEqualTo(1);
        assertThat(service.registration(LANE).epoch()).isEqualTo(1);
    }

    @Test
    void nothingIsSettledBeforeItIsAcknowledged() {
        accept(10, 12);
        writer.step(now);
        assertThat(writer.firstUnsettled()).hasValue(10);
        assertThat(writer.isFlowing()).isFalse();

        own();
        assertThat(writer.isFlowing()).isTrue();
        assertThat(writer.firstUnsettled()).hasValue(10);

        service.workAll();
        writer.step(now);
        assertThat(writer.firstUnsettled()).isEmpty();
    }

    @Test
    void aNewOwnerGoesOnAfterTheHighestOffset() {
        accept(0, 10);
        run();
        writer = newWriter();
        accept(5, 15);
        run();

        assertThat(offsets()).containsExactlyElementsOf(range(0, 15));
        assertThat(skipped).isEqualTo(5);
        assertThat(service.registration(LANE).baseOffset()).isEqualTo(9);
    }

    @Test
    void anOwnerThatWasFollowedStopsForGood() {
        accept(0, 10);
        run();
        PartitionWriter old = writer;
        String stream = service.registration(LANE).stream();
        writer = newWriter();
        accept(10, 20);
        run();
        old.accept(row(10), now);

        assertThatThrownBy(() -> run(old))
                .isInstanceOf(FencedException.class)
                .hasMessage(
                        "sink: products-0 -> t: fenced by a newer task, which writes stream "
                                + service.registration(LANE).stream()
                                + " in epoch 2. Nothing is lost or doubled; restart this task if it is the one that should run.");
        old.accept(row(30), now);
        run(old);

        assertThat(stream).isNotEqualTo(service.registration(LANE).stream());
        assertThat(offsets()).containsExactlyElementsOf(range(0, 20));
    }

    @Test
    void aLostAnswerDoesNotWriteTwice() {
        accept(0, 3);
        own();
        service.faults(ANSWERS_LOST);
        service.workAll();
        service.faults(Faults.NONE);
        run();

        assertThat(offsets()).containsExactly(0L, 1L, 2L);
        assertThat(takeOvers).isEqualTo(1);
    }

    @Test
    void aCompareAndSetWhoseAnswerIsLostIsRecognisedAsOurs() {
        accept(0, 3);
        own();
        service.faults(INTERNAL);
        for (int i = 0; i < 30; i++) {
            tick();
        }
        service.faults(ANSWERS_LOST);
        for (int i = 0; i < 300; i++) {
            tick();
        }
        service.faults(Faults.NONE);
        run();

        assertThat(offsets()).containsExactly(0L, 1L, 2L);
        assertThat(writer.firstUnsettled()).isEmpty();
    }

    @Test
    void anAppendWithoutAnAnswerIsSentAgainOnANewConnection() {
        accept(0, 3);
        own();
        int before = service.connections();
        service.faults(NO_ANSWERS);
        service.workAll();
        service.faults(Faults.NONE);
        writer.step(now);
        assertThat(writer.requestsInFlight()).isEqualTo(1);
        now += 10_000;
        run();

        assertThat(service.connections()).isEqualTo(before + 1);
        assertThat(offsets()).containsExactly(0L, 1L, 2L);
        assertThat(sent).isEqualTo(6);
    }

    @Test
    void aTakeOverWithoutAnEndIsBegunAnew() {
        accept(0, 3);
        service.faults(NO_ANSWERS);
        writer.step(now);
        service.workAll();
        now += 100_000;
        writer.step(now);
        service.faults(Faults.NONE);
        run();

        assertThat(offsets()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void anOutageEndsWithoutALossAndWithoutHelp() {
        accept(0, 3);
        run();
        service.faults(CALLS_LOST);
        accept(3, 30);
        for (int i = 0; i < 500; i++) {
            tick();
        }
        assertThat(writer.firstUnsettled()).hasValue(3);
        service.faults(Faults.NONE);
        run();

        assertThat(offsets()).containsExactlyElementsOf(range(0, 30));
    }

    @Test
    void onlyTheBadRowsOfARequestAreRefusedAndTheRestIsWrittenOnceInOrder() {
        service.refuseOffsets(offset -> offset == 3 || offset == 7);
        accept(0, 40);
        run();

        assertThat(refused).containsExactly(3L, 7L);
        List<Long> expected = range(0, 40);
        expected.removeAll(List.of(3L, 7L));
        assertThat(offsets()).containsExactlyElementsOf(expected);
        assertThat(takeOvers).isEqualTo(1);
    }

    @Test
    void nothingBehindABadRowIsWrittenUntilSomebodyHasIt() {
        refusal = new CompletableFuture<>();
        service.refuseOffsets(offset -> offset == 1);
        accept(0, 3);
        for (int i = 0; i < 100; i++) {
            tick();
        }
        assertThat(offsets()).isEmpty();
        assertThat(writer.firstUnsettled()).hasValue(0);

        refusal.complete(null);
        run();
        assertThat(offsets()).containsExactly(0L, 2L);
    }

    @Test
    void aBadRowThatNobodyTakesStopsTheTask() {
        refusal = CompletableFuture.failedFuture(new IllegalStateException("no dead letter topic"));
        service.refuseOffsets(offset -> offset == 1);
        accept(0, 3);

        assertThatThrownBy(this::run).isInstanceOf(IllegalStateException.class).hasMessage("no dead letter topic");
    }

    @Test
    void rowsWithAColumnThatIsNotKnownYetAreTriedUntilItIs() {
        accept(0, 3);
        service.columnsUnknown(true);
        for (int i = 0; i < 200; i++) {
            tick();
        }
        assertThat(offsets()).isEmpty();
        service.columnsUnknown(false);
        run();

        assertThat(offsets()).containsExactly(0L, 1L, 2L);
        assertThat(takeOvers).isEqualTo(1);
    }

    @Test
    void aColumnThatIsNeverKnownStopsTheTask() {
        accept(0, 3);
        service.columnsUnknown(true);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        tick();
                    }
                })
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessageMatching(
                        "sink: products-0 -> t: stream t/streams/s0: the table still does not take the record's columns after 5 s: Input"
                                + " schema has more fields than BigQuery schema. Compare the table's columns with the record's"
                                + " schema, then restart the task.");
    }

    @Test
    void aTakeOverWaitsForRowsThatAreNotSeenYet() {
        service.faults(SEEN_LATE);
        accept(0, 10);
        run();
        service.faults(Faults.NONE);
        writer = newWriter();
        accept(0, 12);
        for (int i = 0; i < 100; i++) {
            tick();
        }
        assertThat(takeOvers).isEqualTo(1);
        now += 1_000_000;
        service.now(now);
        run();

        assertThat(offsets()).containsExactlyElementsOf(range(0, 12));
    }

    @Test
    void rowsThatAreNeverSeenStopTheTakeOver() {
        accept(0, 10);
        run();
        String stream = service.registration(LANE).stream();
        service.delete("t");
        writer = newWriter();
        accept(10, 12);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        tick();
                    }
                })
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("sink: products-0 -> t: stream " + stream + " took 10 rows, of which 0 are to be seen above"
                        + " offset -1 after 20 s. Going on could write rows twice. If rows of this table were deleted on"
                        + " purpose, set this lane's stream to '' in the registry table and restart the task.");
    }

    @Test
    void rowsThatMayHaveExpiredAreWaitedForAndThenGoneOnWithout() {
        rowsExpire = true;
        accept(0, 10);
        run();
        service.delete("t");
        writer = newWriter();
        accept(10, 12);
        for (int i = 0; i < 100_000; i++) {
            tick();
        }

        assertThat(offsets()).containsExactlyElementsOf(range(10, 12));
    }

    @Test
    void aLaneThatIsWantedIsTakenOverThoughNoRowWaits() {
        accept(0, 10);
        run();
        assertThat(writer.holding()).contains(new Holding(LANE, -1, 10));
        writer = newWriter();
        run();
        assertThat(writer.holding()).isEmpty();
        writer.own();
        run();

        assertThat(writer.holding()).contains(new Holding(LANE, 9, 0));
        assertThat(service.registration(LANE).epoch()).isEqualTo(2);
    }

    @Test
    void aStreamThatIsGoneCountsAsFenced() {
        accept(0, 10);
        run();
        service.forgetStream(service.registration(LANE).stream());
        writer = newWriter();
        accept(0, 12);
        run();

        assertThat(offsets()).containsExactlyElementsOf(range(0, 12));
    }

    @Test
    void aConnectionThatEndsWhileIdleIsOpenedAgainWithoutATakeOver() {
        accept(0, 3);
        run();
        service.endConnections();
        accept(3, 6);
        run();

        assertThat(offsets()).containsExactlyElementsOf(range(0, 6));
        assertThat(takeOvers).isEqualTo(1);
    }

    @Test
    void noTakeOverBeginsBeforeTheTableIsThere() {
        tableReady = false;
        accept(0, 3);
        run();
        assertThat(service.registration(LANE)).isEqualTo(Registration.NONE);

        tableReady = true;
        run();
        assertThat(offsets()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void rowsOfTwoFormatsNeverShareARequest() {
        RowFormat other = SimulatedBigQuery.format("t");
        writer.accept(row(0), now);
        writer.accept(new Row(1, Row.NO_TIMESTAMP, other, SimulatedBigQuery.bytes(LANE, 1), null), now);
        own();

        assertThat(writer.requestsInFlight()).isEqualTo(2);
        run();
        assertThat(offsets()).containsExactly(0L, 1L);
    }

    @Test
    void recordsThatConnectGivesAgainAreTakenOnce() {
        accept(0, 5);
        accept(0, 5);
        run();
        accept(3, 7);
        run();

        assertThat(offsets()).containsExactlyElementsOf(range(0, 7));
    }

    @Test
    void aClosedWriterLeavesTheLaneToItsSuccessor() {
        accept(0, 3);
        writer.step(now);
        writer.close();
        service.workAll();
        writer.step(now);

        assertThat(service.registration(LANE)).isEqualTo(Registration.NONE);
    }

    @Override
    public void sent(int rows, long bytes) {
        sent += rows;
    }

    @Override
    public void acknowledged(int rows) {
        acknowledged += rows;
    }

    @Override
    public void skipped(int rows) {
        skipped += rows;
    }

    @Override
    public void tookOver() {
        takeOvers++;
    }

    @Override
    public CompletableFuture<Void> refused(LaneKey lane, Row row, String reason) {
        assertThat(lane).isEqualTo(LANE);
        assertThat(reason).isEqualTo("Field x: a bad value");
        refused.add(row.offset());
        return refusal;
    }

    private PartitionWriter newWriter() {
        WriterSettings settings = new WriterSettings(
                10,
                10_000,
                4,
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofSeconds(50),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                rowsExpire,
                3);
        return new PartitionWriter(
                LANE,
                service,
                service,
                service,
                settings,
                this,
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(20), new Random(1)),
                any -> tableReady,
                () -> {});
    }

    private Row row(long offset) {
        return new Row(offset, Row.NO_TIMESTAMP, format, SimulatedBigQuery.bytes(LANE, offset), null);
    }

    private void accept(long from, long to) {
        for (long offset = from; offset < to; offset++) {
            writer.accept(row(offset), now);
        }
    }

    /** Takes over, and sends the first requests. */
    private void own() {
        while (writer.requestsInFlight() == 0) {
            writer.step(now);
            if (writer.requestsInFlight() == 0) {
                assertThat(service.work()).isTrue();
            }
        }
    }

    private void tick() {
        now += 7;
        service.now(now);
        service.workAll();
        writer.step(now);
    }

    private void run() {
        run(writer);
    }

    private void run(PartitionWriter running) {
        for (int i = 0; i < 300; i++) {
            now += 7;
            service.now(now);
            service.workAll();
            running.step(now);
        }
    }

    private List<Long> offsets() {
        return service.rows("t").stream().map(Stored::offset).toList();
    }

    private static List<Long> range(long from, long to) {
        List<Long> offsets = new ArrayList<>();
        for (long offset = from; offset < to; offset++) {
            offsets.add(offset);
        }
        return offsets;
    }
}
