package io.catalogconnect.bigquery.replace;

import io.catalogconnect.bigquery.commit.Batch;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Ledger that makes one call for all versions or units that it is asked about at the same time. Thread-safe. */
public final class BatchedLedger implements VersionLedger {

    private final VersionStatements statements;
    private final Batch<TopicPlace, List<ExpectedVersion>, List<Long>> completions;
    private final Batch<UnitKey, UnitKey, UnitState> looks;
    private final Batch<UnitKey, Set<String>, Optional<String>> countings;
    private final Batch<UnitKey, VersionStatements.Change, Boolean> changes;

    public BatchedLedger(VersionStatements statements, Batch.Timing timing) {
        this.statements = statements;
        this.completions = new Batch<>(timing, this::complete);
        this.looks = new Batch<>(timing, units -> statements.look(units.keySet()));
        this.countings = new Batch<>(timing, statements::missingRows);
        this.changes = new Batch<>(timing, statements::replace);
    }

    @Override
    public CompletableFuture<List<Long>> complete(List<ExpectedVersion> versions) {
        return completions.add(TopicPlace.of(versions.get(0).version()), versions);
    }

    private CompletableFuture<Map<TopicPlace, List<Long>>> complete(Map<TopicPlace, List<ExpectedVersion>> versions) {
        return statements
                .complete(versions.values().stream().flatMap(List::stream).toList())
                .thenApply(rows -> {
                    Map<TopicPlace, List<Long>> answers = new HashMap<>();
                    versions.forEach((place, each) -> answers.put(
                            place,
                            each.stream()
                                    .map(expected -> Objects.requireNonNull(rows.get(expected.version())))
                                    .toList()));
                    return answers;
                });
    }

    @Override
    public CompletableFuture<UnitState> look(UnitKey unit) {
        return looks.add(unit, unit);
    }

    @Override
    public CompletableFuture<Optional<String>> missingRows(UnitKey unit, Collection<String> versions) {
        return countings.add(unit, Set.copyOf(versions));
    }

    @Override
    public CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next) {
        return changes.add(unit, new VersionStatements.Change(expected, next));
    }
}
