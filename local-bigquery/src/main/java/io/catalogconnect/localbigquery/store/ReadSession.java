package io.catalogconnect.localbigquery.store;

import java.sql.Connection;

/** One DuckDB transaction and the metadata that belong to its snapshot. Belongs to one thread; ends with the work it was made for. */
public interface ReadSession {
    /** In a transaction that the {@link Warehouse} ends: the work neither commits, nor rolls back, nor closes it. */
    Connection connection();

    /** Datasets and tables as of this transaction; a writer sees its own changes. */
    Catalog catalog();

    /**
     * How many transactions up to this snapshot may have done more to rows than add some at a table's end. While it stays the same, all
     * that a table has gained has a higher {@code rowid}.
     */
    long rewrites();
}
