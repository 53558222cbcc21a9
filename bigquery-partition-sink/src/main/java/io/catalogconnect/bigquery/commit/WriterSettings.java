package io.catalogconnect.bigquery.commit;

import java.time.Duration;

/**
 * The limits a lane keeps.
 *
 * @param maxRequestRows rows in one append
 * @param maxRequestBytes bytes of rows in one append; one larger row still goes, alone
 * @param maxRequestsInFlight appends sent and not answered
 * @param linger how long a row waits for others while appends are in flight
 * @param appendTimeout after which an append without an answer counts as lost
 * @param takeOverTimeout after which a take-over without an end is begun anew
 * @param visibilityTimeout how long a take-over waits for the rows of the previous stream to be seen
 * @param schemaTimeout how long rows with a new column are tried again
 * @param rowsExpire whether rows may be gone from the table by themselves, so that nobody can wait for their number
 * @param maxResends how often requests are sent again on the same stream before the lane is taken over again
 */
public record WriterSettings(
        int maxRequestRows,
        long maxRequestBytes,
        int maxRequestsInFlight,
        Duration linger,
        Duration appendTimeout,
        Duration takeOverTimeout,
        Duration visibilityTimeout,
        Duration schemaTimeout,
        boolean rowsExpire,
        int maxResends) {

    /** Limits for a table whose rows stay. */
    public WriterSettings(
            int maxRequestRows,
            long maxRequestBytes,
            int maxRequestsInFlight,
            Duration linger,
            Duration appendTimeout,
            Duration takeOverTimeout,
            Duration visibilityTimeout,
            Duration schemaTimeout,
            int maxResends) {
        this(
                maxRequestRows,
                maxRequestBytes,
                maxRequestsInFlight,
                linger,
                appendTimeout,
                takeOverTimeout,
                visibilityTimeout,
                schemaTimeout,
                false,
                maxResends);
    }

    public WriterSettings {
        if (maxRequestRows < 1 || maxRequestBytes < 1 || maxRequestsInFlight < 1 || maxResends < 0) {
            throw new IllegalArgumentException("rows " + maxRequestRows + ", bytes " + maxRequestBytes + ", in flight "
                    + maxRequestsInFlight + ", resends " + maxResends);
        }
    }
}
