package io.catalogconnect.bigquery.commit;

import io.catalogconnect.bigquery.replace.JobState;
import io.catalogconnect.bigquery.replace.ObjectVersion;
import io.catalogconnect.bigquery.replace.Publication;
import io.catalogconnect.bigquery.replace.PublishJobs;
import io.catalogconnect.bigquery.replace.UnitKey;
import io.catalogconnect.bigquery.replace.UnitState;
import io.catalogconnect.bigquery.replace.VersionLedger;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Versions, publication records and jobs on a {@link SimulatedBigQuery}. A job reads the history when it starts and replaces
 * the unit when it ends; jobs may overlap.
 */
final class SimulatedVersions implements VersionLedger, PublishJobs {

    /** A complete version, and the number of its rows in the history at that time. */
    private record Fact(ObjectVersion version, int rows) {}

    private final SimulatedBigQuery service;
    private final Random random;
    private final BiFunction<ObjectVersion, Long, Set<Long>> rowsAfter;
    private final BiConsumer<UnitKey, Map<ObjectVersion, Set<Long>>> shown;
    private final Map<String, Fact> facts = new LinkedHashMap<>();
    private final Map<UnitKey, Publication> records = new HashMap<>();
    private final Map<String, JobState> jobs = new HashMap<>();
    private boolean jobsFail = true;
    private int failedJobs;

    /**
     * @param rowsAfter numbers of a version's rows above an offset that queries see now
     * @param shown called when the rows of a unit change
     */
    SimulatedVersions(
            SimulatedBigQuery service,
            Random random,
            BiFunction<ObjectVersion, Long, Set<Long>> rowsAfter,
            BiConsumer<UnitKey, Map<ObjectVersion, Set<Long>>> shown) {
        this.service = service;
        this.random = random;
        this.rowsAfter = rowsAfter;
        this.shown = shown;
    }

    void jobsFail(boolean fail) {
        jobsFail = fail;
    }

    int jobs() {
        return jobs.size();
    }

    int failedJobs() {
        return failedJobs;
    }

    @Override
    public CompletableFuture<Long> complete(ObjectVersion version, long minimumRows) {
        return service.call(() -> {
            int rows = rows(version).size();
            if (rows >= minimumRows) {
                facts.putIfAbsent(version.id(), new Fact(version, rows));
            }
            return (long) rows;
        });
    }

    @Override
    public CompletableFuture<UnitState> look(UnitKey unit) {
        return service.call(() -> records.getOrDefault(unit, Publication.NONE))
                .thenCompose(record -> service.call(() -> new UnitState(record, 1, 0, newest(unit))));
    }

    @Override
    public CompletableFuture<Optional<String>> missingRows(UnitKey unit, Collection<String> versions) {
        return service.call(() -> versions.stream()
                .map(facts::get)
                .filter(fact -> rows(fact.version()).size() < fact.rows())
                .map(fact -> fact.version() + " has rows no more")
                .findFirst());
    }

    @Override
    public CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next) {
        return service.call(() -> {
            if (!records.getOrDefault(unit, Publication.NONE).equals(expected)) {
                return false;
            }
            records.put(unit, next);
            return true;
        });
    }

    @Override
    public CompletableFuture<Boolean> prepare(UnitKey unit) {
        return service.call(() -> true);
    }

    @Override
    public CompletableFuture<JobState> look(String jobId) {
        return service.call(() -> jobs.getOrDefault(jobId, new JobState.Unknown()));
    }

    @Override
    public CompletableFuture<Void> submit(UnitKey unit, Publication publication) {
        return service.call(() -> {
                    if (jobs.putIfAbsent(publication.jobId(), new JobState.Running()) == null) {
                        service.later(0, () -> begin(unit, publication));
                    }
                    return true;
                })
                .thenAccept(done -> {});
    }

    /** Ids of the newest versions of a unit. */
    SortedSet<String> newest(UnitKey unit) {
        Map<Object, ObjectVersion> byObject = new HashMap<>();
        facts.values().stream()
                .map(Fact::version)
                .filter(version -> version.unit().equals(unit))
                .sorted(Comparator.comparing(ObjectVersion::modified).thenComparing(ObjectVersion::offset))
                .forEach(version -> byObject.put(version.object(), version));
        SortedSet<String> ids = new TreeSet<>();
        byObject.values().forEach(version -> ids.add(version.id()));
        return ids;
    }

    private void begin(UnitKey unit, Publication publication) {
        Map<ObjectVersion, Set<Long>> read = new LinkedHashMap<>();
        publication.versions().forEach(id -> {
            Fact fact = Objects.requireNonNull(facts.get(id), id);
            read.put(fact.version(), rows(fact.version()));
        });
        service.later(random.nextInt(random.nextInt(4) == 0 ? 500 : 30), () -> end(unit, publication, read));
    }

    private void end(UnitKey unit, Publication publication, Map<ObjectVersion, Set<Long>> read) {
        if (jobsFail && random.nextInt(20) == 0) {
            failedJobs++;
            jobs.put(publication.jobId(), new JobState.Failed("backendError: try again", true));
            return;
        }
        shown.accept(unit, read);
        jobs.put(publication.jobId(), new JobState.Succeeded());
    }

    /** Rows above the object's previous end marker, as in the job's statement. */
    private Set<Long> rows(ObjectVersion version) {
        long after = facts.values().stream()
                .map(Fact::version)
                .filter(other -> other.object().equals(version.object())
                        && other.topic().equals(version.topic())
                        && other.partition() == version.partition()
                        && other.offset() < version.offset())
                .mapToLong(ObjectVersion::offset)
                .max()
                .orElse(-1);
        return rowsAfter.apply(version, after);
    }
}
