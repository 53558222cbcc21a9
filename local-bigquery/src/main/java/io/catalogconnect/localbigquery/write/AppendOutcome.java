package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.StoredTable;
import java.util.OptionalLong;

/** The outcome of an append request. */
sealed interface AppendOutcome {
    /**
     * All rows are durable.
     *
     * @param offset the offset of the first row; empty for the default stream
     * @param table the table as of the write
     */
    record Written(OptionalLong offset, StoredTable table) implements AppendOutcome {}

    /** No row was written. */
    record Refused(WriteException why) implements AppendOutcome {}
}
