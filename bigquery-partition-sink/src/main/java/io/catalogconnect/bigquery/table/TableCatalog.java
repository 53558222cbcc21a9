package io.catalogconnect.bigquery.table;

import java.util.List;
import java.util.Optional;

/**
 * The dataset's tables. Calls wait for the service and fail with unchecked exceptions of the caller's kind of errors
 * (unavailable or refused). Thread-safe.
 */
public interface TableCatalog {

    /** The table's columns, empty if there is no such table. */
    Optional<List<Column>> columns(String table);

    /** Makes a table; false if somebody else did meanwhile. */
    boolean create(String table, TableShape shape);

    /** Gives the table these columns: all it has, changed or followed by new ones. */
    void update(String table, List<Column> columns);
}
