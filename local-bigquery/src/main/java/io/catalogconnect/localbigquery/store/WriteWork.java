package io.catalogconnect.localbigquery.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is done in one write transaction; an exception rolls all of it back. */
@FunctionalInterface
public interface WriteWork<T extends @Nullable Object> {
    T run(WriteSession session) throws SQLException;
}
