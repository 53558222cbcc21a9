package io.catalogconnect.s3csv.assign;

/** Policy for an object that is overwritten after or while it is read. */
public enum ChangedPolicy {
    /** The new version is read from its start. */
    REDELIVER,
    /** The new version is skipped. */
    IGNORE,
    /** The task fails. */
    FAIL
}
