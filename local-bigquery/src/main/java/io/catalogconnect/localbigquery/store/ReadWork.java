package io.catalogconnect.localbigquery.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is done with one snapshot. */
@FunctionalInterface
public interface ReadWork<T extends @Nullable Object> {
    T run(ReadSession session) throws SQLException;
}
