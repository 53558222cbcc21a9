package io.catalogconnect.bigquery.replace;

import io.catalogconnect.bigquery.commit.Backoff;

/**
 * What replacing works with.
 *
 * @param connector names jobs
 * @param ledger what is known of versions and jobs
 * @param jobs replace what units show
 * @param settings the limits to keep
 * @param events told what happens
 * @param afterTrouble how long to wait when the service has trouble
 * @param betweenLooks how long to wait for a job
 * @param wakeUp called by any thread when there is something to do
 */
public record ReplaceContext(
        String connector,
        VersionLedger ledger,
        PublishJobs jobs,
        ReplaceSettings settings,
        ReplaceEvents events,
        Backoff afterTrouble,
        Backoff betweenLooks,
        Runnable wakeUp) {}
