package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.StoredTable;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** One request to append, waiting for its turn. */
interface AppendRequest {
    StreamName stream();

    /** The offset that the client expects to be the stream's end, if it gave one. */
    OptionalLong offset();

    /** The partition named by a decorator, {@code t$20240131}: its start. */
    Optional<Instant> partition();

    /** The rows for the table as it is now, or what is wrong with them. */
    DecodedRows rows(StoredTable table);

    /** How many bytes the request takes in memory, about. */
    int size();

    /** Tells what came of it. Called once, when that is durable. */
    void complete(AppendOutcome outcome);
}
