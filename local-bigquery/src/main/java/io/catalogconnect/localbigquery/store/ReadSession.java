package io.catalogconnect.localbigquery.store;

import java.sql.Connection;

/** One DuckDB transaction and the metadata of its snapshot. Used by one thread and valid only during the work that it was created for. */
public interface ReadSession {
    /** The connection. The {@link Warehouse} ends its transaction: the work must not commit, roll back or close it. */
    Connection connection();

    /** Datasets and tables as of this transaction. A writer sees its own changes. */
    Catalog catalog();

    /**
     * Number of the last transaction before this snapshot that may have changed or removed rows of a table. While it does not change, every
     * new row of the table has a higher {@code rowid} than the rows before it.
     */
    long rewrites(StoredTable table);
}
