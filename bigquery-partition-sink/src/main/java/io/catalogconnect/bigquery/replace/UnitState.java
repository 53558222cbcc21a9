package io.catalogconnect.bigquery.replace;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A unit as BigQuery's tables tell it, {@code newest} read after the record.
 *
 * @param publication what the record says
 * @param ageMillis how long ago the record named its job
 * @param jobsToday how many jobs this table's records have named since the day began, UTC
 * @param newest ids of the versions that the unit is to show
 */
public record UnitState(Publication publication, long ageMillis, long jobsToday, SortedSet<String> newest) {
    public UnitState {
        newest = new TreeSet<>(newest);
    }
}
