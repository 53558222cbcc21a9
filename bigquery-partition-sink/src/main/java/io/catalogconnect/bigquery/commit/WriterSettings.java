package io.catalogconnect.bigquery.commit;

import java.time.Duration;

/**
 * Limits of a lane's writer.
 *
 * @param append limits of appends
 * @param takeOver limits of take-overs
 * @param schemaTimeout how long rows with a column that BigQuery does not know yet are retried
 */
public record WriterSettings(Appends append, TakeOvers takeOver, Duration schemaTimeout) {

    /**
     * Limits of appends.
     *
     * @param maxRows maximum rows of one append
     * @param maxBytes maximum bytes of one append; a single larger row is sent alone
     * @param maxInFlight maximum appends sent and not answered
     * @param maxResends how often requests are sent again on the same stream before a new take-over
     * @param linger how long a row waits for others while appends are in flight
     * @param timeout after which an append without an answer counts as lost
     */
    public record Appends(
            int maxRows, long maxBytes, int maxInFlight, int maxResends, Duration linger, Duration timeout) {
        public Appends {
            if (maxRows < 1 || maxBytes < 1 || maxInFlight < 1 || maxResends < 0) {
                throw new IllegalArgumentException("rows " + maxRows + ", bytes " + maxBytes + ", in flight "
                        + maxInFlight + ", resends " + maxResends);
            }
        }
    }

    /**
     * Limits of take-overs.
     *
     * @param timeout after which a take-over that has not ended is restarted
     * @param visibilityTimeout how long a take-over waits until queries see all rows of the previous stream; zero if
     *     nothing depends on that
     * @param otherConnectors treatment of a lane that another connector owns
     */
    public record TakeOvers(Duration timeout, Duration visibilityTimeout, OtherConnectors otherConnectors) {}

    /** Treatment of a lane that another connector owns. */
    public enum OtherConnectors {
        FAIL,
        FENCE
    }
}
