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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

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

    @Test
    void tableThatStaysUnknownToTakeOversStopsTheTask() {
        lane.service.tablesUnknown(true);
        lane.add(0, 3);

        assertThatThrownBy(this::fail)
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessageContaining("BigQuery has not accepted the table for 45 s");
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
        lane.writer.advance(lane.now);
        assertThat(lane.writer.requestsInFlight()).isEqualTo(1);
        lane.now += 10_000;
        lane.run();

        assertThat(lane.service.connections()).isEqualTo(before + 1);
        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L);
        assertThat(lane.sent).isEqualTo(6);
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
        lane.refusal = new CompletableFuture<>();
        lane.service.refuse(row -> row.offset() == 1);
        lane.add(0, 3);
        for (int i = 0; i < 100; i++) {
            lane.tick();
        }
        assertThat(lane.offsets()).isEmpty();
        assertThat(lane.writer.firstUnsettled()).hasValue(0);

        lane.refusal.complete(null);
        lane.run();
        assertThat(lane.offsets()).containsExactly(0L, 2L);
    }

    @Test
    void malformedRowThatCannotBeReportedStopsTheTask() {
        lane.refusal = CompletableFuture.failedFuture(new IllegalStateException("no dead letter topic"));
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
}
