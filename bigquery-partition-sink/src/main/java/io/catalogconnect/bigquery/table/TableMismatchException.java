package io.catalogconnect.bigquery.table;

/** A record does not fit its table; the message says what to change. */
public final class TableMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The records that an exception concerns. */
    public enum Extent {
        /** Records of one schema. Others may fit the table. */
        SCHEMA,
        /** Records of one schema. The table does not exist and cannot be created for them. */
        SCHEMA_OF_NEW_TABLE,
        /** Every record: the table must be changed. */
        TABLE
    }

    private final Extent extent;

    public TableMismatchException(String message) {
        this(Extent.SCHEMA, message);
    }

    public TableMismatchException(Extent extent, String message) {
        super(message);
        this.extent = extent;
    }

    public Extent extent() {
        return extent;
    }
}
