package io.catalogconnect.bigquery.commit;

import io.catalogconnect.bigquery.table.MetaColumns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Checks that the rows that a take-over skips are the records that were written. Kafka numbers the records of a recreated
 * topic from 0. They differ from the rows of the table in their timestamps. If the rows were deleted, they are newer than
 * the checkpoint that states that their offsets were written.
 */
final class RecreatedTopicCheck {

    /** Largest difference between the clocks of producers and workers. */
    private static final long CLOCK_SKEW_MS = Duration.ofMinutes(10).toMillis();

    private final LaneKey lane;
    private final WrittenOffsets writtenOffsets;

    RecreatedTopicCheck(LaneKey lane, WrittenOffsets writtenOffsets) {
        this.lane = lane;
        this.writtenOffsets = writtenOffsets;
    }

    /**
     * Returns the mark, or fails with {@link ServiceRefusedException} if the topic was recreated.
     *
     * @param waiting the first rows that will be written or skipped
     * @param mark rows up to this offset will be skipped
     * @param checkpoint the checkpoint that the mark was derived from, if there is one
     */
    CompletableFuture<Long> check(List<Row> waiting, long mark, Optional<Checkpoint> checkpoint) {
        List<Row> skipped = waiting.stream()
                .filter(row -> row.offset() <= mark && row.timestamp() != Row.NO_TIMESTAMP)
                .toList();
        if (skipped.isEmpty()) {
            return CompletableFuture.completedFuture(mark);
        }
        return writtenOffsets
                .timestamps(lane, skipped.stream().map(Row::offset).toList())
                .thenApply(stored -> {
                    for (Row row : skipped) {
                        Long there = stored.get(row.offset());
                        if (there != null && there != row.timestamp()) {
                            throw recreated(
                                    row, "the table's row of that offset has " + Instant.ofEpochMilli(there), mark);
                        }
                        if (there == null
                                && checkpoint.filter(at -> isNewer(row, at)).isPresent()) {
                            String time = Instant.ofEpochMilli(checkpoint.get().storedAt())
                                    .toString();
                            throw recreated(row, "a row of that offset was written before " + time, mark);
                        }
                    }
                    return mark;
                });
    }

    /** Whether a record is newer than the write of its offset. Timestamps from the future do not count. */
    private static boolean isNewer(Row row, Checkpoint written) {
        long latest = written.storedAt() + CLOCK_SKEW_MS;
        return row.offset() <= written.kafkaOffset() && row.timestamp() > latest && written.timestamp() <= latest;
    }

    private ServiceRefusedException recreated(Row row, String evidence, long mark) {
        return new ServiceRefusedException(
                lane + ": the record at offset " + row.offset() + " has the timestamp "
                        + Instant.ofEpochMilli(row.timestamp()) + ", and " + evidence
                        + ": the topic was recreated. Records up to offset " + mark
                        + " would be skipped as already written. Send the topic to another table, or delete the rows of"
                        + " the old topic (where " + MetaColumns.TOPIC + " = '" + lane.topic() + "' AND "
                        + MetaColumns.PARTITION + " = " + lane.partition()
                        + ") and set this lane's stream to '' in the registry table; then restart the task.",
                null);
    }
}
