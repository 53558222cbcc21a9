package io.catalogconnect.localbigquery.write;

import com.google.api.services.bigquery.model.Dataset;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.rpc.Code;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.fault.Effect;
import io.catalogconnect.localbigquery.fault.FaultRule;
import io.catalogconnect.localbigquery.fault.Faults;
import io.catalogconnect.localbigquery.store.Catalog;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state shared by all connections: streams, the commit queue, compiled descriptors, faults, and the connection of each open stream. */
final class WriteEngine implements AutoCloseable {
    private static final int MAX_DECODERS = 256;
    private static final Duration CONNECTION_IDLE_LIMIT = Duration.ofMinutes(10);
    private static final Duration STREAM_IDLE_LIMIT = Duration.ofDays(3);
    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(200);
    private static final Logger LOG = LoggerFactory.getLogger(WriteEngine.class);

    private final Warehouse warehouse;
    private final Faults faults;
    private final Permissions permissions;
    private final StreamStore ledger;
    private final DelayedRows late;
    private final CommitQueue lane;
    private final WriteStreams streams;
    private final DelayedSchemas schemas = new DelayedSchemas();
    private final ScheduledExecutorService timer;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Map<StreamName, Connection> open = new ConcurrentHashMap<>();
    private final Map<DecoderKey, RowDecoder> decoders = new ConcurrentHashMap<>();

    private record DecoderKey(StreamName stream, DescriptorProto descriptor) {}

