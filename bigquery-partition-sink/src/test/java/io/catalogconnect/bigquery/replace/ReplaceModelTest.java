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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
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
    private static final int MANY_VERSIONS = 600;
    private static final int FEWER_VERSIONS = 60;
    private static final int VERSIONS_OF_A_CRASH = 12;
    private static final int PATIENCE = 2_000_000;
    private static final int IMPATIENCE = 60_000;
    /** Runs in which the model must detect a variant. */
    private static final int RUNS = 100;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4})
    void onlyCompleteVersionsAreShownAndFinallyTheNewest(long seed) {
        assertThat(assertThatOnlyCompleteVersionsAreShown(seed).partlyReplaced())
                .isPositive();
    }

    @Test
    @Tag("soak")
    void onlyCompleteVersionsAreShownInAHundredRuns() {
        int partlyReplaced = 0;
        for (long seed = 1; seed <= 100; seed++) {
            partlyReplaced += assertThatOnlyCompleteVersionsAreShown(seed).partlyReplaced();
        }
        assertThat(partlyReplaced).isPositive();
    }

    private static Outcome assertThatOnlyCompleteVersionsAreShown(long seed) {
        Outcome outcome = new ReplaceModel(seed, VERSIONS, UnaryOperator.identity()).run(PATIENCE);

        assertThat(outcome.ends()).isGreaterThan(VERSIONS);
        assertThat(outcome.owners()).isGreaterThan(20);
        assertThat(outcome.failedJobs()).isPositive();
        assertThatOnlyCompleteVersionsAreShown(outcome);
        return outcome;
    }

    private static void assertThatOnlyCompleteVersionsAreShown(Outcome outcome) {
        assertThat(outcome.halves()).as("parts of versions in %s", outcome).isZero();
        assertThat(outcome.steppedBack()).as("older versions in %s", outcome).isZero();
        assertThat(outcome.notNewest())
                .as("partitions without the newest in %s", outcome)
                .isZero();
    }

    /** Rows after an end marker are always in flight, and queries never see the newest ones. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void versionsArePublishedWhileRowsArrive(long seed) {
        Outcome outcome = new ReplaceModel(seed, MANY_VERSIONS, UnaryOperator.identity()).runUnderLoad();

        assertThat(outcome.complete()).as("complete versions in %s", outcome).isGreaterThan(100);
        assertThat(outcome.changes()).as("publications in %s", outcome).isPositive();
        assertThat(outcome.halves()).as("parts of versions in %s", outcome).isZero();
        assertThat(outcome.steppedBack()).as("older versions in %s", outcome).isZero();
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
        assertThat(isFound(
                        ports -> new Ports(
                                new Hasty(version -> true, version -> CompletableFuture.completedFuture(true)),
                                ports.statements(),
                                ports.jobs()),
                        Outcome::halves))
                .isTrue();
    }

    @Test
    void modelFindsIncompleteVersionsIfAcknowledgementsAreNotAwaited() {
        assertThat(isFound(
                        ports -> new Ports(
                                new Hasty(version -> true, ports.rowsBefore()::visible),
                                ports.statements(),
                                ports.jobs()),
                        Outcome::halves))
                .isTrue();
    }

    @Test
    void modelFindsIncompleteVersionsIfTheirRowsNeedNotBeVisible() {
        assertThat(isFound(
                        ports -> new Ports(
                                new Hasty(
                                        ports.rowsBefore()::settled,
                                        version -> CompletableFuture.completedFuture(true)),
                                ports.statements(),
                                ports.jobs()),
                        Outcome::halves))
                .isTrue();
    }

    @Test
    void modelFindsRowsOfEarlierVersionsIfTheVersionsOfABatchAreStoredInAnyOrder() {
        assertThat(isFound(
                        ports -> new Ports(ports.rowsBefore(), new Unordered(ports.statements()), ports.jobs()),
                        Outcome::halves))
                .isTrue();
    }

    @Test
    void modelMissesTheNewestVersionIfJobIdsDoNotDependOnVersions() {
        assertThat(isFound(
                        ports -> new Ports(ports.rowsBefore(), ports.statements(), new OneIdAUnit(ports.jobs())),
                        Outcome::notNewest))
                .isTrue();
    }

    @Test
    void modelFindsOlderVersionsIfThePreviousJobIsNotAwaited() {
        assertThat(isFound(
                        ports -> new Ports(ports.rowsBefore(), ports.statements(), new Unwaited(ports.jobs())),
                        Outcome::steppedBack))
                .isTrue();
    }

    @Test
    void modelFindsOlderVersionsIfAnyTaskReplacesTheRecord() {
        assertThat(isSteppingBackFound((statements, changes) -> statements
                        .look(changes.keySet())
                        .thenCompose(states -> statements.replace(unguarded(changes, states)))))
                .isTrue();
    }

    @Test
    void modelFindsOlderVersionsIfAStatementThatReplacedARecordCountsForAll() {
        assertThat(isSteppingBackFound((statements, changes) -> statements
                        .replace(changes)
                        .thenApply(replaced -> all(changes.keySet(), replaced.containsValue(true)))))
                .isTrue();
    }

    @Test
    void modelFindsOlderVersionsIfJobsStartBeforeTheirRecordsAreStored() {
        assertThat(isSteppingBackFound((statements, changes) -> {
                    var unused = statements.replace(changes);
                    return CompletableFuture.completedFuture(all(changes.keySet(), true));
                }))
                .isTrue();
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

    private static boolean isSteppingBackFound(
            BiFunction<VersionStatements, Map<UnitKey, Change>, CompletableFuture<Map<UnitKey, Boolean>>> replace) {
        return isFound(
                ports -> new Ports(ports.rowsBefore(), new OtherReplace(ports.statements(), replace), ports.jobs()),
                Outcome::steppedBack);
    }

    /** Whether a run of a broken variant has faults. Some need a rare order of events. */
    private static boolean isFound(UnaryOperator<Ports> variant, ToIntFunction<Outcome> faults) {
        return IntStream.rangeClosed(1, RUNS)
                .mapToObj(seed -> new ReplaceModel(seed, FEWER_VERSIONS, variant).run(IMPATIENCE))
                .anyMatch(outcome -> faults.applyAsInt(outcome) > 0);
    }

    private record Hasty(
            Predicate<ObjectVersion> isSettled, Function<ObjectVersion, CompletableFuture<Boolean>> isVisible)
            implements RowsBefore {
        @Override
        public boolean settled(ObjectVersion version) {
            return isSettled.test(version);
        }

        @Override
        public CompletableFuture<Boolean> visible(ObjectVersion version) {
            return isVisible.apply(version);
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
