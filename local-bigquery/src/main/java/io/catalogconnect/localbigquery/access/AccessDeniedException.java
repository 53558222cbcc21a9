package io.catalogconnect.localbigquery.access;

/** A permission is missing. The message is the one of BigQuery. */
public final class AccessDeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AccessDeniedException(String message) {
        super(message);
    }
}
