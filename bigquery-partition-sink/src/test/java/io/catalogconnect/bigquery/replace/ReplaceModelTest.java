package io.catalogconnect.bigquery.replace;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.replace.ReplaceModel.Outcome;
import io.catalogconnect.bigquery.replace.ReplaceModel.Ports;
import io.catalogconnect.bigquery.replace.VersionStatements.Change;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs replace mode with all faults at once. Variants, each broken in one point, prove that the model detects faults.
 */
final class ReplaceModelTest {

    private static final int VERSIONS = 150;
    private static final int FEWER_VERSIONS = 60;
    private static final int VERSIONS_OF_A_CRASH = 12;
    private static final int PATIENCE = 2_000_000;
    private static final int IMPATIENCE = 60_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void onlyCompleteVersionsAreShownAndFinallyTheNewest(long seed) {
        assertThatOnlyCompleteVersionsAreShown(seed);
    }

    @Test
    @Tag("soak")
    void onlyCompleteVersionsAreShownInAHundredRuns() {
        for (long seed = 1; seed <= 100; seed++) {
            assertThatOnlyCompleteVersionsAreShown(seed);
        }
    }

    private static void assertThatOnlyCompleteVersionsAreShown(long seed) {
        Outcome outcome = new ReplaceModel(seed, VERSIONS, UnaryOperator.identity()).run(PATIENCE);

        assertThat(outcome.ends()).isGreaterThan(VERSIONS);
        assertThat(outcome.owners()).isGreaterThan(20);
        assertThat(outcome.failedJobs()).isPositive();
        assertThat(outcome.partlyReplaced()).isPositive();
        assertThatOnlyCompleteVersionsAreShown(outcome);
    }

    private static void assertThatOnlyCompleteVersionsAreShown(Outcome outcome) {
        assertThat(outcome.halves()).as("parts of versions in %s", outcome).isZero();
        assertThat(outcome.steppedBack()).as("older versions in %s", outcome).isZero();
        assertThat(outcome.notNewest())
                .as("partitions without the newest in %s", outcome)
                .isZero();
    }

