package io.catalogconnect.bigquery.commit;

import static io.catalogconnect.bigquery.commit.LaneFixture.LANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which records show that a topic was recreated. */
final class RecreatedTopicCheckTest {

    private static final long MARK = 9;

    private final LaneFixture lane = new LaneFixture();
    private final List<Long> asked = new ArrayList<>();

    /** The checkpoint was stored at time 1,000,000; clocks may differ by ten minutes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the row is in the table                         | 9 | 5       | 5 | 9 | 0       | ''
            another row is in the table                     | 9 | 5       | 6 | 9 | 0       | the table's row of that offset has 1970-01-01T00:00:00.006Z
            another row, and no checkpoint                  | 9 | 5       | 6 |   |         | the table's row of that offset has 1970-01-01T00:00:00.006Z
            no row, and no checkpoint                       | 9 | 1600001 |   |   |         | ''
            no row, the record is older than the write      | 9 | 1600000 |   | 9 | 0       | ''
            no row, the record is newer than the write      | 9 | 1600001 |   | 9 | 0       | a row of that offset was written before 1970-01-01T00:16:40Z
            no row, the checkpoint is of an earlier offset  | 9 | 1600001 |   | 8 | 0       | ''
            no row, timestamps are in the future            | 9 | 1600001 |   | 9 | 1600001 | ''
            no row, timestamps are almost in the future     | 9 | 1600001 |   | 9 | 1600000 | a row of that offset was written before 1970-01-01T00:16:40Z
            """)
    void recordThatDiffersFromTheOneThatWasWrittenStopsTheTask(
            String state,
            long offset,
            long timestamp,
            @Nullable Long stored,
            @Nullable Long checkpointOffset,
            @Nullable Long checkpointTimestamp,
            String evidence) {
        Optional<Checkpoint> checkpoint = checkpointOffset == null || checkpointTimestamp == null
                ? Optional.empty()
                : Optional.of(new Checkpoint("s", 0, 1, checkpointOffset, checkpointTimestamp, 1_000_000));
        CompletableFuture<Long> checked =
                check(stored == null ? Map.of() : Map.of(offset, stored), checkpoint, lane.row(offset, timestamp));

        if (evidence.isEmpty()) {
            assertThat(checked).as(state).isCompletedWithValue(MARK);
        } else {
            assertThatThrownBy(checked::join)
                    .as(state)
                    .cause()
                    .isInstanceOf(ServiceRefusedException.class)
                    .hasMessageStartingWith("sink: products-0 -> t: the record at offset 9 has the timestamp ")
                    .hasMessageContaining(
                            "Z, and " + evidence + ": the topic was recreated. Records up to offset 9 would"
                                    + " be skipped as already written. Send the topic to another table, or delete the rows of the"
                                    + " old topic (where _kafka_topic = 'products' AND _kafka_partition = 0) and set this lane's"
                                    + " stream to '' in the registry table; then restart the task.");
        }
    }

    @Test
    void onlySkippedRecordsWithATimestampAreCompared() {
        CompletableFuture<Long> checked =
                check(Map.of(), Optional.empty(), lane.row(7), lane.row(8, 5), lane.row(9, 5), lane.row(10, 5));
        assertThat(checked).isCompletedWithValue(MARK);
        assertThat(asked).containsExactly(8L, 9L);

        asked.clear();
        assertThat(check(Map.of(), Optional.empty(), lane.row(10, 5))).isCompletedWithValue(MARK);
        assertThat(asked).as("no query").isEmpty();
    }

    private CompletableFuture<Long> check(Map<Long, Long> stored, Optional<Checkpoint> checkpoint, Row... waiting) {
        WrittenOffsets table = new WrittenOffsets() {
            @Override
            public CompletableFuture<Long> highest(LaneKey key) {
                return CompletableFuture.completedFuture(MARK);
            }

            @Override
            public CompletableFuture<Long> count(LaneKey key, long above, long upTo) {
                return CompletableFuture.completedFuture(upTo - above);
            }

            @Override
            public CompletableFuture<Map<Long, Long>> timestamps(LaneKey key, List<Long> offsets) {
                assertThat(key).isEqualTo(LANE);
                asked.addAll(offsets);
                return CompletableFuture.completedFuture(stored);
            }
        };
        return new RecreatedTopicCheck(LANE, table).check(List.of(waiting), MARK, checkpoint);
    }
}
