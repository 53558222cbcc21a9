package io.catalogconnect.s3csv.record;

/** A file that is wrong as a whole: its header does not fit, or its key. */
public final class BadObjectException extends Exception {

    private static final long serialVersionUID = 1L;

    public BadObjectException(String message) {
        super(message);
    }
}
