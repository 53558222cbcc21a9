package io.catalogconnect.s3csv;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/**
 * A worker's bookkeeping for one source task, with the rules that tasks trip over:
 *
 * <ul>
 *   <li>a partition is compared as JSON text, so it must have one key; an offset holds primitives, and numbers come back as
 *       Long;
 *   <li>each partition's offsets are committed in the order of the records, up to the first that is not acknowledged;
 *   <li>a record that a transformation drops moves no offset;
 *   <li>a null offset deletes.
 * </ul>
 */
public final class FakeWorker implements SourceTaskContext {

    private final Map<String, String> configs = new HashMap<>();
    private final Map<String, Map<String, Object>> stored = new ConcurrentSkipListMap<>();
    private final Map<Map<String, ?>, Deque<Sent>> inFlight = new LinkedHashMap<>();
    private final IdentityHashMap<SourceRecord, Sent> sent = new IdentityHashMap<>();
    private final @Nullable FakeTransactions transactions;

    /** Partitions of each call that asked for stored offsets. */
    public final List<Integer> lookups = Collections.synchronizedList(new ArrayList<>());

    private static final class Sent {
        private final SourceRecord record;
        private boolean acknowledged;

        Sent(SourceRecord record) {
            this.record = record;
        }
    }

    public FakeWorker(boolean connectorTransactions) {
        this.transactions = connectorTransactions ? new FakeTransactions() : null;
    }

    @Override
    public Map<String, String> configs() {
        return configs;
    }

    @Override
    public @Nullable TransactionContext transactionContext() {
        return transactions;
    }

    public FakeTransactions transactions() {
        if (transactions == null) {
            throw new IllegalStateException("This worker lets no connector end transactions");
        }
        return transactions;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        throw new NoSuchMethodError("A worker before 4.1 has no plugin metrics");
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
        return new OffsetStorageReader() {
            @Override
            public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
                return offsets(List.of(partition)).get(partition);
            }

            @Override
            public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                lookups.add(partitions.size());
                Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
                for (Map<String, T> partition : partitions) {
                    Map<String, Object> offset = stored.get(json(partition));
                    if (offset != null) {
                        found.put(partition, new HashMap<>(offset));
                    }
                }
                return found;
            }
        };
    }

    private static String json(Map<String, ?> partition) {
        if (partition.size() != 1) {
            throw new DataException("A partition with " + partition.size() + " keys has no fixed order: " + partition);
        }
        return partition.toString();
    }

    /** Takes a batch over, as when it is handed to the producer. */
    public void send(List<SourceRecord> records) {
        for (SourceRecord record : records) {
            json(record.sourcePartition());
            Sent entry = new Sent(record);
            sent.put(record, entry);
            inFlight.computeIfAbsent(record.sourcePartition(), partition -> new ArrayDeque<>())
                    .add(entry);
        }
    }

    /** The broker has it. */
    public void acknowledge(SourceRecord record) {
        Sent entry = sent.remove(record);
        if (entry == null) {
            throw new IllegalStateException("Never sent: " + record.topic());
        }
        entry.acknowledged = true;
    }

    /** Sends and acknowledges everything, but what goes to topics whose records a transformation drops. */
    public void deliver(List<SourceRecord> records, String... dropped) {
        Set<String> drops = new HashSet<>(List.of(dropped));
        for (SourceRecord record : records) {
            if (!drops.contains(record.topic())) {
                send(List.of(record));
                acknowledge(record);
            }
        }
    }

    /** Stores the offsets that may be stored now. */
    public void commit() {
        for (Deque<Sent> records : inFlight.values()) {
            while (!records.isEmpty() && records.peekFirst().acknowledged) {
                SourceRecord record = records.removeFirst().record;
                store(record.sourcePartition(), record.sourceOffset());
            }
        }
        inFlight.values().removeIf(Deque::isEmpty);
    }

    /** Everything that was not committed is gone. */
    public void crash() {
        inFlight.clear();
        sent.clear();
    }

    public void store(Map<String, ?> partition, @Nullable Map<String, ?> offset) {
        if (offset == null) {
            stored.remove(json(partition));
            return;
        }
        Map<String, Object> copy = new HashMap<>();
        offset.forEach((key, value) -> {
            if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
                copy.put(key, ((Number) value).longValue());
            } else if (value == null
                    || value instanceof String
                    || value instanceof Boolean
                    || value instanceof Double) {
                copy.put(key, value);
            } else {
                throw new DataException("An offset holds primitives only: " + key + " is a " + value.getClass());
            }
        });
        stored.put(json(partition), copy);
    }

    /** What is stored, by the text of its partition. */
    public Map<String, Map<String, Object>> stored() {
        return stored;
    }

    /** What a connector asks of its transactions. */
    public static final class FakeTransactions implements TransactionContext {

        /** Records that end a transaction. */
        public final List<SourceRecord> ends = new ArrayList<>();

        public boolean endOfBatch;

        public boolean abortOfBatch;

        @Override
        public void commitTransaction() {
            endOfBatch = true;
        }

        @Override
        public void commitTransaction(SourceRecord record) {
            ends.add(record);
        }

        @Override
        public void abortTransaction() {
            abortOfBatch = true;
        }

        @Override
        public void abortTransaction(SourceRecord record) {
            throw new IllegalStateException("This connector aborts only with a batch");
        }
    }
}
