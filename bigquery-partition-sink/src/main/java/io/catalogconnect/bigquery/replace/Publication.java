package io.catalogconnect.bigquery.replace;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the record of a unit says: the job that shows these versions.
 *
 * @param sequence grows by one with each job; 0 before the first
 * @param jobId the job's id, empty before the first
 * @param versions ids of the versions that the job shows
 * @param done whether the job is known to have ended well
 */
public record Publication(long sequence, String jobId, SortedSet<String> versions, boolean done) {

    /** A unit that no job was for. */
    public static final Publication NONE = new Publication(0, "", new TreeSet<>(), true);

    public Publication {
        versions = new TreeSet<>(versions);
    }

    /** The next job, which shows these. */
    Publication next(String connector, UnitKey unit, Collection<String> ids) {
        SortedSet<String> shown = new TreeSet<>(ids);
        return new Publication(sequence + 1, JobIds.of(connector, unit, shown, sequence + 1), shown, false);
    }

    Publication whenDone() {
        return new Publication(sequence, jobId, versions, true);
    }
}
