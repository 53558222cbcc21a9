package io.catalogconnect.bigquery.table;

/** Permitted changes of a table whose columns differ from a record's schema. */
public enum SchemaEvolution {
    /** None: a record that does not fit stops the task. */
    NONE,
    /** New columns are added, nullable. */
    ADD,
    /** As ADD; in addition required columns that are optional in the record's schema become nullable. */
    RELAX,
    /** As RELAX; in addition columns outside of STRUCTs are changed to wider types. */
    WIDEN
}
