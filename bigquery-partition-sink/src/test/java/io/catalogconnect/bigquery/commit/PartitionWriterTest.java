package io.catalogconnect.bigquery.commit;

import static io.catalogconnect.bigquery.commit.LaneFixture.ANSWERS_LOST;
import static io.catalogconnect.bigquery.commit.LaneFixture.CALLS_LOST;
import static io.catalogconnect.bigquery.commit.LaneFixture.LANE;
import static io.catalogconnect.bigquery.commit.LaneFixture.NO_ANSWERS;
import static io.catalogconnect.bigquery.commit.LaneFixture.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.simulation.LaneRows;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Faults;
import io.catalogconnect.bigquery.table.TableMismatchException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests how an owned lane is written: order, unknown answers, malformed rows, outages. */
final class PartitionWriterTest {

    private final LaneFixture lane = new LaneFixture();

    @Test
    void rowsAreWrittenInOrderAndSettled() {
        lane.add(0, 25);
        lane.run();

        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 25));
        assertThat(lane.writer.firstUnsettled()).isEmpty();
        assertThat(lane.writer.unsettledBytes()).isZero();
        assertThat(lane.acknowledged).isEqualTo(25);
        assertThat(lane.takeOvers).isEqualTo(1);
        assertThat(lane.service.registration(LANE).epoch()).isEqualTo(1);
    }

    @Test
    void rowIsNotSettledBeforeItIsAcknowledged() {
        lane.add(10, 12);
        lane.writer.advance(lane.now);
        assertThat(lane.writer.firstUnsettled()).hasValue(10);
        assertThat(lane.writer.isWriting()).isFalse();

        lane.own();
        assertThat(lane.writer.isWriting()).isTrue();
        assertThat(lane.writer.firstUnsettled()).hasValue(10);

        lane.run();
        assertThat(lane.writer.firstUnsettled()).isEmpty();
    }

    @Test
    void writerIsIdleOnlyIfItHasNoUnsettledRowsAndOwnsTheLaneOrNeedNotOwnIt() {
        assertThat(lane.writer.isIdle()).isTrue();
        lane.add(0, 1);
        assertThat(lane.writer.isIdle()).as("a row waits").isFalse();
        lane.writer.advance(lane.now);
        assertThat(lane.writer.isIdle()).as("taking over").isFalse();
        lane.own();
        assertThat(lane.writer.isIdle()).as("an append is in flight").isFalse();
        lane.run();
        assertThat(lane.writer.isIdle()).isTrue();

        lane.writer = lane.newWriter();
        lane.writer.own();
        assertThat(lane.writer.isIdle()).as("ownership is requested").isFalse();
        lane.run();
        assertThat(lane.writer.progress()).isPresent();
        assertThat(lane.writer.isIdle()).isTrue();
    }

    @Test
    void tableIsCheckedAgainWhileWritingFails() {
        lane.add(0, 3);
        lane.run();
        lane.service.faults(Faults.DOWN);
        lane.add(3, 4);
        lane.run();
        assertThat(lane.rechecked)
                .as("failures of 2 s: when the stream was abandoned")
                .containsExactly("t");

        lane.now += 5_000;
        lane.run();
        assertThat(lane.rechecked).containsOnly("t").hasSizeGreaterThan(1);

        lane.service.faults(Faults.NONE);
        lane.run();
        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 4));
    }

    @Test
    void tableThatIsUnknownForAShortTimeIsWritten() {
        lane.add(0, 3);
        lane.service.tablesUnknown(true);
        lane.run();
        assertThat(lane.offsets()).isEmpty();

        lane.service.tablesUnknown(false);
        lane.run();
        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void tableThatStaysUnknownToAppendsStopsTheTask() {
        lane.add(0, 3);
        lane.run();
        lane.service.tablesUnknown(true);
        lane.add(3, 4);

        assertThatThrownBy(this::fail)
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessageMatching("sink: products-0 -> t: stream \\S+: BigQuery has not accepted the table for 45 s: "
                        + Pattern.quote(SimulatedBigQuery.DENIAL)
                        + " If the table exists, grant the connector's account bigquery\\.tables\\.updateData on the dataset,"
                        + " for example with roles/bigquery\\.dataEditor, then restart the task\\.");
        assertThat(lane.rechecked).isNotEmpty();
    }

    /** Streams can be created, so no take-over notices it. */
    @Test
    void tableThatStaysUnknownToAppendsOnlyStopsTheTask() {
        lane.service.answerAppends(new AppendAnswer.TableUnknown(SimulatedBigQuery.DENIAL));
        lane.add(0, 3);

        assertThatThrownBy(this::fail)
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessageContaining(": BigQuery has not accepted the table for 45 s: " + SimulatedBigQuery.DENIAL);
        assertThat(lane.takeOvers).isGreaterThan(1);
    }

    @Test
    void tableThatStaysUnknownToTakeOversStopsTheTask() {
        lane.service.tablesUnknown(true);
        lane.add(0, 3);

        assertThatThrownBy(this::fail)
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("sink: products-0 -> t: stream none yet: BigQuery has not accepted the table for 45 s: "
                        + SimulatedBigQuery.DENIAL + " If the table exists, grant the connector's account"
                        + " bigquery.tables.updateData on the dataset, for example with roles/bigquery.dataEditor,"
                        + " then restart the task.");
    }

    /** Advances the time by a minute while the writer tries. */
    private void fail() {
        for (int i = 0; i < 30; i++) {
            lane.now += 2_000;
            lane.run();
        }
    }

    @Test
    void lostAnswerDoesNotWriteRowsTwice() {
        lane.add(0, 3);
        lane.own();
        lane.service.faults(ANSWERS_LOST);
        lane.service.workAll();
        lane.service.faults(Faults.NONE);
        lane.run();

        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L);
        assertThat(lane.takeOvers).isEqualTo(1);
    }

    @Test
    void appendWithoutAnswerIsSentAgainOnANewConnection() {
        lane.add(0, 3);
        lane.own();
        int before = lane.service.connections();
        lane.service.faults(NO_ANSWERS);
        lane.service.workAll();
        lane.service.faults(Faults.NONE);
        lane.now += 5_000;
        lane.writer.advance(lane.now);
        assertThat(lane.writer.requestsInFlight()).isEqualTo(1);
        assertThat(lane.service.unclosedConnections()).isEqualTo(1);
        lane.now += 1;
        lane.writer.advance(lane.now);
        assertThat(lane.service.unclosedConnections()).as("after the time-out").isZero();
        lane.run();

        assertThat(lane.service.connections()).isEqualTo(before + 1);
        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L);
        assertThat(lane.sent).containsExactly(3, 3);
    }

    @Test
    void writerContinuesAfterAnOutageWithoutLoss() {
        lane.add(0, 3);
        lane.run();
        lane.service.faults(CALLS_LOST);
        lane.add(3, 30);
        for (int i = 0; i < 500; i++) {
            lane.tick();
        }
        assertThat(lane.writer.firstUnsettled()).hasValue(3);
        lane.service.faults(Faults.NONE);
        lane.run();

        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 30));
    }

    @Test
    void onlyTheMalformedRowsOfARequestAreRefusedAndTheOthersAreWrittenOnceInOrder() {
        lane.service.refuse(row -> row.offset() == 3 || row.offset() == 7);
        lane.add(0, 40);
        lane.run();

        assertThat(lane.refused).containsExactly(3L, 7L);
        List<Long> expected = range(0, 40);
        expected.removeAll(List.of(3L, 7L));
        assertThat(lane.offsets()).containsExactlyElementsOf(expected);
        assertThat(lane.takeOvers).isEqualTo(1);
    }

    @Test
    void rowsAfterAMalformedRowAreWrittenOnceItIsReported() {
        lane.refusal = () -> false;
        lane.service.refuse(row -> row.offset() == 1);
        lane.add(0, 3);
        for (int i = 0; i < 100; i++) {
            lane.tick();
        }
        assertThat(lane.offsets()).isEmpty();
        assertThat(lane.writer.firstUnsettled()).hasValue(0);

        lane.refusal = () -> true;
        lane.run();
        assertThat(lane.offsets()).containsExactly(0L, 2L);
    }

    @Test
    void malformedRowThatCannotBeReportedStopsTheTask() {
        lane.refusal = () -> {
            throw new IllegalStateException("no dead letter topic");
        };
        lane.service.refuse(row -> row.offset() == 1);
        lane.add(0, 3);

        assertThatThrownBy(lane::run).isInstanceOf(IllegalStateException.class).hasMessage("no dead letter topic");
    }

    @Test
    void rowsOfAFormatThatTheTableRefusesAreReportedAndTheOthersAreWritten() {
        LaneRows others = new LaneRows(LANE);
        lane.misfits.add(others.row(0).format());
        lane.add(0, 15);
        lane.writer.add(others.row(15), lane.now);
        lane.add(16, 18);
        lane.writer.add(others.row(18), lane.now);
        lane.run();

        assertThat(lane.refused).containsExactly(15L, 18L);
        List<Long> expected = range(0, 18);
        expected.remove(15L);
        assertThat(lane.offsets()).containsExactlyElementsOf(expected);
        assertThat(lane.writer.firstUnsettled()).isEmpty();
        assertThat(lane.writer.progress()).contains(new LaneProgress(LANE, -1, 18, 17));
        assertThat(lane.takeOvers).isEqualTo(1);
    }

    /** The appends were certainly not written, so the stream continues. */
    @Test
    void appendsOfAFormatThatTheTableRefusesMeanwhileAreReported() {
        lane.add(0, 3);
        lane.run();
        lane.service.columnsUnknown(true);
        lane.add(3, 5);
        lane.run();
        lane.misfits.add(lane.row(0).format());
        lane.run();
        lane.service.columnsUnknown(false);
        lane.writer.add(new LaneRows(LANE).row(5), lane.now);
        lane.run();

        assertThat(lane.refused).containsExactly(3L, 4L);
        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L, 5L);
        assertThat(lane.takeOvers).isEqualTo(1);
    }

    /** The service may have written the appends, so the next owner reads what the table contains. */
    @Test
    void appendsWithoutAnswerOfAFormatThatTheTableRefusesMeanwhileAreReportedOnlyIfTheyAreNotInTheTable() {
        lane.add(0, 3);
        lane.run();
        lane.add(3, 5);
        lane.writer.advance(lane.now);
        lane.service.faults(ANSWERS_LOST);
        lane.service.workAll();
        lane.service.faults(Faults.NONE);
        lane.misfits.add(lane.row(0).format());
        lane.add(5, 7);
        lane.run();

        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 5));
        assertThat(lane.refused).containsExactly(5L, 6L);
        assertThat(lane.takeOvers).isEqualTo(2);
    }

    @Test
    void rowsWithANewColumnAreRetriedUntilTheColumnIsKnown() {
        lane.add(0, 3);
        lane.service.columnsUnknown(true);
        for (int i = 0; i < 200; i++) {
            lane.tick();
        }
        assertThat(lane.offsets()).isEmpty();
        lane.service.columnsUnknown(false);
        lane.run();

        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L);
        assertThat(lane.takeOvers).isEqualTo(1);
    }

    @Test
    void columnThatStaysUnknownStopsTheTask() {
        lane.add(0, 3);
        lane.service.columnsUnknown(true);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        lane.tick();
                    }
                })
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessageMatching(
                        "sink: products-0 -> t: stream t/streams/s0: BigQuery still does not accept the record's columns after 5 s: Input"
                                + " schema has more fields than BigQuery schema. Compare the table's columns with the record's"
                                + " schema, then restart the task.");
    }

    @Test
    void columnThatIsUnknownNowAndThenDoesNotStopTheTask() {
        for (long offset = 0; offset < 4; offset++) {
            lane.service.columnsUnknown(true);
            lane.add(offset, offset + 1);
            lane.run(); // 2.1 s
            lane.service.columnsUnknown(false);
            lane.run();
        }

        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void idleConnectionThatEndsIsReopenedWithoutATakeOver() {
        lane.add(0, 3);
        lane.run();
        lane.service.endConnections();
        lane.add(3, 6);
        lane.run();

        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 6));
        assertThat(lane.takeOvers).isEqualTo(1);
    }

    @Test
    void rowsOfTwoFormatsAreSentInSeparateRequests() {
        lane.writer.add(lane.row(0), lane.now);
        lane.writer.add(new LaneRows(LANE).row(1), lane.now);
        lane.own();

        assertThat(lane.writer.requestsInFlight()).isEqualTo(2);
        lane.run();
        assertThat(lane.offsets()).containsExactly(0L, 1L);
    }

    @Test
    void redeliveredRecordsAreWrittenOnceByOneWriter() {
        lane.add(0, 5);
        lane.add(0, 5);
        lane.run();
        lane.add(3, 7);
        lane.add(0, 2);
        lane.run();

        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 7));
        assertThat(lane.writer.progress()).contains(new LaneProgress(LANE, -1, 6, 7));
    }

    @Test
    void oneCallDoesEverythingThatCanBeDone() {
        LaneFixture atOnce = new LaneFixture(SimulatedBigQuery.answeringAtOnce());
        LaneRows misfits = new LaneRows(LANE);
        atOnce.misfits.add(misfits.row(0).format());
        atOnce.service.refuse(row -> row.offset() == 3 || row.offset() == 17);
        atOnce.add(0, 65);
        atOnce.writer.add(misfits.row(65), atOnce.now);
        atOnce.add(66, 70);
        atOnce.writer.advance(atOnce.now);

        assertThat(atOnce.refused).containsExactly(3L, 17L, 65L);
        List<Long> expected = range(0, 70);
        expected.removeAll(List.of(3L, 17L, 65L));
        assertThat(atOnce.offsets()).containsExactlyElementsOf(expected);
        assertThat(atOnce.writer.firstUnsettled()).isEmpty();
        assertThat(atOnce.acknowledged).isEqualTo(67);
        assertThat(atOnce.takeOvers).isEqualTo(1);
    }

    @Test
    void writerNeedsNoCallUnlessItIsWoken() {
        lane.refusal = () -> false;
        lane.service.refuse(row -> row.offset() == 1);
        lane.add(0, 3);
        lane.add(8, 40); // after a gap, which needs a checkpoint
        lane.writer.advance(lane.now);
        advanceWhenWoken();
        assertThat(lane.refused).containsExactly(1L);
        assertThat(lane.offsets()).isEmpty();
        lane.refusal = () -> true;
        lane.writer.advance(lane.now); // reports are polled
        advanceWhenWoken();

        List<Long> expected = range(8, 40);
        expected.addAll(0, List.of(0L, 2L));
        assertThat(lane.offsets()).containsExactlyElementsOf(expected);
        assertThat(lane.writer.firstUnsettled()).isEmpty();
    }

    private void advanceWhenWoken() {
        while (lane.isWoken || lane.service.work()) {
            if (lane.isWoken) {
                lane.isWoken = false;
                lane.writer.advance(lane.now);
            }
        }
    }

    @Test
    void appendsInFlightAreLimited() {
        lane.add(0, 100);
        lane.own();

        assertThat(lane.writer.requestsInFlight()).isEqualTo(4);
        assertThat(lane.sent).containsExactly(10, 10, 10, 10);
        lane.service.work();
        lane.writer.advance(lane.now);
        assertThat(lane.writer.requestsInFlight()).isEqualTo(4);
        assertThat(lane.writer.firstUnsettled()).hasValue(10);
        assertThat(lane.sent).hasSize(5);
    }

    @Test
    void rowWaitsForOthersWhileAppendsAreInFlight() {
        lane.appends = new WriterSettings.Appends(10, 10_000, 4, 3, Duration.ofMillis(50), Duration.ofSeconds(5));
        lane.writer = lane.newWriter();
        lane.add(0, 1);
        lane.own();
        lane.add(1, 2);
        lane.writer.advance(lane.now + 49);
        assertThat(lane.sent).containsExactly(1);

        lane.writer.advance(lane.now + 50);
        assertThat(lane.sent).containsExactly(1, 1);
    }

    @Test
    void progressIsThatOfTheAcknowledgedRows() {
        lane.add(0, 3);
        assertThat(lane.writer.progress()).as("not the owner").isEmpty();
        lane.own();
        assertThat(lane.writer.progress()).as("in flight").contains(new LaneProgress(LANE, -1, -1, 0));
        lane.run();
        assertThat(lane.writer.progress()).contains(new LaneProgress(LANE, -1, 2, 3));

        lane.add(3, 6);
        assertThat(lane.writer.progress()).as("waiting").contains(new LaneProgress(LANE, -1, 2, 3));
        lane.own();
        assertThat(lane.writer.progress()).as("in flight").contains(new LaneProgress(LANE, -1, 2, 3));
        lane.add(6, 7);
        lane.service.workAll();
        lane.writer.advance(lane.now);
        assertThat(lane.writer.progress()).as("acknowledged in part").contains(new LaneProgress(LANE, -1, 5, 6));
        lane.writer.close();
        assertThat(lane.writer.progress()).as("closed").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("answersThatDelayRows")
    void progressLeavesOutRowsThatAreSentAgainOrReported(AppendAnswer answer) {
        lane.refusal = () -> false;
        lane.add(0, 3);
        lane.run();
        lane.service.answerAppends(answer);
        lane.add(3, 6);
        lane.writer.advance(lane.now);
        lane.service.workAll();
        lane.writer.advance(lane.now);
        assertThat(lane.writer.progress()).contains(new LaneProgress(LANE, -1, 2, 3));

        lane.service.answerAppends(null);
        lane.refusal = () -> true;
        lane.run();
        assertThat(lane.writer.progress()).contains(new LaneProgress(LANE, -1, 5, 6 - lane.refused.size()));
        assertThat(lane.offsets()).hasSize(6 - lane.refused.size());
    }

    static Stream<AppendAnswer> answersThatDelayRows() {
        return Stream.of(
                new AppendAnswer.Unavailable("INTERNAL: try again"),
                new AppendAnswer.SchemaUnknown("no such field: x"),
                new AppendAnswer.RowsRefused(Map.of(1, SimulatedBigQuery.REFUSAL)));
    }

    @Test
    void appendIsSentAgainOnTheSameStreamBeforeTheStreamIsAbandoned() {
        LaneFixture atOnce = new LaneFixture(SimulatedBigQuery.answeringAtOnce());
        atOnce.service.answerAppends(new AppendAnswer.Unavailable("INTERNAL: try again"));
        atOnce.add(0, 3);
        for (int sends = 1; sends <= 3; sends++) {
            atOnce.writer.advance(atOnce.now);
            atOnce.writer.advance(atOnce.now); // before the delay is over
            assertThat(atOnce.sent).hasSize(sends);
            assertThat(atOnce.writer.requestsInFlight()).isEqualTo(1);
            assertThat(atOnce.rechecked).isEmpty();
            atOnce.now += 20;
        }
        atOnce.writer.advance(atOnce.now);
        assertThat(atOnce.sent).containsExactly(3, 3, 3, 3);
        assertThat(atOnce.writer.requestsInFlight()).as("abandoned").isZero();
        assertThat(atOnce.service.unclosedConnections()).isZero();
        assertThat(atOnce.rechecked).containsExactly("t");
        assertThat(atOnce.takeOvers).isEqualTo(1);

        atOnce.service.answerAppends(null);
        atOnce.now += 20;
        atOnce.writer.advance(atOnce.now);
        assertThat(atOnce.takeOvers).isEqualTo(2);
        assertThat(atOnce.offsets()).containsExactly(0L, 1L, 2L);
        assertThat(atOnce.service.unclosedConnections()).isEqualTo(1);
    }

    @Test
    void successAllowsAllResendsAgain() {
        LaneFixture atOnce = new LaneFixture(SimulatedBigQuery.answeringAtOnce());
        for (int offset = 0; offset < 5; offset++) {
            atOnce.service.answerAppends(new AppendAnswer.Unavailable("INTERNAL: try again"));
            atOnce.add(offset, offset + 1);
            for (int failures = 0; failures < 3; failures++) {
                atOnce.writer.advance(atOnce.now);
                atOnce.now += 20;
            }
            atOnce.service.answerAppends(null);
            atOnce.writer.advance(atOnce.now);
        }

        assertThat(atOnce.offsets()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(atOnce.takeOvers).isEqualTo(1);
    }

    @Test
    void malformedRowsAreReportedWhenEveryAppendIsAnswered() {
        ownTwoAppendsOfWhichTheFirstHasAMalformedRow();
        lane.writer.advance(lane.now);
        assertThat(lane.refused).as("the second append may still be written").isEmpty();
        assertThat(lane.writer.requestsInFlight()).isEqualTo(2);

        lane.run();
        assertThat(lane.refused).containsExactly(1L);
        assertThat(lane.takeOvers).isEqualTo(1);
        assertOnlyTheMalformedRowIsMissing();
    }

    /** The stream's end is not known, so the next owner finalizes the stream before the rows get other offsets. */
    @Test
    void malformedRowsAreReportedByTheNextOwnerIfALaterAppendMayBeWritten() {
        ownTwoAppendsOfWhichTheFirstHasAMalformedRow();
        lane.service.answerAppends(new AppendAnswer.Unavailable("INTERNAL: try again"));
        lane.service.work();
        lane.service.answerAppends(null);
        lane.writer.advance(lane.now);
        assertThat(lane.refused).isEmpty();

        lane.run();
        assertThat(lane.refused).containsExactly(1L);
        assertThat(lane.takeOvers).isEqualTo(2);
        assertOnlyTheMalformedRowIsMissing();
    }

    @Test
    void malformedRowsAreReportedByTheNextOwnerIfALaterAppendHasNoAnswer() {
        ownTwoAppendsOfWhichTheFirstHasAMalformedRow();
        lane.service.faults(NO_ANSWERS);
        lane.service.work();
        lane.service.faults(Faults.NONE);
        lane.now += 5_001;
        lane.writer.advance(lane.now);
        assertThat(lane.refused).isEmpty();
        assertThat(lane.service.unclosedConnections()).isZero();

        lane.run();
        assertThat(lane.refused).containsExactly(1L);
        assertThat(lane.takeOvers).isEqualTo(2);
        assertOnlyTheMalformedRowIsMissing();
    }

    private void ownTwoAppendsOfWhichTheFirstHasAMalformedRow() {
        lane.service.refuse(row -> row.offset() == 1);
        lane.add(0, 20);
        lane.own();
        lane.service.work();
        assertThat(lane.writer.requestsInFlight()).isEqualTo(2);
    }

    private void assertOnlyTheMalformedRowIsMissing() {
        List<Long> expected = range(0, 20);
        expected.remove(1L);
        assertThat(lane.offsets()).containsExactlyElementsOf(expected);
    }

    /** An earlier request may still be processed, so its rows must not get other offsets in the same stream. */
    @Test
    void malformedRowsAreReportedByTheNextOwnerIfAnEarlierRequestWasLost() {
        lane.add(0, 3);
        lane.own();
        lane.service.answerAppends(new AppendAnswer.Unavailable("INTERNAL: try again"));
        lane.service.workAll();
        lane.service.answerAppends(null);
        lane.service.refuse(row -> row.offset() == 1);
        lane.run();

        assertThat(lane.refused).containsExactly(1L);
        assertThat(lane.takeOvers).isEqualTo(2);
        assertThat(lane.offsets()).containsExactly(0L, 2L);
    }

    @Test
    void appendWhoseRefusedRowsAreNotNamedStopsTheTask() {
        lane.service.answerAppends(new AppendAnswer.RowsRefused(Map.of()));
        lane.add(0, 3);

        assertThatThrownBy(lane::run)
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("sink: products-0 -> t: stream t/streams/s0: BigQuery refused rows without naming them");
    }

    @Test
    void refusedAppendStopsTheTaskAfterTheTableWasChecked() {
        lane.service.answerAppends(new AppendAnswer.Refused("PERMISSION_DENIED"));
        lane.add(0, 3);
        lane.own();
        lane.tableReady = false; // while the table is checked
        lane.service.workAll();
        lane.writer.advance(lane.now);
        assertThat(lane.rechecked).containsExactly("t");
        assertThat(lane.writer.requestsInFlight()).isEqualTo(1);
        lane.tableReady = true;

        assertThatThrownBy(lane::run)
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("sink: products-0 -> t: stream t/streams/s0: PERMISSION_DENIED");
        assertThat(lane.writer.isWriting()).isFalse();
        assertThat(lane.service.unclosedConnections()).isZero();
        lane.service.answerAppends(null);
        lane.run();
        assertThat(lane.offsets()).isEmpty();
        assertThat(lane.writer.firstUnsettled()).hasValue(0);
    }

    @Test
    void refusedAppendIsReportedIfTheTableDoesNotAcceptItsRowsAnyMore() {
        lane.service.answerAppends(new AppendAnswer.Refused("PERMISSION_DENIED"));
        lane.add(0, 3);
        lane.own();
        lane.misfits.add(lane.row(0).format());
        lane.run();

        assertThat(lane.refused).containsExactly(0L, 1L, 2L);
        assertThat(lane.writer.firstUnsettled()).isEmpty();
        assertThat(lane.takeOvers).isEqualTo(1);
    }

    @Test
    void checkpointThatIsRefusedStopsTheTask() {
        lane.add(0, 3);
        lane.run();
        lane.checkpoints.fail(new ServiceRefusedException("no permission to insert", null));
        lane.add(7, 8);

        assertThatThrownBy(lane::run)
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("sink: products-0 -> t: stream t/streams/s0: no permission to insert");
        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void appendIsNotSentBeforeItsCheckpointIsStored() {
        lane.add(0, 3);
        lane.run();
        lane.add(7, 8);
        lane.writer.advance(lane.now);
        assertThat(lane.writer.requestsInFlight()).isEqualTo(1);
        assertThat(lane.sent).containsExactly(3);

        lane.service.work();
        assertThat(lane.checkpointsOfTheOwner()).extracting(Checkpoint::rows).containsExactly(0L, 4L);
        lane.writer.advance(lane.now);
        assertThat(lane.sent).containsExactly(3, 1);
    }

    @Test
    void appendWhoseCheckpointFailedIsSentAfterTheOneBeforeIt() {
        lane.add(0, 3);
        lane.add(5, 6);
        lane.own();
        lane.service.workAll(); // the checkpoint
        lane.writer.advance(lane.now);
        lane.checkpoints.fail(new ServiceUnavailableException("UNAVAILABLE", null));
        lane.add(7, 8);
        lane.writer.advance(lane.now);
        lane.service.answerAppends(new AppendAnswer.Unavailable("INTERNAL: try again"));
        lane.service.workAll();
        lane.service.answerAppends(null);
        lane.writer.advance(lane.now);
        lane.checkpoints.fail(null);
        lane.run();

        assertThat(lane.sent).containsExactly(4, 4, 1);
        assertThat(lane.checkpointsOfTheOwner())
                .as("each is stored once")
                .extracting(Checkpoint::rows)
                .containsExactly(0L, 4L, 5L);
        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L, 5L, 7L);
        assertThat(lane.takeOvers).isEqualTo(1);
    }

    @Test
    void appendIsSentAgainOnceTheTableIsReady() {
        lane.service.columnsUnknown(true);
        lane.add(0, 3);
        lane.own();
        lane.service.workAll();
        lane.service.columnsUnknown(false);
        lane.tableReady = false;
        lane.run();
        assertThat(lane.sent).containsExactly(3);
        assertThat(lane.writer.isWriting()).isFalse();

        lane.tableReady = true;
        lane.run();
        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L);
        assertThat(lane.takeOvers).isEqualTo(1);
    }

    /** Only an owner knows whether an earlier one wrote the row before the table was changed. */
    @ParameterizedTest
    @CsvSource({"SCHEMA, true, 1", "SCHEMA, false, 0", "SCHEMA_OF_NEW_TABLE, true, 0", "SCHEMA_OF_NEW_TABLE, false, 0"})
    void laneIsTakenOverForARefusedRowOnlyIfItMayHaveBeenWritten(
            TableMismatchException.Extent extent, boolean tolerated, int takeOvers) {
        LaneRows misfits = new LaneRows(LANE);
        lane.misfits.add(misfits.row(0).format());
        lane.misfitExtent = extent;
        lane.toleratesRefusals = tolerated;
        lane.refusal = () -> false;
        lane.writer.add(misfits.row(0), lane.now);
        lane.add(1, 3);
        lane.run();
        assertThat(lane.refused).containsExactly(0L);
        assertThat(lane.takeOvers).isEqualTo(takeOvers);
        assertThat(lane.writer.firstUnsettled()).hasValue(0);
        assertThat(lane.offsets()).as("before the report is done").isEmpty();

        lane.refusal = () -> true;
        lane.run();
        assertThat(lane.refused).containsExactly(0L);
        assertThat(lane.offsets()).containsExactly(1L, 2L);
        assertThat(lane.writer.firstUnsettled()).isEmpty();
    }

    @Test
    void closedWriterSendsNothingAndClosesItsConnection() {
        lane.add(0, 3);
        lane.run();
        assertThat(lane.service.unclosedConnections()).isEqualTo(1);
        lane.add(3, 5);
        lane.writer.close();
        lane.writer.close();
        lane.run();

        assertThat(lane.service.unclosedConnections()).isZero();
        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L);
        assertThat(lane.writer.isWriting()).isFalse();
        assertThat(lane.writer.firstUnsettled()).hasValue(3);
    }
}
