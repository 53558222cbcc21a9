package io.catalogconnect.bigquery.replace;

/** Receives the progress of publications. Called on the task's thread or on one that completes a future. */
public interface ReplaceEvents {

    /** A publication of this task succeeded: the unit shows other versions than before. */
    void published(UnitKey unit, int versions);

    /** Number of jobs that BigQuery still permits for a table today. */
    void jobsLeft(String table, long jobs);
}
