package io.catalogconnect.bigquery.commit;

import java.util.concurrent.CompletableFuture;

/** Reads back what a table holds of a lane. Does not block; futures fail as those of {@link StreamRegistry} do. */
public interface WrittenOffsets {

    /** The lane's highest offset, and how many of its rows have an offset above {@code baseOffset}. */
    CompletableFuture<WrittenRows> written(LaneKey lane, long baseOffset);
}
