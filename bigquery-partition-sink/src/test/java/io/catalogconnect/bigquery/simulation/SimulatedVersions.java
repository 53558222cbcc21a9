package io.catalogconnect.bigquery.simulation;

import io.catalogconnect.bigquery.replace.ExpectedVersion;
import io.catalogconnect.bigquery.replace.JobState;
import io.catalogconnect.bigquery.replace.ObjectVersion;
import io.catalogconnect.bigquery.replace.Publication;
import io.catalogconnect.bigquery.replace.PublishJobs;
import io.catalogconnect.bigquery.replace.TopicPlace;
import io.catalogconnect.bigquery.replace.UnitKey;
import io.catalogconnect.bigquery.replace.UnitState;
import io.catalogconnect.bigquery.replace.VersionLedger;
import io.catalogconnect.bigquery.replace.VersionStatements;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
 * Versions, publication records and jobs on a {@link SimulatedBigQuery}. Each statement is one call of it. A job reads the
 * history when it starts and replaces the unit when it ends; jobs may overlap. Not thread-safe.
 */
public final class SimulatedVersions implements VersionLedger, VersionStatements, PublishJobs {

    /** The histories that jobs read, and the units that they replace. */
    public interface Tables {

        /** Whether the history of a unit exists. */
        boolean hasHistory(UnitKey unit);

        /** Numbers of a version's rows above an offset that queries see now. */
        Set<Long> rows(ObjectVersion version, long after);

        /** Replaces the rows of a unit. */
        void show(UnitKey unit, Map<ObjectVersion, Set<Long>> rows);
    }

    /**
     * A complete version as it was recorded.
     *
     * @param after offset after which its rows begin
     * @param rows number of its rows in the history at that time
     */
    private record Fact(ObjectVersion version, long after, long rows) {

        /** What queries see of a version that was stored twice. */
        Fact and(Fact other) {
            return new Fact(version, Math.min(after, other.after), Math.max(rows, other.rows));
        }
    }

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
    private int partlyReplaced;

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
    public CompletableFuture<List<Long>> complete(List<ExpectedVersion> versions) {
        return complete((Collection<ExpectedVersion>) versions)
                .thenApply(rows -> versions.stream()
                        .map(each -> Objects.requireNonNull(rows.get(each.version())))
                        .toList());
    }

    @Override
    public CompletableFuture<UnitState> look(UnitKey unit) {
        return look(List.of(unit)).thenApply(states -> Objects.requireNonNull(states.get(unit)));
    }

    @Override
    public CompletableFuture<Optional<String>> missingRows(UnitKey unit, Collection<String> versions) {
        return missingRows(Map.of(unit, Set.copyOf(versions)))
                .thenApply(missing -> Objects.requireNonNull(missing.get(unit)));
    }

