package io.catalogconnect.bigquery.table;

/** BigQuery's column types, named as in its schema resources, with the fields that this sink writes to them. */
public enum ColumnType {
    STRING("a string, or another scalar value except bytes"),
    BYTES("bytes"),
    INT64("an int8, int16, int32 or int64, or a Connect Decimal without a fraction"),
    FLOAT64("a float32 or float64, or another number that it keeps"),
    BOOL("a boolean"),
    NUMERIC("a Connect Decimal, or another number, with at most 9 digits after the point"),
    BIGNUMERIC("a Connect Decimal, or another number, with at most 38 digits after the point"),
    DATE(
            "a Connect Date or `io.debezium.time.Date`, an integer (days since 1970), or a string with a date of ISO 8601"),
    TIME("a Connect Time or `io.debezium.time.MicroTime`, an integer, or a string with a time of ISO 8601"),
    DATETIME("a date and time of Connect or Debezium, an integer, or a string of ISO 8601"),
    TIMESTAMP("a date and time of Connect or Debezium, an integer, or a string of ISO 8601"),
    JSON("`io.debezium.data.Json`, a string with JSON text, or another value except bytes"),
    STRUCT("a struct"),
    GEOGRAPHY("a string with WKT or GeoJSON, or a geometry of Debezium"),
    INTERVAL("", "CAST(... AS INTERVAL)"),
    RANGE("", "RANGE(start, end) of two columns"),
    /** A type that this version of the sink does not know. */
    UNKNOWN("", "a function of that type");

    private final String written;
    private final String conversion;

    ColumnType(String written) {
        this(written, "");
    }

    ColumnType(String written, String conversion) {
        this.written = written;
        this.conversion = conversion;
    }

    /** Whether BigQuery changes a column of this type to another one without loss of its rows. */
    public boolean isWidenedTo(ColumnType wider) {
        return switch (this) {
            case INT64 -> wider == NUMERIC || wider == BIGNUMERIC || wider == FLOAT64;
            case NUMERIC -> wider == BIGNUMERIC || wider == FLOAT64;
            case BIGNUMERIC -> wider == FLOAT64;
            default -> false;
        };
    }

    /** The fields that the sink writes to a column of this type; empty if it writes none. */
    public String written() {
        return written;
    }

    /** How a query converts a column of another type to this one, if the sink writes no column of this type; otherwise empty. */
    public String conversion() {
        return conversion;
    }
}
