package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** All operations on streams except appends: create, get, finalize, flush, commit. */
final class WriteStreams {
    private final Warehouse warehouse;
    private final StreamStore ledger;
    private final Supplier<String> ids;

    WriteStreams(Warehouse warehouse, StreamStore ledger, Supplier<String> ids) {
        this.warehouse = warehouse;
        this.ledger = ledger;
        this.ids = ids;
    }

    WriteStream create(TableRef parent, WriteStream.Type type) throws SQLException {
        if (type != WriteStream.Type.COMMITTED
                && type != WriteStream.Type.BUFFERED
                && type != WriteStream.Type.PENDING) {
            throw WriteException.invalid(
                    "The type of a write stream must be COMMITTED, PENDING or BUFFERED; got " + type + ".");
        }
        return ledger.change(change -> {
            StoredTable table = change.table(parent);
            WriteException.refuseView(table);
            Instant now = ledger.now();
            StreamState state = new StreamState(
                    new StreamName(parent, ids.get()),
                    table.physicalName(),
                    type,
                    0,
                    0,
                    false,
                    now,
                    type == WriteStream.Type.COMMITTED ? Optional.of(now) : Optional.empty(),
                    now);
            change.put(state);
            return describe(state, table).toBuilder()
                    .setTableSchema(TableSchemas.of(table))
                    .build();
        });
    }

    WriteStream get(StreamName name, boolean full) {
        StoredTable table =
                warehouse.catalog().table(name.table()).orElseThrow(() -> WriteException.tableNotFound(name.table()));
        WriteStream described = name.isDefault() ? describeDefault(name, table) : describe(ledger.stream(name), table);
        return full
                ? described.toBuilder().setTableSchema(TableSchemas.of(table)).build()
                : described;
    }

    private WriteStream describeDefault(StreamName name, StoredTable table) {
        return WriteStream.newBuilder()
                .setName(name.toString())
                .setType(WriteStream.Type.COMMITTED)
                .setCreateTime(
                        Micros.timestamp(Instant.ofEpochMilli(table.resource().getCreationTime())))
                .setWriteMode(WriteStream.WriteMode.INSERT)
                .setLocation(location(table))
                .build();
    }

    private WriteStream describe(StreamState state, StoredTable table) {
        WriteStream.Builder stream = WriteStream.newBuilder()
                .setName(state.name().toString())
                .setType(state.type())
                .setCreateTime(Micros.timestamp(state.created()))
                .setWriteMode(WriteStream.WriteMode.INSERT)
                .setLocation(location(table));
        state.committed().ifPresent(committed -> stream.setCommitTime(Micros.timestamp(committed)));
        return stream.build();
    }

    private String location(StoredTable table) {
        DatasetRef dataset = table.ref().datasetRef();
        return warehouse.catalog().requireDataset(dataset).getLocation();
    }

    /** Finalizes a stream: it accepts no more appends. @return the exact number of its rows */
    long finish(StreamName name) throws SQLException {
        if (name.isDefault()) {
            throw StreamErrors.streamType(name, "FinalizeWriteStream is not supported on the default stream.");
        }
        return ledger.change(change -> {
            StreamState state = change.stream(name);
            if (!state.finalized()) {
                change.put(state.finish());
            }
            return state.end();
        });
    }

    /** Removes a stream and its invisible rows. Its visible rows stay. */
    void remove(StreamName name) throws SQLException {
        ledger.change(change -> {
            StreamState state = change.stream(name);
            change.session().discard(change.table(name.table()), state.holder());
            change.remove(name);
            return state;
        });
    }

    /** Removes COMMITTED streams without an append since a given time, and streams of removed tables. */
    void removeIdle(Instant since) throws SQLException {
        List<StreamState> idle = ledger.all().stream()
                .filter(state -> isGone(state)
                        || (state.type() == WriteStream.Type.COMMITTED
                                && state.used().isBefore(since)))
                .toList();
        if (!idle.isEmpty()) {
            ledger.change(change -> {
                idle.forEach(state -> change.remove(state.name()));
                return idle.size();
            });
        }
    }

