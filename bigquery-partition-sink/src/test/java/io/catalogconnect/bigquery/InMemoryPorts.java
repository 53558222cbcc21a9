package io.catalogconnect.bigquery;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catalogconnect.bigquery.commit.AppendAnswer;
import io.catalogconnect.bigquery.commit.FinalizedStream;
import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.Registration;
import io.catalogconnect.bigquery.commit.RowFormat;
import io.catalogconnect.bigquery.commit.ServiceUnavailableException;
import io.catalogconnect.bigquery.commit.StreamConnection;
import io.catalogconnect.bigquery.commit.StreamRegistry;
import io.catalogconnect.bigquery.commit.WriteStreams;
import io.catalogconnect.bigquery.commit.WrittenOffsets;
import io.catalogconnect.bigquery.commit.WrittenRows;
import io.catalogconnect.bigquery.flow.SinkPorts;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.TableCatalog;
import io.catalogconnect.bigquery.table.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** In-memory BigQuery that answers at once and decodes rows by their descriptor. */
final class InMemoryPorts implements WriteStreams, StreamRegistry, WrittenOffsets, TableCatalog {

    /** A stored row by column name. */
    record Stored(Map<String, Object> values) {
        Object get(String column) {
            return Objects.requireNonNull(values.get(column), column);
        }
    }

    private static final class Stream {
        private final String table;
        private long rows;
        private boolean finalized;

        private Stream(String table) {
            this.table = table;
        }
    }

    final InMemoryVersions versions = new InMemoryVersions(this);
    final Map<String, TableShape> shapes = new HashMap<>();
    final Map<String, List<Stored>> tables = new HashMap<>();
    /** Every call of a port, in order. */
    final List<String> calls = new ArrayList<>();

    private final Map<LaneKey, Registration> registry = new HashMap<>();
    private final Map<String, Stream> streams = new HashMap<>();
    private final List<Runnable> held = new ArrayList<>();
    Predicate<Stored> badRow = row -> false;
    boolean down;
    boolean holdAnswers;
    boolean released;

    @Nullable
    RuntimeException catalogFailure;

    SinkPorts ports() {
        return new SinkPorts(this, this, this, this, versions, versions, Runnable::run, () -> released = true);
    }

    List<Stored> rows(String table) {
        return tables.getOrDefault(table, List.of());
    }

    List<Object> column(String table, String column) {
        return rows(table).stream().map(row -> row.get(column)).toList();
    }

    void answer() {
        holdAnswers = false;
        held.forEach(Runnable::run);
        held.clear();
    }

    @Override
    public CompletableFuture<Registration> read(LaneKey lane) {
        calls.add("read " + lane);
        return down ? unavailable() : done(registry.getOrDefault(lane, Registration.NONE));
    }

    @Override
    public CompletableFuture<Boolean> replace(LaneKey lane, Registration expected, Registration next) {
        calls.add("register " + lane);
        registry.put(lane, next);
        return done(true);
    }

    @Override
    public CompletableFuture<WrittenRows> written(LaneKey lane, long baseOffset) {
        calls.add("high-water mark of " + lane);
        long highest = -1;
        long above = 0;
        for (Stored row : rows(lane.table())) {
            long offset = (long) row.get("_kafka_offset");
            if (row.get("_kafka_topic").equals(lane.topic())
                    && row.get("_kafka_partition").equals((long) lane.partition())) {
                highest = Math.max(highest, offset);
                above += offset > baseOffset ? 1 : 0;
            }
        }
        return done(new WrittenRows(highest, above));
    }

    @Override
    public CompletableFuture<Long> count(LaneKey lane, long above, long upTo) {
        calls.add("count rows of " + lane);
        return done(rows(lane.table()).stream()
                .filter(row -> row.get("_kafka_topic").equals(lane.topic())
                        && row.get("_kafka_partition").equals((long) lane.partition()))
                .map(row -> (long) row.get("_kafka_offset"))
                .filter(offset -> offset > above && offset <= upTo)
                .count());
    }

    @Override
    public CompletableFuture<Map<Long, Long>> timestamps(LaneKey lane, List<Long> offsets) {
        calls.add("timestamps of " + lane);
        Map<Long, Long> made = new HashMap<>();
        for (Stored row : rows(lane.table())) {
            if (row.get("_kafka_topic").equals(lane.topic())
                    && row.get("_kafka_partition").equals((long) lane.partition())
                    && row.values().containsKey("_kafka_timestamp")) {
                made.put((long) row.get("_kafka_offset"), (long) row.get("_kafka_timestamp") / 1_000);
            }
        }
        made.keySet().retainAll(offsets);
        return done(made);
    }

