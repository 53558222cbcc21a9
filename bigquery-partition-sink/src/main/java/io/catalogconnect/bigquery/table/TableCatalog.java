package io.catalogconnect.bigquery.table;

import java.util.List;
import java.util.Optional;

/**
 * The dataset's tables. Calls block, and fail with the unchecked exceptions of the adapter (unavailable or refused).
 * Thread-safe.
 */
public interface TableCatalog {

    /** The table's columns, or empty if the table does not exist. */
    Optional<List<Column>> columns(String table);

    /** The columns of the table's primary key; empty without one, or if the table does not exist. */
    List<String> primaryKey(String table);

    /** Creates a table; false if it exists already. */
    boolean create(String table, TableShape shape);

    /** Changes the type of a column to a wider one. */
    void changeType(String table, String column, ColumnType type);

    /** Changes the table's columns: all present ones, changed or not, followed by new ones. */
    void update(String table, List<Column> columns);
}