    private boolean isGone(StreamState state) {
        return warehouse
                .catalog()
                .table(state.name().table())
                .filter(table -> table.physicalName().equals(state.physicalTable()))
                .isEmpty();
    }

    /** Makes rows of a BUFFERED stream visible, up to and including an offset. */
    long flush(StreamName name, long offset) throws SQLException {
        if (name.isDefault()) {
            throw StreamErrors.streamType(name, "FlushRows is not supported on the default stream.");
        }
        return ledger.change(change -> {
            StreamState state = change.stream(name);
            if (state.type() != WriteStream.Type.BUFFERED) {
                throw StreamErrors.streamType(
                        name, "FlushRows is only supported on a BUFFERED stream; this one is " + state.type() + ".");
            }
            if (state.finalized()) {
                throw StreamErrors.finalized(name);
            }
            if (offset < 0 || offset >= state.end()) {
                throw StreamErrors.offsetBeyond(name, state.end(), offset);
            }
            if (offset >= state.flushed()) {
                change.session().release(change.table(name.table()), state.holder(), offset + 1);
                change.put(state.flushedTo(offset + 1));
            }
            return offset;
        });
    }

    /** Commits PENDING streams of one table, all or none. */
    BatchCommitWriteStreamsResponse commit(TableRef parent, List<StreamName> names) throws SQLException {
        if (names.isEmpty()) {
            throw WriteException.invalid("BatchCommitWriteStreams needs at least one stream.");
        }
        return ledger.change(change -> {
            StoredTable table = change.table(parent);
            List<StreamState> states = new ArrayList<>();
            List<StorageError> errors = new ArrayList<>();
            Set<StreamName> distinct = new LinkedHashSet<>(names);
            for (StreamName name : distinct) {
                try {
                    states.add(committable(change, parent, name));
                } catch (UncommittableException e) {
                    errors.add(e.error);
                }
            }
            if (!errors.isEmpty()) {
                return BatchCommitWriteStreamsResponse.newBuilder()
                        .addAllStreamErrors(errors)
                        .build();
            }
            Instant now = ledger.now();
            for (StreamState state : states) {
                change.session().release(table, state.holder(), state.end());
                change.put(state.commit(now));
            }
            return BatchCommitWriteStreamsResponse.newBuilder()
                    .setCommitTime(Micros.timestamp(now))
                    .build();
        });
    }

    private static StreamState committable(StreamStore.Change change, TableRef parent, StreamName name) {
        if (!name.table().equals(parent)) {
            throw WriteException.invalid(
                    "Stream " + name + " does not belong to the parent table " + parent.path() + ".");
        }
        StreamState state;
        try {
            state = change.stream(name);
        } catch (WriteException e) {
            throw new UncommittableException(
                    StorageErrorCode.STREAM_NOT_FOUND, name, "Requested entity was not found.");
        }
        if (state.type() != WriteStream.Type.PENDING) {
            throw new UncommittableException(
                    StorageErrorCode.INVALID_STREAM_TYPE,
                    name,
                    "Only PENDING streams can be committed; this one is " + state.type() + ".");
        }
        if (state.committed().isPresent()) {
            throw new UncommittableException(
                    StorageErrorCode.STREAM_ALREADY_COMMITTED, name, "Stream has already been committed.");
        }
        if (!state.finalized()) {
            throw new UncommittableException(
                    StorageErrorCode.INVALID_STREAM_STATE, name, "Stream must be finalized before it is committed.");
        }
        return state;
    }

    /** One stream of a batch cannot be committed. */
    private static final class UncommittableException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient StorageError error;

        UncommittableException(StorageErrorCode code, StreamName name, String text) {
            super(text);
            this.error = StorageError.newBuilder()
                    .setCode(code)
                    .setEntity(name.toString())
                    .setErrorMessage(text)
                    .build();
        }
    }
}
