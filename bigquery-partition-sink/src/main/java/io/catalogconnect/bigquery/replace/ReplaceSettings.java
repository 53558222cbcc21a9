package io.catalogconnect.bigquery.replace;

import java.time.Duration;
import java.util.Set;

/**
 * Limits of publications.
 *
 * @param minInterval minimum time between two jobs of a unit, so that objects that arrive together share one
 * @param jobsPerDay maximum jobs of a table and day
 * @param attemptTimeout after which a call without an answer counts as lost
 * @param abandonAfter after which a job that does not exist is not submitted any more: no request is in flight for that long
 * @param filteredTopics topics from which transformations may drop rows, so that fewer than the end marker states may arrive
 */
public record ReplaceSettings(
        Duration minInterval,
        int jobsPerDay,
        Duration attemptTimeout,
        Duration abandonAfter,
        Set<String> filteredTopics) {

    public ReplaceSettings {
        filteredTopics = Set.copyOf(filteredTopics);
    }

    /** Rows that must have arrived before a version counts as complete. */
    long minimumRows(ObjectVersion version) {
        return filteredTopics.contains(version.topic()) ? 0 : version.rows();
    }

    /** Maximum table operations that BigQuery permits for a table and day. */
    public static final int JOBS_PER_DAY = 1_500;
}
