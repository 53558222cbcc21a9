package io.catalogconnect.localbigquery.job;

/** A row of an upload or of an insertAll request does not fit the table. */
final class MalformedRowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    MalformedRowException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The path of the field that does not fit, or empty. */
    String field() {
        return field;
    }
}
