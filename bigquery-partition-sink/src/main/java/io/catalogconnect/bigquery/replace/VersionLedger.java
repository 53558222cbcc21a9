package io.catalogconnect.bigquery.replace;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Complete versions and publication records, stored durably and shared by all tasks. Calls do not block; futures fail with {@link io.catalogconnect.bigquery.commit.ServiceUnavailableException} or {@link
 * io.catalogconnect.bigquery.commit.ServiceRefusedException}.
 */
public interface VersionLedger {

    /**
     * Records in one step that versions are complete, up to the first one that lacks rows: queries of the history see all
     * their rows before their end markers. Repeating it has no effect.
     *
     * @param versions consecutive versions of one topic partition and one table, in the order of their offsets; all earlier
     *     ones must be recorded
     * @return the number of rows of each version in the history, each counted once, or its minimum if it was recorded before
     */
    CompletableFuture<List<Long>> complete(List<ExpectedVersion> versions);

    /** Reads a unit's publication record, then its newest versions, whichever task wrote them. */
    CompletableFuture<UnitState> look(UnitKey unit);

    /** Describes rows of these versions that the history lost; empty if it has all of them. */
    CompletableFuture<Optional<String>> missingRows(UnitKey unit, Collection<String> versions);

    /**
     * Replaces a unit's record if it is {@code expected}. Returns true only if it is {@code next} now; another task may have
     * made the same change. After a failed future it may have been replaced or not.
     */
    CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next);
}
