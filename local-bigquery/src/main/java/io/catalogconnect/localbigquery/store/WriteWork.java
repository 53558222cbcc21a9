package io.catalogconnect.localbigquery.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Work in one write transaction. An exception rolls the transaction back. */
@FunctionalInterface
public interface WriteWork<T extends @Nullable Object> {
    T run(WriteSession session) throws SQLException;
}
