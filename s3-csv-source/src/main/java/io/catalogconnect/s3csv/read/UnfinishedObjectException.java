package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.assign.UnreadObject;

/**
 * Reading an object stopped before its end. The reader has closed the object and reported nothing to discovery, because the
 * records that were sent so far may have to be withdrawn first.
 */
public final class UnfinishedObjectException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Treatment of the object. */
    public enum Treatment {
        /** The same version is read later, because S3 is unavailable. */
        READ_LATER,
        /** The version does not exist any more. */
        REPLACED,
        /** The object is damaged and is left out. */
        LEAVE_OUT,
        /** The task must fail. */
        FAIL
    }

    private final transient UnreadObject rest;
    private final Treatment treatment;

    UnfinishedObjectException(UnreadObject rest, Treatment treatment, Exception cause) {
        super(cause.getMessage(), cause);
        this.rest = rest;
        this.treatment = treatment;
    }

    /** The object, with the progress after the last item that was returned. */
    public UnreadObject rest() {
        return rest;
    }

    public Treatment treatment() {
        return treatment;
    }
}
