package io.catalogconnect.bigquery.replace;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Complete versions and publication records, stored durably and shared by all tasks. Calls do not block; futures fail with {@link io.catalogconnect.bigquery.commit.ServiceUnavailableException} or {@link
 * io.catalogconnect.bigquery.commit.ServiceRefusedException}.
 */
public interface VersionLedger {

    /**
     * Records that a version is complete: queries of the history see all its rows before its end marker. Repeating it has no
     * effect. The versions of one topic partition must be recorded in their order.
     *
     * @param minimumRows the version is recorded only if the history has at least this many of its rows
     * @return the number of its rows in the history, each counted once; {@code minimumRows} or more if it is recorded
     */
    CompletableFuture<Long> complete(ObjectVersion version, long minimumRows);

    /** Reads a unit's publication record, then its newest versions, whichever task wrote them. */
    CompletableFuture<UnitState> look(UnitKey unit);

    /** Describes rows of these versions that the history lost; empty if it has all of them. */
    CompletableFuture<Optional<String>> missingRows(UnitKey unit, Collection<String> versions);

    /**
     * Replaces a unit's record if it is {@code expected}, and returns whether it did. After a failed future it may have been
     * replaced or not.
     */
    CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next);
}
