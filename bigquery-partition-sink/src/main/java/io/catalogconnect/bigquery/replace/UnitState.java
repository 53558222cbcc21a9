package io.catalogconnect.bigquery.replace;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * State of a unit as stored in BigQuery; {@code newest} is read after the publication record.
 *
 * @param publication the publication record
 * @param ageMillis time since the record named its job
 * @param jobsToday jobs of the table since midnight UTC
 * @param newest ids of the newest complete versions
 */
public record UnitState(Publication publication, long ageMillis, long jobsToday, SortedSet<String> newest) {
    public UnitState {
        newest = new TreeSet<>(newest);
    }

    /** The same state with the newest versions. */
    public UnitState withNewest(SortedSet<String> versions) {
        return new UnitState(publication, ageMillis, jobsToday, versions);
    }
}
