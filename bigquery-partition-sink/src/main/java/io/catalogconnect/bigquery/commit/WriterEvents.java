package io.catalogconnect.bigquery.commit;

import java.util.concurrent.CompletableFuture;

/** What a lane tells the task that runs it. Called on the thread that steps the lane. */
public interface WriterEvents {

    /** Rows were sent, for the first time or again. */
    void sent(int rows, long bytes);

    /** Rows are known to be in the table. */
    void acknowledged(int rows);

    /** Rows were left out because the table holds them already. */
    void skipped(int rows);

    /** The lane is ours since now. */
    void tookOver();

    /**
     * A row that the service refuses. Nothing after it is written until the future is done; a failed future stops the
     * task.
     */
    CompletableFuture<Void> refused(LaneKey lane, Row row, String reason);
}
