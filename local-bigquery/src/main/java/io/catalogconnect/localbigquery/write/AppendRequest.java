package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.StoredTable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** One request to append, waiting for its turn. */
interface AppendRequest {
    StreamName stream();

    /** The offset that the client expects to be the stream's end, if it gave one. */
    OptionalLong offset();

    /** The rows for the table as it is now, or what is wrong with them. */
    DecodedRows rows(StoredTable table);

    /** By a fault: the answer, whatever the request. */
    Optional<WriteException> fault();

    /** By a fault: the rows are visible only so long after they are acknowledged. */
    Optional<Duration> visibleAfter();

    /** How many bytes the request takes in memory, about. */
    int size();

    /** Tells what came of it. Called once, when that is durable. */
    void complete(AppendOutcome outcome);
}
