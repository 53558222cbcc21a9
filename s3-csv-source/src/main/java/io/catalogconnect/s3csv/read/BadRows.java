package io.catalogconnect.s3csv.read;

/**
 * What becomes of bad rows.
 *
 * @param limit so many bad rows in one object are allowed, more make the object bad; negative for no limit
 */
public record BadRows(Action action, long limit) {

    /** One bad row. */
    public enum Action {
        /** Stops the task in front of it. */
        FAIL,
        /** Is logged and passed over. */
        SKIP,
        /** Becomes a record on the rejects topic. */
        TOPIC
    }
}
