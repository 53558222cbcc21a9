package io.catalogconnect.bigquery;

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
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** In-memory versions, publication records and jobs. A submitted job succeeds at once. */
final class InMemoryVersions implements VersionLedger, PublishJobs {

    final List<ObjectVersion> complete = new ArrayList<>();
    final Map<String, Publication> jobs = new LinkedHashMap<>();
    private final Map<UnitKey, Publication> records = new HashMap<>();
    private final InMemoryPorts ports;
    boolean jobsWait;

    InMemoryVersions(InMemoryPorts ports) {
        this.ports = ports;
    }

    @Override
    public CompletableFuture<Long> complete(ObjectVersion version, long minimumRows) {
        ports.calls.add("complete " + version);
        long rows = ports.rows(version.unit().table() + "_history").stream()
                .filter(row -> row.get("_object_key").equals(version.object().key())
                        && row.get("_object_etag").equals(version.etag()))
                .map(row -> row.get("_object_row"))
                .distinct()
                .count();
        if (rows >= minimumRows && !complete.contains(version)) {
            complete.add(version);
        }
        return CompletableFuture.completedFuture(rows);
    }

    @Override
    public CompletableFuture<UnitState> look(UnitKey unit) {
        ports.calls.add("state of " + unit);
        Map<String, ObjectVersion> newest = new HashMap<>();
        complete.stream()
                .filter(version -> version.unit().equals(unit))
                .sorted(Comparator.comparing(ObjectVersion::modified).thenComparing(ObjectVersion::offset))
                .forEach(version -> newest.put(version.topic() + version.object(), version));
        SortedSet<String> ids = new TreeSet<>();
        newest.values().forEach(version -> ids.add(version.id()));
        return CompletableFuture.completedFuture(
                new UnitState(records.getOrDefault(unit, Publication.NONE), Long.MAX_VALUE, jobs.size(), ids));
    }

    @Override
    public CompletableFuture<Optional<String>> missingRows(UnitKey unit, Collection<String> versions) {
        ports.calls.add("missing rows of " + unit);
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next) {
        ports.calls.add("replace record of " + unit);
        records.put(unit, next);
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Boolean> prepare(UnitKey unit) {
        ports.calls.add("prepare " + unit);
        return CompletableFuture.completedFuture(ports.shapes.containsKey(unit.table() + "_history"));
    }

    @Override
    public CompletableFuture<JobState> look(String jobId) {
        ports.calls.add("state of job " + jobId);
        if (!jobs.containsKey(jobId)) {
            return CompletableFuture.completedFuture(new JobState.Unknown());
        }
        return CompletableFuture.completedFuture(jobsWait ? new JobState.Running() : new JobState.Succeeded());
    }

    @Override
    public CompletableFuture<Void> submit(UnitKey unit, Publication publication) {
        ports.calls.add("submit job " + publication.jobId());
        jobs.putIfAbsent(publication.jobId(), publication);
        return CompletableFuture.completedFuture(null);
    }
}
