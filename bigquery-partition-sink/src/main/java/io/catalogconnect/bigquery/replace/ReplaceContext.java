package io.catalogconnect.bigquery.replace;

import io.catalogconnect.bigquery.commit.Backoff;

/**
 * What the publication of versions needs.
 *
 * @param connector the connector's name
 * @param ledger versions and publication records
 * @param jobs the jobs
 * @param settings the limits
 * @param events receives what happens
 * @param afterFailure delay after a failed call
 * @param betweenPolls delay between polls of a job
 * @param wakeUp called by any thread when there may be something to do
 */
public record ReplaceContext(
        String connector,
        VersionLedger ledger,
        PublishJobs jobs,
        ReplaceSettings settings,
        ReplaceEvents events,
        Backoff afterFailure,
        Backoff betweenPolls,
        Runnable wakeUp) {}
