package io.catalogconnect.bigquery.replace;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.commit.Backoff;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import io.catalogconnect.bigquery.simulation.SimulatedVersions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Tests rule C: the versions of a unit are read after its publication record. A second task publishes a newer version between
 * the two readings of a first task.
 */
final class ReadingOrderTest implements SimulatedVersions.Tables {

    private static final LocalDate DAY = LocalDate.parse("2026-11-02");
    private static final UnitKey UNIT = UnitKey.ofDay("products", DAY);
    private static final ObjectVersion OLDER = version(1);
    private static final ObjectVersion NEWER = version(2);

    private final SimulatedVersions versions =
            new SimulatedVersions(SimulatedBigQuery.answeringAtOnce(), new Random(1), this);
    /** The versions that the unit showed, in their order. */
    private final List<Set<ObjectVersion>> shown = new ArrayList<>();

    private final CompletableFuture<Void> newerIsPublished = new CompletableFuture<>();
    private long now = 1;

    @Test
    void newerVersionStaysShownIfTheRecordIsReadFirst() {
        publishNewerBetweenTheReadings((first, second) ->
                new UnitState(first.publication(), first.ageMillis(), first.jobsToday(), second.newest()));

        assertThat(shown).containsExactly(Set.of(NEWER));
    }

    /** Proves that the test above detects the wrong order. */
    @Test
    void olderVersionReplacesTheNewerIfTheVersionsAreReadFirst() {
        publishNewerBetweenTheReadings((first, second) ->
                new UnitState(second.publication(), second.ageMillis(), second.jobsToday(), first.newest()));

        assertThat(shown).containsExactly(Set.of(NEWER), Set.of(OLDER));
    }

    /** @param state the state that the first task sees, from its two readings */
    private void publishNewerBetweenTheReadings(BinaryOperator<UnitState> state) {
        ObjectEnds first = task(new Interrupted(versions, newerIsPublished, state));
        ObjectEnds second = task(versions);
        first.add(OLDER);
        run(first);
        assertThat(versions.complete()).containsExactly(OLDER);
        second.add(NEWER);
        run(second);
        assertThat(second.waiting()).isZero();
        assertThat(shown).containsExactly(Set.of(NEWER));

        newerIsPublished.complete(null);
        run(first);
        assertThat(first.waiting()).isZero();
    }

    private ObjectEnds task(VersionLedger ledger) {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new Random(1));
        return new ObjectEnds(
                new AllRowsVisible(),
                new ReplaceContext(
                        "sink",
                        ledger,
                        versions,
                        new ReplaceSettings(Duration.ZERO, 1_500, Duration.ofSeconds(10), Duration.ofDays(1), Set.of()),
                        new NoEvents(),
                        backoff,
                        backoff,
                        () -> {}));
    }

    private void run(ObjectEnds task) {
        for (int i = 0; i < 50; i++) {
            now += 5;
            task.advance(now);
        }
    }

    @Override
    public boolean hasHistory(UnitKey unit) {
        return true;
    }

    @Override
    public Set<Long> rows(ObjectVersion version, long after) {
        return Set.of();
    }

    @Override
    public void show(UnitKey unit, Map<ObjectVersion, Set<Long>> rows) {
        shown.add(Set.copyOf(rows.keySet()));
    }

    private static ObjectVersion version(int number) {
        return new ObjectVersion(
                UNIT,
                DAY,
                new ObjectName("catalog", "a.csv"),
                "etag" + number,
                Instant.ofEpochSecond(number),
                "products.raw",
                0,
                number,
                0,
                0);
    }

    private record AllRowsVisible() implements RowsBefore {
        @Override
        public boolean settled(ObjectVersion version) {
            return true;
        }

        @Override
        public CompletableFuture<Boolean> visible(ObjectVersion version) {
            return CompletableFuture.completedFuture(true);
        }
    }

    private record NoEvents() implements ReplaceEvents {
        @Override
        public void published(UnitKey unit, int count) {}

        @Override
        public void jobsLeft(String table, long jobs) {}
    }

    /** Reads the state of a unit twice, the second time when the future is complete. */
    private record Interrupted(
            VersionLedger ledger, CompletableFuture<Void> between, BinaryOperator<UnitState> combined)
            implements VersionLedger {

        @Override
        public CompletableFuture<UnitState> look(UnitKey unit) {
            return ledger.look(unit)
                    .thenCombine(between, (first, unused) -> first)
                    .thenCompose(first -> ledger.look(unit).thenApply(second -> combined.apply(first, second)));
        }

        @Override
        public CompletableFuture<List<Long>> complete(List<ExpectedVersion> expected) {
            return ledger.complete(expected);
        }

        @Override
        public CompletableFuture<Optional<String>> missingRows(UnitKey unit, Collection<String> ids) {
            return ledger.missingRows(unit, ids);
        }

        @Override
        public CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next) {
            return ledger.replace(unit, expected, next);
        }
    }
}
