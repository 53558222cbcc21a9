package io.catalogconnect.bigquery.replace;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.replace.ReplaceModel.Outcome;
import io.catalogconnect.bigquery.replace.ReplaceModel.Ports;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs replace mode with all faults at once. Variants, each broken in one point, prove that the model detects faults.
 */
final class ReplaceModelTest {

    private static final int VERSIONS = 150;
    private static final int FEWER_VERSIONS = 60;
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
        assertThat(outcome.halves()).as("parts of versions in %s", outcome).isZero();
        assertThat(outcome.steppedBack()).as("older versions in %s", outcome).isZero();
        assertThat(outcome.notNewest())
                .as("partitions without the newest in %s", outcome)
                .isZero();
    }

    @Test
    void modelFindsIncompleteVersionsIfRowsAreNotAwaited() {
        assertThat(broken(ports -> new Ports(new Hasty(), ports.ledger(), ports.jobs()))
                        .halves())
                .isPositive();
    }

    @Test
    void modelMissesTheNewestVersionIfJobIdsDoNotDependOnVersions() {
        assertThat(broken(ports -> new Ports(ports.rowsBefore(), ports.ledger(), new OneIdAUnit(ports.jobs())))
                        .notNewest())
                .isPositive();
    }

    @Test
    void modelFindsOlderVersionsIfThePreviousJobIsNotAwaited() {
        Outcome outcome = broken(ports -> new Ports(ports.rowsBefore(), ports.ledger(), new Unwaited(ports.jobs())));

        assertThat(outcome.steppedBack()).isPositive();
    }

    @Test
    void modelFindsOlderVersionsIfAnyTaskReplacesTheRecord() {
        Outcome outcome = broken(ports -> new Ports(ports.rowsBefore(), new Unguarded(ports.ledger()), ports.jobs()));

        assertThat(outcome.steppedBack()).isPositive();
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
                        a.notNewest() + b.notNewest()))
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

    /** Replaces the record without comparing it. */
    private record Unguarded(VersionLedger ledger) implements VersionLedger {

        @Override
        public CompletableFuture<Long> complete(ObjectVersion version, long minimumRows) {
            return ledger.complete(version, minimumRows);
        }

        @Override
        public CompletableFuture<UnitState> look(UnitKey unit) {
            return ledger.look(unit);
        }

        @Override
        public CompletableFuture<Optional<String>> missingRows(UnitKey unit, Collection<String> versions) {
            return ledger.missingRows(unit, versions);
        }

        @Override
        public CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next) {
            return look(unit).thenCompose(state -> ledger.replace(unit, state.publication(), next));
        }
    }
}
