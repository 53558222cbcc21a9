package io.catalogconnect.bigquery.table;

/** What may be done to a table when a record's schema differs from it. */
public enum SchemaEvolution {
    /** Nothing: a record that does not fit stops the task. */
    NONE,
    /** New columns are added, nullable. */
    ADD,
    /** As ADD, and required columns that a record may leave empty become nullable. */
    RELAX
}
