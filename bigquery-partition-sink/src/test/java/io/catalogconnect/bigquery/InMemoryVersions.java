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

/** Versions, records and jobs in memory and at once; a job that is submitted has ended well. */
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
    public CompletableFuture<Void> complete(ObjectVersion version) {
        if (!complete.contains(version)) {
            complete.add(version);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<UnitState> look(UnitKey unit) {
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
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next) {
        records.put(unit, next);
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Boolean> prepare(UnitKey unit) {
        return CompletableFuture.completedFuture(ports.shapes.containsKey(unit.table() + "_history"));
    }

    @Override
    public CompletableFuture<JobState> look(String jobId) {
        if (!jobs.containsKey(jobId)) {
            return CompletableFuture.completedFuture(new JobState.Unknown());
        }
        return CompletableFuture.completedFuture(jobsWait ? new JobState.Running() : new JobState.Succeeded());
    }

    @Override
    public CompletableFuture<Void> submit(UnitKey unit, Publication publication) {
        jobs.putIfAbsent(publication.jobId(), publication);
        return CompletableFuture.completedFuture(null);
    }
}
