package io.catalogconnect.localbigquery.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Work that reads one snapshot. */
@FunctionalInterface
public interface ReadWork<T extends @Nullable Object> {
    T run(ReadSession session) throws SQLException;
}
