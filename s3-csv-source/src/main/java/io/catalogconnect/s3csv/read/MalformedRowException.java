package io.catalogconnect.s3csv.read;

/** A malformed row where malformed rows are not allowed. Every row before it was delivered. */
public final class MalformedRowException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedRowException(String message) {
        super(message);
    }
}
