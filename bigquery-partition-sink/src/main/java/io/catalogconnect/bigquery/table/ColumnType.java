package io.catalogconnect.bigquery.table;

/** BigQuery's column types, named as in its schema resources, with the fields that this sink writes to them. */
public enum ColumnType {
    STRING("a string"),
    BYTES("bytes"),
    INT64("an int8, int16, int32 or int64"),
    FLOAT64("a float32 or float64"),
    BOOL("a boolean"),
    NUMERIC("a Connect Decimal with a scale of at most 9"),
    BIGNUMERIC("a Connect Decimal with a scale of 10 to 38, or with more than 29 declared digits before the point"),
    DATE("a Connect Date or `io.debezium.time.Date`"),
    TIME("a Connect Time or `io.debezium.time.MicroTime`"),
    DATETIME("`io.debezium.time.Timestamp` or `io.debezium.time.MicroTimestamp`"),
    TIMESTAMP("a Connect Timestamp or `io.debezium.time.ZonedTimestamp`"),
    JSON("a string whose schema has the name `io.debezium.data.Json`"),
    STRUCT("a struct"),
    GEOGRAPHY("", "ST_GEOGFROMTEXT or ST_GEOGFROMGEOJSON"),
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

    /** The fields that the sink writes to a column of this type; empty if it writes none. */
    public String written() {
        return written;
    }

    /** How a query converts a column of another type to this one, if the sink writes no column of this type; otherwise empty. */
    public String conversion() {
        return conversion;
    }
}
