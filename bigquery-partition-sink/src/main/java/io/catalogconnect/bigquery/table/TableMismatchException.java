package io.catalogconnect.bigquery.table;

/** A record and a table cannot go together as things are; the message says what to change. */
public final class TableMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TableMismatchException(String message) {
        super(message);
    }
}
