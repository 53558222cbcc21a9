package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.StoredTable;
import java.util.OptionalLong;

/** What came of a request to append. */
sealed interface AppendOutcome {
    /**
     * All rows are durable.
     *
     * @param offset of the first row; empty for the default stream
     * @param table as it was when they were written
     */
    record Written(OptionalLong offset, StoredTable table) implements AppendOutcome {}

    /** No row is written. */
    record Refused(WriteException why) implements AppendOutcome {}
}