    private WriteEngine(Warehouse warehouse, Faults faults, Permissions permissions, Supplier<String> ids)
            throws SQLException {
        this.warehouse = warehouse;
        this.faults = faults;
        this.permissions = permissions;
        this.ledger = StreamStore.open(warehouse);
        this.late = DelayedRows.open(ledger);
        this.lane = new CommitQueue(ledger, new AppendRules(late));
        this.streams = new WriteStreams(warehouse, ledger, ids);
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "local-bigquery-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A call that appends rows. */
    interface Connection {
        /** The stream of the last request, for messages. */
        String describe();

        /** The time of the last use, by the engine's clock. */
        Instant lastUsed();

        /** Ends the call with an error, unless it has already ended. */
        void end(WriteException why);
    }

    static WriteEngine start(Warehouse warehouse, Faults faults, Permissions permissions, Supplier<String> ids)
            throws SQLException {
        WriteEngine engine = new WriteEngine(warehouse, faults, permissions, ids);
        faults.onAdd(engine::faultAdded);
        engine.lane.start();
        long interval = SWEEP_INTERVAL.toMillis();
        ScheduledFuture<?> unused =
                engine.timer.scheduleWithFixedDelay(engine::sweep, interval, interval, TimeUnit.MILLISECONDS);
        return engine;
    }

    WriteStreams streams() {
        return streams;
    }

    Faults faults() {
        return faults;
    }

    /**
     * Requires the permission to change the rows of a table, which every method of the API needs.
     *
     * @throws WriteException when it is not granted
     */
    void requirePermission(TableRef table) {
        if (!permissions.allows("bigquery.tables.updateData", table)) {
            throw WriteException.tableNotFound(table);
        }
    }

    Instant now() {
        return ledger.now();
    }

    private void faultAdded(FaultRule rule) {
        if (rule.effect() != Effect.SLOW_SCHEMA) {
            return;
        }
        Catalog catalog = warehouse.catalog();
        for (String project : catalog.projects()) {
            for (Dataset dataset : catalog.datasets(project)) {
                DatasetRef ref =
                        new DatasetRef(project, dataset.getDatasetReference().getDatasetId());
                catalog.tables(ref).stream()
                        .filter(table -> table.ref().path().contains(rule.resource()))
                        .forEach(table -> schemas.freeze(table, now().plus(rule.duration())));
            }
        }
    }

    /** The columns that the Write API knows: all columns, unless a fault delays new ones. */
    List<Column> seenColumns(StoredTable table) {
        return schemas.columns(table, now());
    }

    /** Runs a task after a delay, on the timer thread. */
    void later(Duration delay, Runnable task) {
        ScheduledFuture<?> unused = timer.schedule(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.error("A call that was delayed by a fault has failed", e);
                    }
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Removes a stream because of a fault. Its visible rows stay. */
    void lose(StreamName name) {
        try {
            streams.remove(name);
        } catch (SQLException e) {
            throw WriteException.plain(Code.INTERNAL, "Stream " + name + " cannot be removed: " + e.getMessage());
        }
    }

    /** Periodic work: makes delayed rows visible, ends idle connections and removes idle streams. */
    private void sweep() {
        try {
            late.show(now());
            for (Connection connection : connections) {
                if (connection.lastUsed().plus(CONNECTION_IDLE_LIMIT).isBefore(now())) {
                    connection.end(WriteException.plain(
                            Code.ABORTED,
                            "Closing the stream because it has been inactive for " + CONNECTION_IDLE_LIMIT.toSeconds()
                                    + " seconds. Entity: " + connection.describe()));
                }
            }
            streams.removeIdle(now().minus(STREAM_IDLE_LIMIT));
        } catch (SQLException | RuntimeException e) {
            LOG.error("Periodic work failed; it will be tried again", e);
        }
    }

    void opened(Connection connection) {
        connections.add(connection);
    }

    /**
     * Registers that a connection uses a stream. An application-created stream has one connection: the newest.
     *
     * @throws WriteException when the table or stream does not exist
     */
    void open(StreamName name, Connection connection) {
        if (name.isDefault()) {
            WriteException.refuseView(warehouse
                    .catalog()
                    .table(name.table())
                    .orElseThrow(() -> WriteException.tableNotFound(name.table())));
            return;
        }
        ledger.stream(name);
        Connection before = open.put(name, connection);
        if (before != null && before != connection) {
            before.end(WriteException.plain(
                    Code.ABORTED,
                    "Connection is closed because another connection was opened to the same stream. Entity: " + name));
        }
    }

    void close(Connection connection) {
        connections.remove(connection);
        open.values().removeIf(connection::equals);
    }

    /** Decodes the rows of a request, if its table exists, and queues the request. */
    void submit(AppendRequest append) {
        warehouse.catalog().table(append.stream().table()).ifPresent(append::rows);
        lane.submit(append);
    }

    /** Decodes the rows of a request for the current schema of its table. The result may be an error. */
    DecodedRows decode(
            AppendRowsRequest request,
            StreamName stream,
            DescriptorProto descriptor,
            AppendRowsRequest.MissingValueInterpretation defaultInterpretation,
            StoredTable table) {
        try {
            RowDecoder decoder = decoder(stream, descriptor, table);
            Instant now = now();
            MissingValues missing = MissingValues.of(
                    table.columns(),
                    decoder::writes,
                    request.getMissingValueInterpretationsMap(),
                    defaultInterpretation,
                    now);
            return decoder.decode(
                    request.getProtoRows().getRows().getSerializedRowsList(), missing, StreamBounds.at(now));
        } catch (WriteException e) {
            return DecodedRows.refused(table.columns(), e);
        }
    }

    private RowDecoder decoder(StreamName stream, DescriptorProto descriptor, StoredTable table) {
        DecoderKey key = new DecoderKey(stream, descriptor);
        List<Column> seen = seenColumns(table);
        RowDecoder known = decoders.get(key);
        if (known != null && known.fits(table, seen)) {
            return known;
        }
        RowDecoder compiled = RowDecoder.compile(stream, descriptor, table, seen);
        if (decoders.size() >= MAX_DECODERS) {
            decoders.clear();
        }
        decoders.put(key, compiled);
        return compiled;
    }

    /** Ends every connection with UNAVAILABLE, after the running transaction. */
    @Override
    public void close() {
        timer.shutdownNow();
        lane.close();
        for (Connection connection : connections) {
            connection.end(WriteException.plain(Code.UNAVAILABLE, "The server is shutting down."));
        }
    }
}
