package io.catalogconnect.bigquery.commit;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Checkpoints of write streams, kept apart from the rows of users, who may delete those at any time. Calls do not block;
 * futures fail as those of {@link StreamRegistry}. Storing something twice has no effect.
 */
public interface StreamCheckpoints {

    /** Stores a checkpoint, and returns it when it is stored. */
    CompletableFuture<Checkpoint> store(Checkpoint checkpoint);

    /** Stores the number of rows of a finalized stream, and returns it when it is stored. */
    CompletableFuture<Long> storeEnd(String stream, long rows, long now);

    /**
     * The end of a stream; empty if none was stored or queries do not see it yet. If they see it, they see all checkpoints
     * that were stored before it.
     */
    CompletableFuture<Optional<StreamEnd>> end(String stream);
}
