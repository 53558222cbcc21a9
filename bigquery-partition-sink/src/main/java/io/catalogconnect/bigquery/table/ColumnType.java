package io.catalogconnect.bigquery.table;

/** BigQuery column types that this sink writes, named as in BigQuery's schema resources. */
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
    /** A type that this sink does not write, for example GEOGRAPHY or INTERVAL. */
    OTHER
}
