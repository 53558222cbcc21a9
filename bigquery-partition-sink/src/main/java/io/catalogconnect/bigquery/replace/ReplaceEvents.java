package io.catalogconnect.bigquery.replace;

/** What replacing tells the task. Called on the thread that steps it, or one that completes a future. */
public interface ReplaceEvents {

    /** A unit shows other versions than before, by a job that this task named. */
    void published(UnitKey unit, int versions);

    /** So many more jobs does a table take today. */
    void jobsLeft(String table, long jobs);
}
