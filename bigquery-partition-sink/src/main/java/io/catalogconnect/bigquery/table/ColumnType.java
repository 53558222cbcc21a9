package io.catalogconnect.bigquery.table;

/** The column types of BigQuery that this sink writes; names are those of BigQuery's own schema resources. */
public enum ColumnType {
    STRING,
    BYTES,
    INT64,
    FLOAT64,
    BOOL,
    NUMERIC,
    BIGNUMERIC,
    DATE,
    TIME,
    DATETIME,
    TIMESTAMP,
    JSON,
    STRUCT,
    /** A type of BigQuery that this sink does not write, GEOGRAPHY or INTERVAL for instance. */
    OTHER
}
