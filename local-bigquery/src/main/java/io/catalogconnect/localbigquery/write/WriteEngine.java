package io.catalogconnect.localbigquery.write;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.rpc.Code;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What all connections share: the streams, the lane to the disk, compiled descriptors, and who has which stream open. */
final class WriteEngine implements AutoCloseable {
    private static final int MAX_DECODERS = 256;

    private final Warehouse warehouse;
    private final StreamLedger ledger;
    private final CommitLane lane;
    private final WriteStreams streams;
    private final Map<StreamName, AppendConnection> open = new ConcurrentHashMap<>();
    private final Map<DecoderKey, RowDecoder> decoders = new ConcurrentHashMap<>();

    private record DecoderKey(StreamName stream, DescriptorProto descriptor) {}

    private WriteEngine(Warehouse warehouse, StreamLedger ledger, Supplier<String> ids) {
        this.warehouse = warehouse;
        this.ledger = ledger;
        this.lane = new CommitLane(ledger);
        this.streams = new WriteStreams(warehouse, ledger, ids);
    }

    static WriteEngine start(Warehouse warehouse, Supplier<String> ids) throws SQLException {
        WriteEngine engine = new WriteEngine(warehouse, StreamLedger.open(warehouse), ids);
        engine.lane.start();
        return engine;
    }

    WriteStreams streams() {
        return streams;
    }

    /**
     * A connection begins to use a stream. An application-made stream has one connection: the newest.
     *
     * @throws WriteException when there is no such table or stream
     */
    void open(StreamName name, AppendConnection connection) {
        if (name.isDefault()) {
            if (warehouse.catalog().table(name.table()).isEmpty()) {
                throw WriteException.tableNotFound(name.table());
            }
            return;
        }
        ledger.stream(name);
        AppendConnection before = open.put(name, connection);
        if (before != null && before != connection) {
            before.end(WriteException.plain(
                    Code.ABORTED,
                    "Connection is closed because another connection was opened to the same stream. Entity: " + name));
        }
    }

    void close(AppendConnection connection) {
        open.values().removeIf(connection::equals);
    }

    /** Decodes a request's rows, so far as the table is there, and puts it in line. */
    void submit(PendingAppend append) {
        warehouse.catalog().table(append.stream().table()).ifPresent(append::rows);
        lane.submit(append);
    }

    DecodedRows decode(PendingAppend append, StoredTable table) {
        try {
            return decoder(append, table)
                    .decode(
                            append.request().getProtoRows().getRows().getSerializedRowsList(),
                            MissingValues.AS_NULL,
                            StreamBounds.at(warehouse.clock().instant()));
        } catch (WriteException e) {
            return DecodedRows.refused(table.columns(), e);
        }
    }

    private RowDecoder decoder(PendingAppend append, StoredTable table) {
        DecoderKey key = new DecoderKey(append.stream(), append.descriptor());
        RowDecoder known = decoders.get(key);
        if (known != null && known.fits(table)) {
            return known;
        }
        RowDecoder compiled = RowDecoder.compile(append.stream(), append.descriptor(), table);
        if (decoders.size() >= MAX_DECODERS) {
            decoders.clear();
        }
        decoders.put(key, compiled);
        return compiled;
    }

    /** Ends every connection with UNAVAILABLE, after the transaction under way. */
    @Override
    public void close() {
        lane.close();
        for (AppendConnection connection : open.values()) {
            connection.end(WriteException.plain(Code.UNAVAILABLE, "The server is shutting down."));
        }
    }
}
