package io.catalogconnect.bigquery.table;

/** A record does not fit its table; the message says what to change. */
public final class TableMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TableMismatchException(String message) {
        super(message);
    }
}
