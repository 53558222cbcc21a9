package io.catalogconnect.localbigquery.store;

import java.sql.Connection;

/** One DuckDB transaction and the metadata that belong to its snapshot. Belongs to one thread; ends with the work it was made for. */
public interface ReadSession {
    /** In a transaction that the {@link Warehouse} ends: the work neither commits, nor rolls back, nor closes it. */
    Connection connection();

    /** Datasets and tables as of this transaction; a writer sees its own changes. */
    Catalog catalog();
}
