package io.catalogconnect.bigquery.commit;

/** Receives what a lane's writer does. Called on the thread that advances the writer. */
public interface WriterEvents {

    /** Rows were sent, for the first time or again. */
    void sent(int rows, long bytes);

    /** Rows are known to be in the table. */
    void acknowledged(int rows);

    /** Rows were skipped because they are in the table already. */
    void skipped(int rows);

    /** The lane was taken over. */
    void tookOver();

    /** Whether a refused row does not stop the task. */
    boolean toleratesRefusals();

    /**
     * The service or the table refused a row. A writer that keeps the order of rows writes no later one before the record is stored; a
     * failed report stops the task.
     */
    PendingReport refused(LaneKey lane, Row row, String reason);
}
