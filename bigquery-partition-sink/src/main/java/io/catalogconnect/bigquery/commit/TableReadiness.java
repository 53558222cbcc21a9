package io.catalogconnect.bigquery.commit;

import io.catalogconnect.bigquery.table.TableMismatchException;
import java.util.Optional;

/** Whether tables accept rows. Called by one thread; no method blocks. */
@FunctionalInterface
public interface TableReadiness {

    /**
     * Whether a format's table accepts its rows now.
     *
     * @throws RuntimeException if the table will never accept any row; the message says what to do
     */
    boolean accepts(RowFormat format);

    /** Why a table that does not accept the rows of a format will not accept them later; empty if it may. */
    default Optional<TableMismatchException> refusal(RowFormat format) {
        return Optional.empty();
    }

    /** Checks a table again before its next append, because appends keep failing: it may have been dropped or changed. */
    default void recheck(String table) {}
}
