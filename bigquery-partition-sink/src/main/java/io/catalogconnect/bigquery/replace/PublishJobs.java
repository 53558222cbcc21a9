package io.catalogconnect.bigquery.replace;

import java.util.concurrent.CompletableFuture;

/** Jobs that replace what a unit shows. Calls do not block; futures fail as those of {@link VersionLedger} do. */
public interface PublishJobs {

    /** Makes the unit's table ready; false if there is nothing to show and nothing to replace. */
    CompletableFuture<Boolean> prepare(UnitKey unit);

    /** What has become of a job. */
    CompletableFuture<JobState> look(String jobId);

    /**
     * Submits the job unless its id is taken; does not wait for its end. The job reads the history and replaces all rows of
     * the unit at once, or none.
     */
    CompletableFuture<Void> submit(UnitKey unit, Publication publication);
}
