package io.catalogconnect.bigquery.replace;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Publication record of a unit: the job that shows its versions.
 *
 * @param sequence number of the job, from 1; 0 before the first
 * @param jobId id of the job; empty before the first
 * @param versions ids of the versions that the job shows
 * @param done whether the job is known to have succeeded
 */
public record Publication(long sequence, String jobId, SortedSet<String> versions, boolean done) {

    /** Record of a unit without a job. */
    public static final Publication NONE = new Publication(0, "", new TreeSet<>(), true);

    public Publication {
        versions = new TreeSet<>(versions);
    }

    /** Record of the next job, which shows the given versions. */
    Publication next(String connector, UnitKey unit, Collection<String> ids) {
        SortedSet<String> shown = new TreeSet<>(ids);
        return new Publication(sequence + 1, JobIds.of(connector, unit, shown, sequence + 1), shown, false);
    }

    Publication whenDone() {
        return new Publication(sequence, jobId, versions, true);
    }
}
