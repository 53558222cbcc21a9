package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.StoredTable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** An append request in the queue. */
interface AppendRequest {
    StreamName stream();

    /** The offset that the request sets, which must be the end of the stream; empty if it sets none. */
    OptionalLong offset();

    /** The rows, decoded for the current schema of the table, or their errors. */
    DecodedRows rows(StoredTable table);

    /** The error that a fault rule sets as the answer of this request. */
    Optional<WriteException> fault();

    /** The delay that a fault rule sets between acknowledgement and visibility of the rows. */
    Optional<Duration> visibleAfter();

    /** Approximate size of the request in memory, in bytes. */
    int size();

    /** Reports the outcome. Called once, when the outcome is durable. */
    void complete(AppendOutcome outcome);
}
