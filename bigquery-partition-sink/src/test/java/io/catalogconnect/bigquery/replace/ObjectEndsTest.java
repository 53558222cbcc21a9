package io.catalogconnect.bigquery.replace;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.commit.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ObjectEndsTest {

    private static final LocalDate FIRST_DAY = LocalDate.parse("2026-01-01");
    private static final int UNITS = 3 * ObjectEnds.MAX_CALLS;

    /** State queries without an answer. */
    private final Map<UnitKey, CompletableFuture<UnitState>> looks = new LinkedHashMap<>();

    private final ObjectEnds ends = new ObjectEnds(
            new Settled(),
            new ReplaceContext(
                    "catalog-sink",
                    new Waiting(),
                    new NoJobs(),
                    new ReplaceSettings(Duration.ZERO, 1_500, Duration.ofSeconds(10), Duration.ofDays(1), Set.of()),
                    new Deaf(),
                    new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new Random(1)),
                    new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new Random(1)),
                    () -> {}));

    @Test
    void unitsWithACallInFlightAreLimitedAndEveryUnitIsServed() {
        for (int day = 0; day < UNITS; day++) {
            ends.add(version(FIRST_DAY.plusDays(day), day));
        }
        int turns = 0;
        while (ends.waiting() > 0) {
            ends.advance(1);
            assertThat(looks).hasSizeLessThanOrEqualTo(ObjectEnds.MAX_CALLS).isNotEmpty();
            new ArrayList<>(looks.entrySet()).forEach(look -> {
                looks.remove(look.getKey());
                look.getValue().complete(new UnitState(Publication.NONE, 0, 0, new TreeSet<>()));
            });
            ends.advance(1);
            turns++;
        }
        assertThat(turns).isGreaterThanOrEqualTo(UNITS / ObjectEnds.MAX_CALLS).isLessThanOrEqualTo(UNITS);
    }

    private static ObjectVersion version(LocalDate date, long offset) {
        return new ObjectVersion(
                UnitKey.ofDay("products", date),
                date,
                new ObjectName("catalog", date + ".csv"),
                "etag",
                Instant.EPOCH,
                "products.raw",
                0,
                offset,
                1,
                0);
    }

    private static final class Settled implements RowsBefore {
        @Override
        public boolean settled(ObjectVersion version) {
            return true;
        }

        @Override
        public CompletableFuture<Boolean> visible(ObjectVersion version) {
            return CompletableFuture.completedFuture(true);
        }
    }

    /** Leaves state queries unanswered until the test completes them. */
    private final class Waiting implements VersionLedger {
        @Override
        public CompletableFuture<List<Long>> complete(List<ExpectedVersion> expected) {
            return CompletableFuture.completedFuture(
                    expected.stream().map(ExpectedVersion::minimumRows).toList());
        }

        @Override
        public CompletableFuture<UnitState> look(UnitKey unit) {
            CompletableFuture<UnitState> answer = new CompletableFuture<>();
            assertThat(looks.put(unit, answer)).as("two looks at " + unit).isNull();
            return answer;
        }

        @Override
        public CompletableFuture<Optional<String>> missingRows(UnitKey unit, Collection<String> versions) {
            throw new AssertionError("there is nothing to show");
        }

        @Override
        public CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next) {
            throw new AssertionError("there is nothing to show");
        }
    }

    /** Fails on any job: a newer version exists, so no job is needed. */
    private static final class NoJobs implements PublishJobs {
        @Override
        public CompletableFuture<Boolean> prepare(UnitKey unit) {
            throw new AssertionError("there is no job");
        }

        @Override
        public CompletableFuture<JobState> look(String jobId) {
            throw new AssertionError("there is no job");
        }

        @Override
        public CompletableFuture<Void> submit(UnitKey unit, Publication publication) {
            throw new AssertionError("there is no job");
        }
    }

    private static final class Deaf implements ReplaceEvents {
        @Override
        public void published(UnitKey unit, int versions) {}

        @Override
        public void jobsLeft(String table, long jobs) {}
    }
}
