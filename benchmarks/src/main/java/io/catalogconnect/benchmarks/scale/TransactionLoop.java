package io.catalogconnect.benchmarks.scale;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/** The context of a source task that has read nothing before and ends its transactions. It has no metrics. For one thread. */
final class TransactionLoop implements SourceTaskContext, TransactionContext, OffsetStorageReader {

    private final Set<SourceRecord> ends = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean endsWithBatch;

    /** Whether the task has ended a transaction with this record. Forgets it. */
    boolean takeEnd(SourceRecord record) {
        return ends.remove(record);
    }

    /** Whether the task has ended a transaction with its last batch. Forgets it. */
    boolean takeEndOfBatch() {
        boolean taken = endsWithBatch;
        endsWithBatch = false;
        return taken;
    }

    @Override
    public void commitTransaction() {
        endsWithBatch = true;
    }

    @Override
    public void commitTransaction(SourceRecord record) {
        ends.add(record);
    }

    @Override
    public void abortTransaction() {
        throw new IllegalStateException("every object can be read");
    }

    @Override
    public void abortTransaction(SourceRecord record) {
        throw new IllegalStateException("every object can be read");
    }

    @Override
    public TransactionContext transactionContext() {
        return this;
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
        return this;
    }

    @Override
    public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
        return null;
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
        return Map.of();
    }

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public PluginMetrics pluginMetrics() {
        throw new NoSuchMethodError("as on a worker without metrics of plugins");
    }
}
