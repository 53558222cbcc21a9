package io.catalogconnect.bigquery.replace;

import java.util.concurrent.CompletableFuture;

/** Jobs that replace the rows of a unit. Calls do not block; futures fail as those of {@link VersionLedger}. */
public interface PublishJobs {

    /** Prepares the unit's table; false if there are no rows to show and none to replace. */
    CompletableFuture<Boolean> prepare(UnitKey unit);

    /** Reads the state of a job. */
    CompletableFuture<JobState> look(String jobId);

    /**
     * Submits the job unless a job with its id exists; does not wait for its end. The job reads the history and replaces
     * all rows of the unit at once, or none.
     */
    CompletableFuture<Void> submit(UnitKey unit, Publication publication);
}
