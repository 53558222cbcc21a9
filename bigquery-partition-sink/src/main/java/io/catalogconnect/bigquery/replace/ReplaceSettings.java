package io.catalogconnect.bigquery.replace;

import java.time.Duration;

/**
 * The limits a task keeps.
 *
 * @param minInterval how long a unit rests between two jobs, so that objects which arrive together share one
 * @param jobsADay how many jobs a table takes in a day
 * @param attemptTimeout after which a call without an answer counts as lost
 * @param abandonAfter after which a job that was never submitted is not submitted any more: no request is so long under way
 */
public record ReplaceSettings(Duration minInterval, int jobsADay, Duration attemptTimeout, Duration abandonAfter) {}
