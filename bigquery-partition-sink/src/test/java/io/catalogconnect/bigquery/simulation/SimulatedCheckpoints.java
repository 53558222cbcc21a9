package io.catalogconnect.bigquery.simulation;

import io.catalogconnect.bigquery.commit.Checkpoint;
import io.catalogconnect.bigquery.commit.StreamCheckpoints;
import io.catalogconnect.bigquery.commit.StreamEnd;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints in the memory of a {@link SimulatedBigQuery}, with the faults of its calls. Queries see them late, but in the
 * order in which they were stored. Not thread-safe.
 */
public final class SimulatedCheckpoints implements StreamCheckpoints {

    /** Queries see one row of this number late, on average. */
    private static final int LATE = 8;

    private record Visible<T>(T value, long since) {}

    private final SimulatedBigQuery service;
    private final Map<String, List<Visible<Checkpoint>>> checkpoints = new HashMap<>();
    private final Map<String, List<Visible<Long>>> ends = new HashMap<>();
    private final Map<String, Long> lastVisible = new HashMap<>();
    private final Random random;
    private @Nullable RuntimeException failure;

    public SimulatedCheckpoints(SimulatedBigQuery service, Random random) {
        this.service = service;
        this.random = random;
    }

    /** The checkpoints of a stream in the order in which they were stored. */
    public List<Checkpoint> of(String stream) {
        return checkpoints.getOrDefault(stream, List.of()).stream()
                .map(Visible::value)
                .toList();
    }

    /** Removes everything that was stored, as if an earlier version of the connector had written the streams. */
    public void forgetAll() {
        checkpoints.clear();
        ends.clear();
    }

    /** Fails each call that stores a checkpoint; null stores them again. */
    public void fail(@Nullable RuntimeException with) {
        failure = with;
    }

    @Override
    public CompletableFuture<Checkpoint> store(Checkpoint checkpoint) {
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        return service.call("checkpoint of " + checkpoint.stream(), () -> {
            checkpoints
                    .computeIfAbsent(checkpoint.stream(), stream -> new ArrayList<>())
                    .add(new Visible<>(checkpoint, visibleSince(checkpoint.stream())));
            return checkpoint;
        });
    }

    @Override
    public CompletableFuture<Long> storeEnd(String stream, long rows, long now) {
        return service.call("end of " + stream, () -> {
            ends.computeIfAbsent(stream, each -> new ArrayList<>()).add(new Visible<>(rows, visibleSince(stream)));
            return rows;
        });
    }

    @Override
    public CompletableFuture<Optional<StreamEnd>> end(String stream) {
        return service.call("read checkpoints of " + stream, () -> {
            OptionalLong rows = ends.getOrDefault(stream, List.of()).stream()
                    .filter(end -> end.since() <= service.now())
                    .mapToLong(Visible::value)
                    .findFirst();
            return rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new StreamEnd(rows.getAsLong(), newest(stream, rows.getAsLong())));
        });
    }

    private Optional<Checkpoint> newest(String stream, long rows) {
        return checkpoints.getOrDefault(stream, List.of()).stream()
                .filter(stored -> stored.since() <= service.now())
                .map(Visible::value)
                .filter(checkpoint -> checkpoint.rows() <= rows)
                .max(Comparator.comparingLong(Checkpoint::sequence));
    }

    private long visibleSince(String stream) {
        long since = random.nextInt(LATE) == 0 ? service.visibleAt() : service.now();
        return lastVisible.merge(stream, since, Math::max);
    }
}
