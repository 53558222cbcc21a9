package io.catalogconnect.bigquery.commit;

import java.util.concurrent.CompletableFuture;

/** Registry that reads and replaces the registrations of several lanes together. Thread-safe. */
public final class BatchedRegistry implements StreamRegistry {

    private final Batch<LaneKey, LaneKey, Registration> reads;
    private final Batch<LaneKey, RegistryStatements.Change, Boolean> changes;

    /**
     * @param reads when registrations are read
     * @param changes when they are replaced
     */
    public BatchedRegistry(RegistryStatements registry, Batch.Timing reads, Batch.Timing changes) {
        this.reads = new Batch<>(reads, lanes -> registry.read(lanes.keySet()));
        this.changes = new Batch<>(changes, registry::replace);
    }

    @Override
    public CompletableFuture<Registration> read(LaneKey lane) {
        return reads.add(lane, lane);
    }

    @Override
    public CompletableFuture<Boolean> replace(LaneKey lane, Registration expected, Registration next) {
        return changes.add(lane, new RegistryStatements.Change(expected, next));
    }
}
