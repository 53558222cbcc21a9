package io.catalogconnect.s3csv.assign;

/** What becomes of an object that was overwritten after it was read, or while it is. */
public enum ChangedPolicy {
    /** The new version is read from its start. */
    REDELIVER,
    /** The new version is left alone. */
    IGNORE,
    /** The task stops. */
    FAIL
}
