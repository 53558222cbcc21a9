package io.catalogconnect.s3csv.object;

/** Treatment of an object whose key has no date. */
public enum MissingDate {
    /** The object is damaged. */
    FAIL,
    /** The date is the day of the last modification, in UTC. */
    LAST_MODIFIED,
    /** The object is not read. */
    SKIP
}