    /** A statement does several steps for several versions or units. A crash leaves any number of steps undone. */
    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "2, false", "2, true"})
    void onlyCompleteVersionsAreShownIfTheOwnerCrashesBetweenAnyTwoSteps(long seed, boolean afterEffect) {
        List<Outcome> outcomes = crashAtEachCall(seed, afterEffect, UnaryOperator.identity());

        assertThat(outcomes)
                .hasSizeGreaterThan(100)
                .allSatisfy(ReplaceModelTest::assertThatOnlyCompleteVersionsAreShown);
    }

    @Test
    void newestVersionIsLostInACrashIfVersionsCountAsCompleteBeforeTheyAreStored() {
        List<Outcome> outcomes = crashAtEachCall(
                1, false, ports -> new Ports(ports.rowsBefore(), new Early(ports.statements()), ports.jobs()));

        assertThat(outcomes).anyMatch(outcome -> outcome.notNewest() > 0);
    }

    private static List<Outcome> crashAtEachCall(long seed, boolean afterEffect, UnaryOperator<Ports> variant) {
        return IntStream.iterate(1, call -> call + 1)
                .mapToObj(call -> new ReplaceModel(seed, VERSIONS_OF_A_CRASH, variant)
                        .runWithCrash(call, afterEffect, IMPATIENCE))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .toList();
    }

    @Test
    void modelFindsIncompleteVersionsIfRowsAreNotAwaited() {
        assertThat(broken(ports -> new Ports(new Hasty(), ports.statements(), ports.jobs()))
                        .halves())
                .isPositive();
    }

    @Test
    void modelFindsRowsOfEarlierVersionsIfTheVersionsOfABatchAreStoredInAnyOrder() {
        assertThat(broken(ports -> new Ports(ports.rowsBefore(), new Unordered(ports.statements()), ports.jobs()))
                        .halves())
                .isPositive();
    }

    @Test
    void modelMissesTheNewestVersionIfJobIdsDoNotDependOnVersions() {
        assertThat(broken(ports -> new Ports(ports.rowsBefore(), ports.statements(), new OneIdAUnit(ports.jobs())))
                        .notNewest())
                .isPositive();
    }

    @Test
    void modelFindsOlderVersionsIfThePreviousJobIsNotAwaited() {
        Outcome outcome =
                broken(ports -> new Ports(ports.rowsBefore(), ports.statements(), new Unwaited(ports.jobs())));

        assertThat(outcome.steppedBack()).isPositive();
    }

    @Test
    void modelFindsOlderVersionsIfAnyTaskReplacesTheRecord() {
        assertThat(broken((statements, changes) -> statements
                                .look(changes.keySet())
                                .thenCompose(states -> statements.replace(unguarded(changes, states))))
                        .steppedBack())
                .isPositive();
    }

    @Test
    void modelFindsOlderVersionsIfAStatementThatReplacedARecordCountsForAll() {
        assertThat(broken((statements, changes) -> statements
                                .replace(changes)
                                .thenApply(replaced -> all(changes.keySet(), replaced.containsValue(true))))
                        .steppedBack())
                .isPositive();
    }

    @Test
    void modelFindsOlderVersionsIfJobsStartBeforeTheirRecordsAreStored() {
        assertThat(broken((statements, changes) -> {
                            var unused = statements.replace(changes);
                            return CompletableFuture.completedFuture(all(changes.keySet(), true));
                        })
                        .steppedBack())
                .isPositive();
    }

    private static Map<UnitKey, Change> unguarded(Map<UnitKey, Change> changes, Map<UnitKey, UnitState> states) {
        Map<UnitKey, Change> all = new HashMap<>();
        changes.forEach((unit, change) -> all.put(
                unit, new Change(Objects.requireNonNull(states.get(unit)).publication(), change.next())));
        return all;
    }

    private static Map<UnitKey, Boolean> all(Collection<UnitKey> units, boolean replaced) {
        Map<UnitKey, Boolean> all = new HashMap<>();
        units.forEach(unit -> all.put(unit, replaced));
        return all;
    }

    private static Outcome broken(
            BiFunction<VersionStatements, Map<UnitKey, Change>, CompletableFuture<Map<UnitKey, Boolean>>> replace) {
        return broken(
                ports -> new Ports(ports.rowsBefore(), new OtherReplace(ports.statements(), replace), ports.jobs()));
    }

    private static Outcome broken(UnaryOperator<Ports> variant) {
        return IntStream.rangeClosed(1, 6)
                .mapToObj(seed -> new ReplaceModel(seed, FEWER_VERSIONS, variant).run(IMPATIENCE))
                .reduce((a, b) -> new Outcome(
                        a.ends() + b.ends(),
                        a.owners() + b.owners(),
                        a.jobs() + b.jobs(),
                        a.failedJobs() + b.failedJobs(),
                        a.changes() + b.changes(),
                        a.halves() + b.halves(),
                        a.steppedBack() + b.steppedBack(),
                        a.notNewest() + b.notNewest(),
                        a.partlyReplaced() + b.partlyReplaced()))
                .orElseThrow();
    }

    private record Hasty() implements RowsBefore {
        @Override
        public boolean settled(ObjectVersion version) {
            return true;
        }

        @Override
        public CompletableFuture<Boolean> visible(ObjectVersion version) {
            return CompletableFuture.completedFuture(true);
        }
    }

    /** Every job of a unit has the same id, so the second job is mistaken for the first. */
    private record OneIdAUnit(PublishJobs jobs) implements PublishJobs {
        @Override
        public CompletableFuture<Boolean> prepare(UnitKey unit) {
            return jobs.prepare(unit);
        }

        @Override
        public CompletableFuture<JobState> look(String jobId) {
            return jobs.look(unitOf(jobId));
        }

        @Override
        public CompletableFuture<Void> submit(UnitKey unit, Publication publication) {
            return jobs.submit(
                    unit,
                    new Publication(
                            publication.sequence(),
                            unitOf(publication.jobId()),
                            publication.versions(),
                            publication.done()));
        }

        private static String unitOf(String jobId) {
            return jobId.substring(0, jobId.indexOf('_', jobId.indexOf("_2026") + 1));
        }
    }

    /** A job counts as done as soon as it is submitted. */
    private record Unwaited(PublishJobs jobs) implements PublishJobs {
        @Override
        public CompletableFuture<Boolean> prepare(UnitKey unit) {
            return jobs.prepare(unit);
        }

        @Override
        public CompletableFuture<JobState> look(String jobId) {
            return jobs.look(jobId)
                    .thenApply(state -> state instanceof JobState.Running ? new JobState.Succeeded() : state);
        }

        @Override
        public CompletableFuture<Void> submit(UnitKey unit, Publication publication) {
            return jobs.submit(unit, publication);
        }
    }

    /** Statements that do the same as others, except where a subclass is broken. */
    private abstract static class Variant implements VersionStatements {
        final VersionStatements statements;

        private Variant(VersionStatements statements) {
            this.statements = statements;
        }

        @Override
        public CompletableFuture<Map<ObjectVersion, Long>> complete(Collection<ExpectedVersion> versions) {
            return statements.complete(versions);
        }

        @Override
        public CompletableFuture<Map<UnitKey, UnitState>> look(Collection<UnitKey> units) {
            return statements.look(units);
        }

        @Override
        public CompletableFuture<Map<UnitKey, Optional<String>>> missingRows(Map<UnitKey, Set<String>> versions) {
            return statements.missingRows(versions);
        }

        @Override
        public CompletableFuture<Map<UnitKey, Boolean>> replace(Map<UnitKey, Change> changes) {
            return statements.replace(changes);
        }
    }

    /** Stores each version of a batch on its own, in any order. */
    private static final class Unordered extends Variant {
        private Unordered(VersionStatements statements) {
            super(statements);
        }

        @Override
        public CompletableFuture<Map<ObjectVersion, Long>> complete(Collection<ExpectedVersion> versions) {
            CompletableFuture<Map<ObjectVersion, Long>> all = CompletableFuture.completedFuture(Map.of());
            for (ExpectedVersion each : versions) {
                all = all.thenCombine(statements.complete(List.of(each)), (some, one) -> {
                    Map<ObjectVersion, Long> both = new HashMap<>(some);
                    both.putAll(one);
                    return both;
                });
            }
            return all;
        }
    }

    /** Does not wait until versions are stored. */
    private static final class Early extends Variant {
        private Early(VersionStatements statements) {
            super(statements);
        }

        @Override
        public CompletableFuture<Map<ObjectVersion, Long>> complete(Collection<ExpectedVersion> versions) {
            var unused = statements.complete(versions);
            Map<ObjectVersion, Long> rows = new HashMap<>();
            versions.forEach(each -> rows.put(each.version(), each.minimumRows()));
            return CompletableFuture.completedFuture(rows);
        }
    }

    /** Replaces records in another way. */
    private static final class OtherReplace extends Variant {
        private final BiFunction<VersionStatements, Map<UnitKey, Change>, CompletableFuture<Map<UnitKey, Boolean>>>
                replace;

        private OtherReplace(
                VersionStatements statements,
                BiFunction<VersionStatements, Map<UnitKey, Change>, CompletableFuture<Map<UnitKey, Boolean>>> replace) {
            super(statements);
            this.replace = replace;
        }

        @Override
        public CompletableFuture<Map<UnitKey, Boolean>> replace(Map<UnitKey, Change> changes) {
            return replace.apply(statements, changes);
        }
    }
}
