package io.catalogconnect.s3csv.read;

/** A bad row where bad rows are not allowed. Every good row in front of it has been delivered. */
public final class BadRowException extends Exception {

    private static final long serialVersionUID = 1L;

    public BadRowException(String message) {
        super(message);
    }
}
