package io.catalogconnect.bigquery.commit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads the rows of a lane from its table. Calls do not block; futures fail as those of {@link StreamRegistry}. */
public interface WrittenOffsets {

    /** The lane's highest offset in the table, or -1. */
    CompletableFuture<Long> highest(LaneKey lane);

    /** Number of the lane's rows with an offset above {@code above} and up to {@code upTo}. */
    CompletableFuture<Long> count(LaneKey lane, long above, long upTo);

    /**
     * Record timestamps of these offsets, in milliseconds since 1970. Offsets without a row or without a stored timestamp
     * are absent.
     */
    default CompletableFuture<Map<Long, Long>> timestamps(LaneKey lane, List<Long> offsets) {
        return CompletableFuture.completedFuture(Map.of());
    }
}
