package io.catalogconnect.bigquery.replace;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is known of versions and jobs, durably and by every task: the facts, and the record of each unit. Calls do not
 * block; futures fail with {@link io.catalogconnect.bigquery.commit.ServiceUnavailableException} or {@link
 * io.catalogconnect.bigquery.commit.ServiceRefusedException}.
 */
public interface VersionLedger {

    /**
     * Writes down that a version is complete: all its rows below its end can be seen in the history. Done again it changes
     * nothing. The ends of one topic partition must be written down in their order.
     */
    CompletableFuture<Void> complete(ObjectVersion version);

    /** Reads a unit's record, then its newest versions; both as of now, whoever wrote them. */
    CompletableFuture<UnitState> look(UnitKey unit);

    /** Says which rows of these versions are not in the history any more; empty if they are all there. */
    CompletableFuture<Optional<String>> missingRows(UnitKey unit, Collection<String> versions);

    /**
     * Replaces a unit's record if it still is {@code expected}, and tells whether it did. A failed future leaves both
     * possible.
     */
    CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next);
}
