package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import io.catalogconnect.bigquery.simulation.SimulatedCheckpoints;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which Kafka offset a checkpoint states, and which appends need a new one. */
final class CheckpointTest {

    private static final RowFormat FORMAT = new RowFormat("t", DescriptorProto.getDefaultInstance());
    private static final long STORED_AT = 1_000;

    private final SimulatedCheckpoints store =
            new SimulatedCheckpoints(SimulatedBigQuery.answeringAtOnce(), new Random(1));

    @ParameterizedTest
    @CsvSource({"'', 0, 0, -1", "s, -1, 0, -1", "s, 0, -1, -1", "s, 0, 0, -2"})
    void checkpointOfNoStreamOrWithANegativeNumberIsRefused(String stream, long sequence, long rows, long offset) {
        assertThatThrownBy(() -> new Checkpoint(stream, sequence, rows, offset, Row.NO_TIMESTAMP, STORED_AT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stream " + stream + ", sequence " + sequence + ", rows " + rows + ", offset " + offset);
    }

    @Test
    void checkpointOfANewLaneStatesThatNoOffsetWasWritten() {
        assertThat(new Checkpoint("s", 0, 0, -1, Row.NO_TIMESTAMP, STORED_AT).offsetAt(3))
                .isEqualTo(2);
    }

    /** The newest checkpoint states offset 19 for 10 rows. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the next offset follows      | 11 | 20 | 0        | false
            the same row is sent again   | 10 | 19 | 0        | false
            offsets were left out        | 11 | 25 | 0        | true
            rows were taken back         | 9  | 18 | 0        | true
            almost a day has passed      | 11 | 20 | 86399999 | false
            a day has passed             | 11 | 20 | 86400000 | true
            """)
    void appendNeedsACheckpointIfTheNewestDoesNotStateItsOffsetOrIsOld(
            String state, long rowCount, long offset, long age, boolean needed) {
        AppendCheckpoints checkpoints = new AppendCheckpoints(store);
        checkpoints.startStream(new Checkpoint("s", 4, 10, 19, Row.NO_TIMESTAMP, STORED_AT));
        Row last = new Row(offset, 77, FORMAT, ByteString.EMPTY, null);

        assertThat(checkpoints.before(rowCount, last, STORED_AT + age))
                .as(state)
                .isDone();
        if (needed) {
            assertThat(store.of("s"))
                    .as(state)
                    .containsExactly(new Checkpoint("s", 5, rowCount, offset, 77, STORED_AT + age));
            assertThat(checkpoints.before(rowCount, last, STORED_AT + age + 1)).isDone();
            assertThat(store.of("s")).as("stored once").hasSize(1);
        } else {
            assertThat(store.of("s")).as(state).isEmpty();
        }
    }

    @Test
    void checkpointThatCouldNotBeStoredIsStoredBeforeTheNextAppend() {
        AppendCheckpoints checkpoints = new AppendCheckpoints(store);
        checkpoints.startStream(new Checkpoint("s", 0, 0, -1, Row.NO_TIMESTAMP, STORED_AT));
        Row last = new Row(7, 77, FORMAT, ByteString.EMPTY, null);
        store.fail(new ServiceUnavailableException("UNAVAILABLE", null));
        assertThat(checkpoints.before(1, last, STORED_AT)).isCompletedExceptionally();
        store.fail(null);

        assertThat(checkpoints.before(1, last, STORED_AT)).isCompleted();
        assertThat(store.of("s")).containsExactly(new Checkpoint("s", 2, 1, 7, 77, STORED_AT));
    }

    @Test
    void appendBeforeTheTakeOverIsRefused() {
        Row row = new Row(0, Row.NO_TIMESTAMP, FORMAT, ByteString.EMPTY, null);

        assertThatThrownBy(() -> new AppendCheckpoints(store).before(1, row, STORED_AT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no stream was started");
    }
}
