package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import io.catalogconnect.localbigquery.store.WriteSession;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The states of all streams, in memory and in DuckDB. A change and the rows that belong to it are one transaction; the state in memory
 * changes only after the commit. Thread-safe.
 */
final class StreamStore {
    private final Warehouse warehouse;
    private final Map<StreamName, StreamState> streams;
    /** Held from the start of a transaction until its outcome is in {@link #streams}. */
    private final ReentrantLock changing = new ReentrantLock(true);

    private StreamStore(Warehouse warehouse, Map<StreamName, StreamState> streams) {
        this.warehouse = warehouse;
        this.streams = new ConcurrentHashMap<>(streams);
    }

    static StreamStore open(Warehouse warehouse) throws SQLException {
        return new StreamStore(warehouse, warehouse.inTransaction(session -> {
            StreamTable.create(session.connection());
            return StreamTable.load(session.connection());
        }));
    }

    /** Work on streams and tables inside one transaction. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run(Change change) throws SQLException;
    }

    /** Runs a change. It is durable and visible when this method returns, and has no effect if this method throws. */
    <T extends @Nullable Object> T change(Work<T> work) throws SQLException {
        changing.lock();
        try {
            AtomicReference<@Nullable Change> done = new AtomicReference<>();
            T result = warehouse.appending(session -> {
                Change change = new Change(session);
                T outcome = work.run(change);
                change.store();
                done.set(change);
                return outcome;
            });
            Change change = done.get();
            if (change != null) {
                change.publish();
            }
            return result;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Returns the last committed state of a stream.
     *
     * @throws WriteException when the table or stream does not exist
     */
    StreamState stream(StreamName name) {
        return live(streams.get(name), name, warehouse.catalog().table(name.table()));
    }

    /** The last committed states of all streams, including those of removed tables. */
    List<StreamState> all() {
        return List.copyOf(streams.values());
    }

    Instant now() {
        return Micros.toInstant(Micros.of(warehouse.clock().instant()));
    }

    private static StreamState live(@Nullable StreamState state, StreamName name, Optional<StoredTable> table) {
        if (table.isEmpty()) {
            throw WriteException.tableNotFound(name.table());
        }
        if (state == null || !state.physicalTable().equals(table.get().physicalName())) {
            throw StreamErrors.streamNotFound(name);
        }
        return state;
    }

    /** The streams and tables as seen and changed by one transaction. */
    final class Change {
        private final WriteSession session;
        private final Map<StreamName, Optional<StreamState>> changed = new LinkedHashMap<>();

        private Change(WriteSession session) {
            this.session = session;
        }

        WriteSession session() {
            return session;
        }

        StoredTable table(TableRef ref) {
            return session.catalog()
                    .table(ref)
                    .filter(table -> !table.isView())
                    .orElseThrow(() -> WriteException.tableNotFound(ref));
        }

        StreamState stream(StreamName name) {
            Optional<StreamState> state = changed.get(name);
            return live(
                    state == null ? streams.get(name) : state.orElse(null),
                    name,
                    session.catalog().table(name.table()));
        }

        void put(StreamState state) {
            changed.put(state.name(), Optional.of(state));
        }

        void remove(StreamName name) {
            changed.put(name, Optional.empty());
        }

        private void store() throws SQLException {
            for (Map.Entry<StreamName, Optional<StreamState>> entry : changed.entrySet()) {
                StreamName name = entry.getKey();
                if (entry.getValue().isEmpty()) {
                    StreamTable.delete(session.connection(), name);
                } else if (streams.containsKey(name)) {
                    StreamTable.update(session.connection(), entry.getValue().get());
                } else {
                    StreamTable.insert(session.connection(), entry.getValue().get());
                }
            }
        }

        private void publish() {
            changed.forEach((name, state) ->
                    state.ifPresentOrElse(known -> streams.put(name, known), () -> streams.remove(name)));
        }
    }
}
