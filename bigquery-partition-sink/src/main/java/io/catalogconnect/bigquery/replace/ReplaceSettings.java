package io.catalogconnect.bigquery.replace;

import java.time.Duration;

/**
 * Limits of publications.
 *
 * @param minInterval minimum time between two jobs of a unit, so that objects that arrive together share one
 * @param jobsPerDay maximum jobs of a table and day
 * @param attemptTimeout after which a call without an answer counts as lost
 * @param abandonAfter after which a job that does not exist is not submitted any more: no request is in flight for that long
 */
public record ReplaceSettings(Duration minInterval, int jobsPerDay, Duration attemptTimeout, Duration abandonAfter) {

    /** Maximum table operations that BigQuery permits for a table and day. */
    public static final int JOBS_PER_DAY = 1_500;
}
