package io.catalogconnect.bigquery.commit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads back what a table holds of a lane. Does not block; futures fail as those of {@link StreamRegistry} do. */
public interface WrittenOffsets {

    /** The lane's highest offset, and how many of its rows have an offset above {@code baseOffset}. */
    CompletableFuture<WrittenRows> written(LaneKey lane, long baseOffset);

    /** How many of the lane's rows have an offset above {@code above}, and none above {@code upTo}. */
    CompletableFuture<Long> count(LaneKey lane, long above, long upTo);

    /**
     * When the records of these offsets were made, in milliseconds since 1970, as far as the table has their rows and keeps
     * timestamps: what is not known is left out.
     */
    default CompletableFuture<Map<Long, Long>> timestamps(LaneKey lane, List<Long> offsets) {
        return CompletableFuture.completedFuture(Map.of());
    }
}
