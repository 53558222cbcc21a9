package io.catalogconnect.bigquery.commit;

import static io.catalogconnect.bigquery.commit.LaneFixture.LANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what all writers share: delays, time-outs, checks of the table, and numbers of unsettled rows. */
final class LaneWriterTest {

    private static final AppendAnswer UNKNOWN_COLUMN = new AppendAnswer.SchemaUnknown("no such field: x");

    private final LaneFixture lane = new LaneFixture();
    private final LaneWriter writer = new DefaultStreamWriter(LANE, lane.context());

    @Test
    void unsettledRowsAreCountedUntilTheyAreAcknowledged() {
        assertThat(writer.hasUnsettledRows()).isFalse();
        ByteString bytes = lane.row(4).bytes();
        writer.add(lane.row(4), lane.now);
        writer.add(lane.row(5), lane.now);
        assertUnsettled(2L * bytes.size(), 0);

        writer.advance(lane.now);
        assertUnsettled(2L * bytes.size(), 1);
        writer.add(lane.row(6), lane.now);
        assertUnsettled(3L * bytes.size(), 1);

        lane.run(writer);
        assertThat(writer.hasUnsettledRows()).isFalse();
        assertThat(writer.firstUnsettled()).isEmpty();
        assertThat(writer.unsettledBytes()).isZero();
        assertThat(writer.requestsInFlight()).isZero();
    }

    private void assertUnsettled(long bytes, int requests) {
        assertThat(writer.hasUnsettledRows()).isTrue();
        assertThat(writer.firstUnsettled()).hasValue(4);
        assertThat(writer.unsettledBytes()).isEqualTo(bytes);
        assertThat(writer.requestsInFlight()).isEqualTo(requests);
    }

    @Test
    void nextAttemptIsAllowedWhenTheDelayIsOver() {
        assertThat(writer.mayRetry(0)).isTrue();
        long delay = writer.delayRetry(100);

        assertThat(delay).isBetween(1L, 2L);
        assertThat(writer.mayRetry(100 + delay - 1)).isFalse();
        assertThat(writer.mayRetry(100 + delay)).isTrue();
    }

    @Test
    void delayGrowsWithEachFailureAndIsShortAgainAfterASuccess() {
        writer.delayRetry(100);
        writer.delayRetry(100);
        assertThat(writer.delayRetry(100)).isBetween(2L, 4L);
        assertThat(writer.delayRetry(100)).isBetween(4L, 8L);

        writer.resetFailures();
        assertThat(writer.delayRetry(100)).isBetween(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 70_000})
    void tableIsCheckedEveryFiveSecondsWhileWritingFails(long start) {
        writer.delayRetry(start);
        writer.delayRetry(start + 4_999);
        assertThat(lane.rechecked).isEmpty();
        writer.delayRetry(start + 5_000);
        writer.delayRetry(start + 9_999);
        assertThat(lane.rechecked).containsExactly("t");
        writer.delayRetry(start + 10_000);
        assertThat(lane.rechecked).containsExactly("t", "t");

        writer.resetFailures();
        writer.delayRetry(start + 20_000);
        assertThat(lane.rechecked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 70_000})
    void columnMayBeUnknownUntilTheSchemaTimeout(long start) {
        writer.checkSchemaTimeout(start, UNKNOWN_COLUMN);
        writer.checkSchemaTimeout(start + 4_999, UNKNOWN_COLUMN);

        assertThatThrownBy(() -> writer.checkSchemaTimeout(start + 5_000, UNKNOWN_COLUMN))
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("sink: products-0 -> t: default stream: BigQuery still does not accept the record's"
                        + " columns after 5 s: no such field: x. Compare the table's columns with the record's"
                        + " schema, then restart the task.");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 70_000})
    void tableMayBeUnknownForFortyFiveSeconds(long start) {
        writer.checkTableTimeout(start, "Not found: t.");
        writer.checkTableTimeout(start + 44_999, "Not found: t.");

        assertThatThrownBy(() -> writer.checkTableTimeout(start + 45_000, "Not found: t."))
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("sink: products-0 -> t: default stream: BigQuery has not accepted the table for 45 s:"
                        + " Not found: t. If the table exists, grant the connector's account"
                        + " bigquery.tables.updateData on the dataset, for example with roles/bigquery.dataEditor,"
                        + " then restart the task.");
    }

    @Test
    void timeoutsBeginAgainAfterASuccess() {
        writer.checkSchemaTimeout(0, UNKNOWN_COLUMN);
        writer.checkTableTimeout(0, "Not found: t.");
        writer.resetFailures();

        assertThatCode(() -> {
                    writer.checkSchemaTimeout(5_000, UNKNOWN_COLUMN);
                    writer.checkTableTimeout(45_000, "Not found: t.");
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 70_000})
    void refusedAppendStopsTheTaskAfterTheTableWasChecked(long start) {
        writer.add(lane.row(0), start);
        writer.advance(start);
        lane.tableReady = false; // as while a check is running
        assertThat(writer.isCheckedBeforeStop(start)).isFalse();
        assertThat(writer.isCheckedBeforeStop(start + 1)).isFalse();
        assertThat(lane.rechecked).containsExactly("t");

        lane.tableReady = true;
        assertThat(writer.isCheckedBeforeStop(start + 2)).isTrue();
        assertThat(lane.rechecked).containsExactly("t");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 70_000})
    void refusedAppendStopsTheTaskAfterFiveSecondsIfTheTableCannotBeChecked(long start) {
        writer.add(lane.row(0), start);
        writer.advance(start);
        lane.tableReady = false;
        assertThat(writer.isCheckedBeforeStop(start)).isFalse();
        assertThat(writer.isCheckedBeforeStop(start + 4_999)).isFalse();

        assertThat(writer.isCheckedBeforeStop(start + 5_000)).isTrue();
    }

    @Test
    void stoppedWriterClosesItsConnectionAndNamesItsLane() {
        writer.add(lane.row(0), lane.now);
        writer.advance(lane.now);
        assertThat(writer.isWriting()).isTrue();

        assertThat(writer.stop("no quota")).hasMessage("sink: products-0 -> t: default stream: no quota");
        assertThat(writer.isWriting()).isFalse();
        assertThat(lane.service.unclosedConnections()).isZero();
    }
}