    @Override
    public CompletableFuture<String> create(String table) {
        calls.add("create stream of " + table);
        String name = table + "/" + streams.size();
        streams.put(name, new Stream(table));
        return done(name);
    }

    @Override
    public String defaultStream(String table) {
        return table + "/_default";
    }

    @Override
    public CompletableFuture<FinalizedStream> finalizeStream(String stream) {
        calls.add("finalize " + stream);
        Stream closed = stream(stream);
        closed.finalized = true;
        return done(FinalizedStream.holding(closed.rows));
    }

    @Override
    public StreamConnection connect(String name) {
        calls.add("connect to " + name);
        return new StreamConnection() {
            private boolean open = true;

            @Override
            public CompletableFuture<AppendAnswer> append(
                    OptionalLong streamOffset, RowFormat format, List<ByteString> rows) {
                calls.add("append to " + name);
                if (down) {
                    open = false;
                    return done(new AppendAnswer.Unavailable("UNAVAILABLE: out of order"));
                }
                AppendAnswer answer = InMemoryPorts.this.append(name, streamOffset, format, rows);
                if (!holdAnswers) {
                    return done(answer);
                }
                CompletableFuture<AppendAnswer> later = new CompletableFuture<>();
                held.add(() -> later.complete(answer));
                return later;
            }

            @Override
            public boolean isOpen() {
                return open;
            }

            @Override
            public void close() {
                open = false;
            }
        };
    }

    @Override
    public Optional<List<Column>> columns(String table) {
        calls.add("columns of " + table);
        if (catalogFailure != null) {
            throw catalogFailure;
        }
        if (down) {
            throw new ServiceUnavailableException("503", null);
        }
        return Optional.ofNullable(shapes.get(table)).map(TableShape::columns);
    }

    @Override
    public boolean create(String table, TableShape shape) {
        calls.add("create table " + table);
        shapes.put(table, shape);
        return true;
    }

    @Override
    public void update(String table, List<Column> columns) {
        calls.add("update table " + table);
        TableShape old = Objects.requireNonNull(shapes.get(table));
        shapes.put(table, new TableShape(columns, old.partitioning(), old.clustering()));
    }

    private AppendAnswer append(String name, OptionalLong offset, RowFormat format, List<ByteString> rows) {
        Stream stream = name.endsWith("_default") ? new Stream(name.substring(0, name.indexOf('/'))) : stream(name);
        if (stream.finalized) {
            return new AppendAnswer.StreamClosed("INVALID_ARGUMENT: Stream has been finalized");
        }
        if (offset.isPresent() && offset.getAsLong() < stream.rows) {
            return new AppendAnswer.BelowEnd(stream.rows);
        }
        if (offset.isPresent() && offset.getAsLong() > stream.rows) {
            return new AppendAnswer.AboveEnd(stream.rows);
        }
        List<Stored> stored = rows.stream().map(row -> decode(format, row)).toList();
        Map<Integer, String> bad = new HashMap<>();
        for (int i = 0; i < stored.size(); i++) {
            if (badRow.test(stored.get(i))) {
                bad.put(i, "Field brand: not a brand.");
            }
        }
        if (!bad.isEmpty()) {
            return new AppendAnswer.RowsRefused(bad);
        }
        stream.rows += stored.size();
        tables.computeIfAbsent(stream.table, table -> new ArrayList<>()).addAll(stored);
        return new AppendAnswer.Appended();
    }

    private Stream stream(String name) {
        return Objects.requireNonNull(streams.get(name), name);
    }

    private static Stored decode(RowFormat format, ByteString row) {
        try {
            Descriptors.FileDescriptor file = Descriptors.FileDescriptor.buildFrom(
                    FileDescriptorProto.newBuilder()
                            .setName("row.proto")
                            .addMessageType(format.descriptor())
                            .build(),
                    new Descriptors.FileDescriptor[0]);
            Map<String, Object> values = new HashMap<>();
            DynamicMessage.parseFrom(file.getMessageTypes().get(0), row)
                    .getAllFields()
                    .forEach((field, value) -> values.put(field.getName(), value));
            return new Stored(values);
        } catch (Descriptors.DescriptorValidationException | InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> CompletableFuture<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }

    private static <T> CompletableFuture<T> unavailable() {
        return CompletableFuture.failedFuture(new ServiceUnavailableException("503", null));
    }
}
