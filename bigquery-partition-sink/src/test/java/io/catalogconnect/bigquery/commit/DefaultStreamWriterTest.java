package io.catalogconnect.bigquery.commit;

import static io.catalogconnect.bigquery.commit.LaneFixture.LANE;
import static io.catalogconnect.bigquery.commit.LaneFixture.NO_ANSWERS;
import static io.catalogconnect.bigquery.commit.LaneFixture.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.simulation.LaneRows;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Faults;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DefaultStreamWriterTest {

    private final LaneFixture lane = new LaneFixture();
    private final DefaultStreamWriter writer = new DefaultStreamWriter(LANE, lane.context());

    @AfterEach
    void streamHasNoOwnerAndNoHighWaterMark() {
        assertThat(lane.service.registration(LANE)).isEqualTo(Registration.NONE);
        assertThat(lane.takeOvers).isZero();
        assertThat(lane.skipped).isZero();
    }

    @Test
    void eachRowIsWrittenOnceWithoutTakeOverIfNoCallFails() {
        assertThat(writer.isWriting()).isFalse();
        lane.add(writer, 0, 95);
        lane.add(writer, 90, 100);
        assertThat(writer.firstUnsettled()).hasValue(0);
        lane.run(writer);

        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 100));
        assertThat(lane.acknowledged).isEqualTo(100);
        assertThat(writer.firstUnsettled()).isEmpty();
        assertThat(writer.unsettledBytes()).isZero();
        assertThat(writer.requestsInFlight()).isZero();
        assertThat(writer.isWriting()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void noRowIsMissingWhicheverFaultOccurs(int kind) {
        double[] often = new double[5];
        often[kind] = 0.3;
        lane.service.faults(new Faults(often[0], often[1], often[2], often[3], often[4], 0));
        for (int i = 0; i < 50; i++) {
            lane.add(writer, 20L * i, 20L * i + 20);
            lane.tick(writer);
        }
        lane.service.faults(Faults.NONE);
        lane.now += 5_000;
        lane.run(writer);

        assertThat(new TreeSet<>(lane.offsets())).containsExactlyElementsOf(range(0, 1_000));
        assertThat(writer.firstUnsettled()).isEmpty();
    }

    static Stream<AppendAnswer> answersAfterWhichRowsAreSentAgain() {
        return Stream.of(
                new AppendAnswer.Unavailable("INTERNAL: try again"),
                new AppendAnswer.StreamClosed("INVALID_ARGUMENT: Stream has been finalized"),
                new AppendAnswer.SchemaUnknown("Input schema has more fields than BigQuery schema"),
                new AppendAnswer.TableUnknown(SimulatedBigQuery.DENIAL));
    }

    @ParameterizedTest
    @MethodSource("answersAfterWhichRowsAreSentAgain")
    void rowsThatMayBeMissingAreSentAgainAfterADelayOnANewConnection(AppendAnswer answer) {
        lane.add(writer, 0, 20);
        writer.advance(lane.now);
        lane.service.answerAppends(answer);
        lane.service.work();
        lane.service.answerAppends(null);
        lane.service.work(); // the second append
        writer.advance(lane.now);

        assertThat(lane.sent).as("not before the delay is over").containsExactly(10, 10);
        assertThat(lane.acknowledged).isEqualTo(10);
        assertThat(lane.service.unclosedConnections()).isZero();
        lane.run(writer);
        assertThat(lane.sent).containsExactly(10, 10, 10);
        assertThat(lane.offsets()).hasSize(20).containsAll(range(0, 20));
        assertThat(lane.acknowledged).isEqualTo(20);
        assertThat(lane.service.connections()).isEqualTo(2);
    }

    @Test
    void appendWithoutAnswerIsSentAgainAfterTheTimeout() {
        lane.add(writer, 0, 3);
        writer.advance(lane.now);
        lane.service.faults(NO_ANSWERS);
        lane.service.workAll();
        lane.service.faults(Faults.NONE);
        lane.now += 5_000;
        writer.advance(lane.now);
        assertThat(lane.service.unclosedConnections()).isEqualTo(1);

        lane.now += 1;
        writer.advance(lane.now);
        assertThat(lane.service.unclosedConnections()).isZero();
        lane.run(writer);
        assertThat(lane.sent).containsExactly(3, 3);
        assertThat(lane.offsets()).as("at least once").containsExactly(0L, 1L, 2L, 0L, 1L, 2L);
    }

    @Test
    void malformedRowsAreReportedAndTheOthersAreWritten() {
        lane.refusal = () -> false;
        lane.service.refuse(row -> row.offset() % 10 == 4);
        lane.add(writer, 0, 30);
        lane.run(writer);
        assertThat(writer.firstUnsettled()).hasValue(4);
        assertThat(writer.hasUnsettledRows()).isTrue();
        assertThat(writer.unsettledBytes()).isEqualTo(3L * lane.row(4).bytes().size());
        lane.refusal = () -> true;
        lane.run(writer);

        assertThat(lane.refused).containsExactly(4L, 14L, 24L);
        assertThat(lane.offsets()).hasSize(27);
        assertThat(writer.firstUnsettled()).isEmpty();
    }

    @Test
    void malformedRowThatCannotBeReportedStopsTheTask() {
        lane.refusal = () -> {
            throw new IllegalStateException("no dead letter topic");
        };
        lane.service.refuse(row -> row.offset() == 1);
        lane.add(writer, 0, 3);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> lane.run(writer))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no dead letter topic");
        }
    }

    @Test
    void rowsOfAFormatThatTheTableRefusesAreReportedAndTheOthersAreWritten() {
        LaneRows others = new LaneRows(LANE);
        lane.misfits.add(others.row(0).format());
        lane.add(writer, 0, 3);
        writer.add(others.row(3), lane.now);
        lane.add(writer, 4, 6);
        lane.run(writer);

        assertThat(lane.refused).containsExactly(3L);
        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L, 4L, 5L);
        assertThat(writer.firstUnsettled()).isEmpty();
    }

    /** Otherwise records that the dead letter queue has not stored would fill the memory. */
    @Test
    void rowsThatTheTableRefusesAreUnsettledUntilTheReportsOfEarlierOnesAreDone() {
        lane.refusal = () -> false;
        lane.misfits.add(lane.row(0).format());
        lane.add(writer, 0, 25);
        long bytes = writer.unsettledBytes();
        lane.run(writer);
        assertThat(lane.refused).containsExactlyElementsOf(range(0, 10));
        assertThat(writer.unsettledBytes()).isEqualTo(bytes);
        assertThat(writer.firstUnsettled()).hasValue(0);

        lane.refusal = () -> true;
        writer.advance(lane.now);
        assertThat(lane.refused).containsExactlyElementsOf(range(0, 25));
        assertThat(writer.unsettledBytes()).isZero();
        assertThat(writer.firstUnsettled()).isEmpty();
    }

    @Test
    void refusedAppendStopsTheTaskAfterTheTableWasChecked() {
        lane.service.answerAppends(new AppendAnswer.Refused("PERMISSION_DENIED"));
        lane.add(writer, 0, 3);

        assertThatThrownBy(() -> lane.run(writer))
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("sink: products-0 -> t: default stream: PERMISSION_DENIED");
        assertThat(lane.rechecked).containsExactly("t");
        assertThat(writer.firstUnsettled()).hasValue(0);
        assertThat(lane.service.unclosedConnections()).isZero();
    }

    @Test
    void refusedAppendIsReportedIfTheTableDoesNotAcceptItsRowsAnyMore() {
        lane.add(writer, 0, 3);
        writer.advance(lane.now);
        lane.misfits.add(lane.row(0).format());
        lane.service.answerAppends(new AppendAnswer.Refused("PERMISSION_DENIED"));
        lane.run(writer);

        assertThat(lane.refused).containsExactly(0L, 1L, 2L);
        assertThat(lane.offsets()).isEmpty();
        assertThat(writer.firstUnsettled()).isEmpty();
    }

    @Test
    void appendWhoseRefusedRowsAreNotNamedStopsTheTask() {
        lane.service.answerAppends(new AppendAnswer.RowsRefused(Map.of()));
        lane.add(writer, 0, 3);

        assertThatThrownBy(() -> lane.run(writer))
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("sink: products-0 -> t: default stream: BigQuery refused rows without naming them");
        assertThat(lane.sent).containsExactly(3);
    }

    @Test
    void columnThatStaysUnknownStopsTheTask() {
        lane.service.columnsUnknown(true);
        lane.add(writer, 0, 3);

        assertThatThrownBy(this::runForAMinute)
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("sink: products-0 -> t: default stream: BigQuery still does not accept the record's"
                        + " columns after 5 s: Input schema has more fields than BigQuery schema. Compare the table's"
                        + " columns with the record's schema, then restart the task.");
        assertThat(lane.offsets()).isEmpty();
    }

    @Test
    void tableThatStaysUnknownStopsTheTask() {
        lane.service.tablesUnknown(true);
        lane.add(writer, 0, 3);

        assertThatThrownBy(this::runForAMinute)
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("sink: products-0 -> t: default stream: BigQuery has not accepted the table for 45 s: "
                        + SimulatedBigQuery.DENIAL + " If the table exists, grant the connector's account"
                        + " bigquery.tables.updateData on the dataset, for example with roles/bigquery.dataEditor,"
                        + " then restart the task.");
        assertThat(lane.offsets()).isEmpty();
    }

    @Test
    void columnThatIsUnknownNowAndThenDoesNotStopTheTask() {
        for (long offset = 0; offset < 4; offset++) {
            lane.service.columnsUnknown(true);
            lane.add(writer, offset, offset + 1);
            lane.run(writer); // 2.1 s
            lane.service.columnsUnknown(false);
            lane.run(writer);
        }

        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L, 3L);
    }

    private void runForAMinute() {
        for (int i = 0; i < 30; i++) {
            lane.run(writer);
        }
    }

    @Test
    void closedWriterSendsNothing() {
        lane.add(writer, 0, 3);
        writer.close();
        lane.run(writer);

        assertThat(lane.offsets()).isEmpty();
        assertThat(lane.sent).isEmpty();
        assertThat(writer.isWriting()).isFalse();
    }

    @Test
    void closedWriterClosesItsConnection() {
        lane.add(writer, 0, 3);
        lane.run(writer);
        assertThat(lane.service.unclosedConnections()).isEqualTo(1);
        writer.close();

        assertThat(lane.service.unclosedConnections()).isZero();
        assertThat(writer.isWriting()).isFalse();
    }
}
