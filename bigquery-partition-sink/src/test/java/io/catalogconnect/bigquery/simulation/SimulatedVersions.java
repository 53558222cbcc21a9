package io.catalogconnect.bigquery.simulation;

import io.catalogconnect.bigquery.replace.JobState;
import io.catalogconnect.bigquery.replace.ObjectVersion;
import io.catalogconnect.bigquery.replace.Publication;
import io.catalogconnect.bigquery.replace.PublishJobs;
import io.catalogconnect.bigquery.replace.UnitKey;
import io.catalogconnect.bigquery.replace.UnitState;
import io.catalogconnect.bigquery.replace.VersionLedger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Versions, publication records and jobs on a {@link SimulatedBigQuery}. A job reads the history when it starts and replaces
 * the unit when it ends; jobs may overlap. Not thread-safe.
 */
public final class SimulatedVersions implements VersionLedger, PublishJobs {

    /** The histories that jobs read, and the units that they replace. */
    public interface Tables {

        /** Whether the history of a unit exists. */
        boolean hasHistory(UnitKey unit);

        /** Numbers of a version's rows above an offset that queries see now. */
        Set<Long> rows(ObjectVersion version, long after);

        /** Replaces the rows of a unit. */
        void show(UnitKey unit, Map<ObjectVersion, Set<Long>> rows);
    }

    /** A complete version, and the number of its rows in the history at that time. */
    private record Fact(ObjectVersion version, int rows) {}

    private static final Comparator<ObjectVersion> BY_AGE =
            Comparator.comparing(ObjectVersion::modified).thenComparing(ObjectVersion::offset);

    private final SimulatedBigQuery service;
    private final Random random;
    private final Tables tables;
    private final Map<String, Fact> facts = new LinkedHashMap<>();
    private final Map<UnitKey, Publication> records = new HashMap<>();
    private final Map<String, Long> recorded = new HashMap<>();
    private final Map<String, JobState> jobs = new HashMap<>();
    private final List<Publication> submitted = new ArrayList<>();
    private final List<Runnable> heldJobs = new ArrayList<>();
    private double failingJobs;
    private boolean holdsJobs;
    private int failedJobs;

    public SimulatedVersions(SimulatedBigQuery service, Random random, Tables tables) {
        this.service = service;
        this.random = random;
        this.tables = tables;
    }

    /** Sets the probability that a job fails, from 0 to 1. */
    public void failingJobs(double share) {
        failingJobs = share;
    }

    /** Starts jobs, but ends them only at {@link #releaseJobs}. */
    public void holdJobs() {
        holdsJobs = true;
    }

    public void releaseJobs() {
        holdsJobs = false;
        heldJobs.forEach(Runnable::run);
        heldJobs.clear();
    }

    /** The complete versions, in the order in which they became complete. */
    public List<ObjectVersion> complete() {
        return facts.values().stream().map(Fact::version).toList();
    }

    /** The publications whose jobs were submitted, in their order. */
    public List<Publication> submitted() {
        return List.copyOf(submitted);
    }

    public int failedJobs() {
        return failedJobs;
    }

    @Override
    public CompletableFuture<Long> complete(ObjectVersion version, long minimumRows) {
        return service.call("complete " + version, () -> {
            int rows = rows(version).size();
            if (rows >= minimumRows) {
                facts.putIfAbsent(version.id(), new Fact(version, rows));
            }
            return (long) rows;
        });
    }

    @Override
    public CompletableFuture<UnitState> look(UnitKey unit) {
        return service.call("record of " + unit, () -> records.getOrDefault(unit, Publication.NONE))
                .thenCompose(record -> service.call(
                        "newest versions of " + unit,
                        () -> new UnitState(record, age(record), submitted.size(), newest(unit))));
    }

    @Override
    public CompletableFuture<Optional<String>> missingRows(UnitKey unit, Collection<String> versions) {
        return service.call(
                "missing rows of " + unit,
                () -> versions.stream()
                        .map(facts::get)
                        .filter(fact -> rows(fact.version()).size() < fact.rows())
                        .map(fact -> "rows of " + fact.version() + " are missing.")
                        .findFirst());
    }

    @Override
    public CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next) {
        return service.call("replace record of " + unit, () -> {
            if (!records.getOrDefault(unit, Publication.NONE).equals(expected)) {
                return false;
            }
            records.put(unit, next);
            recorded.putIfAbsent(next.jobId(), service.now());
            return true;
        });
    }

    @Override
    public CompletableFuture<Boolean> prepare(UnitKey unit) {
        return service.call("prepare " + unit, () -> tables.hasHistory(unit));
    }

    @Override
    public CompletableFuture<JobState> look(String jobId) {
        return service.call("state of job " + jobId, () -> jobs.getOrDefault(jobId, new JobState.Unknown()));
    }

    @Override
    public CompletableFuture<Void> submit(UnitKey unit, Publication publication) {
        return service.call("submit job " + publication.jobId(), () -> {
                    if (jobs.putIfAbsent(publication.jobId(), new JobState.Running()) == null) {
                        submitted.add(publication);
                        service.later(0, () -> begin(unit, publication));
                    }
                    return true;
                })
                .thenAccept(done -> {});
    }

    /** Time since the record named its job. */
    private long age(Publication publication) {
        return service.now() - recorded.getOrDefault(publication.jobId(), service.now());
    }

    /** Ids of the newest versions: of each object, or of the whole table the latest date. */
    private SortedSet<String> newest(UnitKey unit) {
        Map<Object, ObjectVersion> newest = new HashMap<>();
        facts.values().stream()
                .map(Fact::version)
                .filter(version -> version.unit().equals(unit))
                .sorted(
                        unit.isWhole()
                                ? Comparator.comparing(ObjectVersion::date).thenComparing(BY_AGE)
                                : BY_AGE)
                .forEach(version -> newest.put(
                        unit.isWhole() ? version.topic() : List.of(version.topic(), version.object()), version));
        SortedSet<String> ids = new TreeSet<>();
        newest.values().forEach(version -> ids.add(version.id()));
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
        if (holdsJobs) {
            heldJobs.add(() -> end(unit, publication, read));
        } else if (random.nextDouble() < failingJobs) {
            failedJobs++;
            jobs.put(publication.jobId(), new JobState.Failed("backendError: try again", true));
        } else {
            tables.show(unit, read);
            jobs.put(publication.jobId(), new JobState.Succeeded());
        }
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
        return tables.rows(version, after);
    }
}