    @Override
    public CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next) {
        return replace(Map.of(unit, new Change(expected, next)))
                .thenApply(replaced -> Objects.requireNonNull(replaced.get(unit)));
    }

    @Override
    public CompletableFuture<Map<ObjectVersion, Long>> complete(Collection<ExpectedVersion> versions) {
        return service.call("previous ends of " + versions, () -> firstOffsets(versions))
                .thenCompose(after -> service.call("count rows of " + versions, () -> {
                            Map<ObjectVersion, Long> rows = new HashMap<>();
                            versions.forEach(each -> rows.put(each.version(), count(each, after)));
                            return rows;
                        })
                        .thenCompose(rows -> service.call("complete " + versions, () -> {
                            record(versions, after, rows);
                            return rows;
                        })));
    }

    /** Offset of the object's previous end marker, which is stored or belongs to an earlier one of these versions. */
    private Map<ObjectVersion, Long> firstOffsets(Collection<ExpectedVersion> versions) {
        List<ObjectVersion> ended = new ArrayList<>(complete());
        Map<ObjectVersion, Long> after = new HashMap<>();
        for (ExpectedVersion each : versions) {
            ObjectVersion version = each.version();
            after.put(
                    version,
                    ended.stream()
                            .filter(other -> other.object().equals(version.object())
                                    && TopicPlace.of(other).equals(TopicPlace.of(version))
                                    && other.offset() < version.offset())
                            .mapToLong(ObjectVersion::offset)
                            .max()
                            .orElse(-1));
            ended.add(version);
        }
        return after;
    }

    private long count(ExpectedVersion expected, Map<ObjectVersion, Long> after) {
        ObjectVersion version = expected.version();
        return facts.containsKey(version.id())
                ? expected.minimumRows()
                : tables.rows(version, Objects.requireNonNull(after.get(version)))
                        .size();
    }

    /** Stores versions in one step, of each topic partition those before the first one that lacks rows. */
    private void record(
            Collection<ExpectedVersion> versions, Map<ObjectVersion, Long> after, Map<ObjectVersion, Long> rows) {
        Set<TopicPlace> stopped = new HashSet<>();
        for (ExpectedVersion each : versions) {
            ObjectVersion version = each.version();
            long counted = Objects.requireNonNull(rows.get(version));
            if (counted < each.minimumRows()) {
                stopped.add(TopicPlace.of(version));
            } else if (!stopped.contains(TopicPlace.of(version))) {
                facts.merge(
                        version.id(),
                        new Fact(version, Objects.requireNonNull(after.get(version)), counted),
                        Fact::and);
            }
        }
    }

    @Override
    public CompletableFuture<Map<UnitKey, UnitState>> look(Collection<UnitKey> units) {
        return service.call("records of " + units, () -> Map.copyOf(records))
                .thenCompose(before -> service.call("newest versions of " + units, () -> {
                    Map<UnitKey, UnitState> states = new HashMap<>();
                    for (UnitKey unit : units) {
                        Publication record = before.getOrDefault(unit, Publication.NONE);
                        states.put(unit, new UnitState(record, age(record), submitted.size(), newest(unit)));
                    }
                    return states;
                }));
    }

    @Override
    public CompletableFuture<Map<UnitKey, Optional<String>>> missingRows(Map<UnitKey, Set<String>> versions) {
        return service.call("missing rows of " + versions.keySet(), () -> {
            Map<UnitKey, Optional<String>> missing = new HashMap<>();
            versions.forEach((unit, ids) -> missing.put(
                    unit,
                    ids.stream()
                            .map(this::fact)
                            .filter(fact -> rows(fact).size() < fact.rows())
                            .map(fact -> "rows of " + fact.version() + " are missing.")
                            .findFirst()));
            return missing;
        });
    }

    /** A statement replaces the records of some units, and a query tells which. */
    @Override
    public CompletableFuture<Map<UnitKey, Boolean>> replace(Map<UnitKey, Change> changes) {
        return service.call("replace records of " + changes.keySet(), () -> {
                    Map<UnitKey, Boolean> replaced = new HashMap<>();
                    changes.forEach((unit, change) -> replaced.put(unit, replaceNow(unit, change)));
                    partlyReplaced += Set.copyOf(replaced.values()).size() > 1 ? 1 : 0;
                    return replaced;
                })
                .thenCompose(replaced -> replaced.containsValue(true) && changes.size() > 1
                        ? service.call("records of " + changes.keySet(), () -> {
                            Map<UnitKey, Boolean> now = new HashMap<>();
                            changes.forEach((unit, change) ->
                                    now.put(unit, change.next().equals(records.get(unit))));
                            return now;
                        })
                        : CompletableFuture.completedFuture(replaced));
    }

    private boolean replaceNow(UnitKey unit, Change change) {
        if (!records.getOrDefault(unit, Publication.NONE).equals(change.expected())) {
            return false;
        }
        records.put(unit, change.next());
        recorded.putIfAbsent(change.next().jobId(), service.now());
        return true;
    }

    /** Number of statements that replaced some of their records, but not all. */
    public int partlyReplaced() {
        return partlyReplaced;
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
            Fact fact = fact(id);
            read.put(fact.version(), rows(fact));
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

    private Fact fact(String id) {
        return Objects.requireNonNull(facts.get(id), id);
    }

    private Set<Long> rows(Fact fact) {
        return tables.rows(fact.version(), fact.after());
    }
}
