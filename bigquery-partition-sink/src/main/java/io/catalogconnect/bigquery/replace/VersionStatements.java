package io.catalogconnect.bigquery.replace;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Complete versions and publication records, with few statements for any number of versions or units. Calls do not block;
 * futures fail as those of {@link VersionLedger}. After a failed future, any part of a call may have been done.
 */
public interface VersionStatements {

    /**
     * The change of a unit's publication record.
     *
     * @param expected the record that is replaced
     * @param next the record that replaces it
     */
    record Change(Publication expected, Publication next) {}

    /**
     * Records in one step the versions that are complete; of each topic partition those before the first one that lacks
     * rows.
     *
     * @param versions those of a topic partition are consecutive and in the order of their offsets
     * @return the number of rows of each version, as {@link VersionLedger#complete} returns it
     */
    CompletableFuture<Map<ObjectVersion, Long>> complete(Collection<ExpectedVersion> versions);

    /** Reads the publication records of all units, and then the newest versions of all units. */
    CompletableFuture<Map<UnitKey, UnitState>> look(Collection<UnitKey> units);

    /** Describes rows of these versions that the history lost, for each unit; empty if it has all of them. */
    CompletableFuture<Map<UnitKey, Optional<String>>> missingRows(Map<UnitKey, Set<String>> versions);

    /**
     * Replaces the record of each unit whose record is the expected one, whatever happens to the others. Returns for each
     * unit what {@link VersionLedger#replace} returns.
     */
    CompletableFuture<Map<UnitKey, Boolean>> replace(Map<UnitKey, Change> changes);
}
