package io.catalogconnect.localbigquery.job;

/** A row of an upload or of insertAll is not one of the table. */
final class MalformedRowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    MalformedRowException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** Where in the row. */
    String field() {
        return field;
    }
}
