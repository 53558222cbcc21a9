package io.catalogconnect.bigquery.commit;

/**
 * Settings and ports that the writers of one task share.
 *
 * @param streams the write streams
 * @param settings the limits
 * @param events receives what the writers do
 * @param backoff delays between retries
 * @param tables whether tables accept rows
 * @param wakeUp called by any thread when a call of {@link LaneWriter#advance} may have something to do
 */
public record WriterContext(
        WriteStreams streams,
        WriterSettings settings,
        WriterEvents events,
        Backoff backoff,
        TableReadiness tables,
        Runnable wakeUp) {}
