package io.catalogconnect.bigquery.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catalogconnect.bigquery.commit.AppendAnswer;
import io.catalogconnect.bigquery.commit.Batch;
import io.catalogconnect.bigquery.commit.FinalizedStream;
import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.Registration;
import io.catalogconnect.bigquery.commit.RegistryStatements;
import io.catalogconnect.bigquery.commit.RowFormat;
import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.commit.ServiceUnavailableException;
import io.catalogconnect.bigquery.commit.StreamConnection;
import io.catalogconnect.bigquery.commit.StreamRegistry;
import io.catalogconnect.bigquery.commit.TableUnknownException;
import io.catalogconnect.bigquery.commit.WriteStreams;
import io.catalogconnect.bigquery.commit.WrittenOffsets;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.MetaColumns;
import io.catalogconnect.bigquery.table.TableCatalog;
import io.catalogconnect.bigquery.table.TableShape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In-memory ports of the sink with the contract of the real service. Rows are decoded by their descriptor. Calls are queued
 * and run when {@link #work} picks them, in random order except for the requests of one connection, or at once.
 * {@link Faults} defines how often calls and answers are lost, requests outlive their connection, and rows become visible
 * late. Not thread-safe.
 */
public final class SimulatedBigQuery
        implements StreamRegistry, RegistryStatements, WrittenOffsets, WriteStreams, TableCatalog {

    /** Probability of each fault, from 0 to 1, and the maximum delay before rows are visible. */
    public record Faults(
            double callLost,
            double answerLost,
            double noAnswer,
            double internal,
            double connectionLost,
            int visibleWithin) {

        public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0);

        /** The service is unavailable. */
        public static final Faults DOWN = new Faults(1, 0, 0, 0, 1, 0);
    }

    /** A row of a table: its position in Kafka, and its columns by name. */
    public record Stored(String topic, int partition, long offset, Map<String, Object> values, long visibleAt) {

        /** The value of a column that is not null. */
        public Object get(String column) {
            return Objects.requireNonNull(values.get(column), column);
        }
    }

    private static final class WriteStream {
        private final String table;
        private long rows;
        private boolean finalized;

        private WriteStream(String table) {
            this.table = table;
        }
    }

    /** Work that runs when its time has come; of the same time, in the order in which it was added. */
    private record Due(long at, long number, Runnable work) {}

    /** Reason of the service for a row that it refuses. */
    public static final String REFUSAL = "Field x: a bad value";

    /** Reason of the service for the use of a table that does not exist or is not permitted. */
    public static final String DENIAL = "PERMISSION_DENIED: Permission denied on table t (or it may not exist).";

    private static final int LONGEST_STALL = 200;

    private final Random random;
    private final boolean answersAtOnce;
    private final List<Runnable> queued = new ArrayList<>();
    private final Map<String, WriteStream> streams = new HashMap<>();
    private final Map<String, Registration> registry = new HashMap<>();
    private final Map<String, TableShape> shapes = new HashMap<>();
    private final Map<String, List<Stored>> tables = new HashMap<>();
    private final List<Stored> appended = new ArrayList<>();
    private final Map<String, NavigableMap<Long, List<Stored>>> index = new HashMap<>();
    private final IdentityHashMap<DescriptorProto, Descriptor> descriptors = new IdentityHashMap<>();
    private final List<Connection> connected = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Runnable> heldAnswers = new ArrayList<>();
    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private Faults faults = Faults.NONE;
    private Predicate<Stored> refused = row -> false;
    private @Nullable RuntimeException catalogFailure;
    private @Nullable AppendAnswer appendAnswer;
    private boolean columnsUnknown;
    private boolean tablesUnknown;
    private boolean refusesQueriesOfMissingTables;
    private boolean holdsAppendAnswers;
    private boolean isWorking;
    private double stalling;
    private long now;
    private int connections;
    private int handovers;
    private int registryChanges;
    private int conflicts;
    private int partlyReplaced;
    private long timersAdded;
    private int streamsCreated;
    private int processes;
    private int callsMade;
    private int crashingCall;
    private boolean crashesAfterEffect;
    private Runnable onCrash = () -> {};

    /** A service that queues its calls. */
    public SimulatedBigQuery(Random random) {
        this(random, false);
    }

    private SimulatedBigQuery(Random random, boolean answersAtOnce) {
        this.random = random;
        this.answersAtOnce = answersAtOnce;
    }

    /** A service that answers each call before the call returns, and records its calls. */
    public static SimulatedBigQuery answeringAtOnce() {
        return new SimulatedBigQuery(new Random(1), true);
    }

    /** Calls of the ports in their order; only if this service answers at once. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    public void faults(Faults wanted) {
        faults = wanted;
    }

    /** Refuses each row for which the predicate holds. */
    public void refuse(Predicate<Stored> rows) {
        refused = rows;
    }

    /** Fails each call of {@link TableCatalog#columns}. */
    public void failCatalog(RuntimeException failure) {
        catalogFailure = failure;
    }

    /** Whether the Storage Write API denies access to every table, as for a table that does not exist. */
    public void tablesUnknown(boolean unknown) {
        tablesUnknown = unknown;
    }

    /** Fails queries of the offsets in tables that were not created, as the service does. */
    public void refuseQueriesOfMissingTables() {
        refusesQueriesOfMissingTables = true;
    }

    public void columnsUnknown(boolean unknown) {
        columnsUnknown = unknown;
    }

    /** Answers appends with this answer without executing them; null executes them again. */
    public void answerAppends(@Nullable AppendAnswer answer) {
        appendAnswer = answer;
    }

    /** Executes appends, but answers them only at {@link #releaseAppendAnswers}. */
    public void holdAppendAnswers() {
        holdsAppendAnswers = true;
    }

    public void releaseAppendAnswers() {
        holdsAppendAnswers = false;
        heldAnswers.forEach(Runnable::run);
        heldAnswers.clear();
    }

    public long now() {
        return now;
    }

    public void now(long millis) {
        now = millis;
        for (Due next = timers.peek(); next != null && next.at() <= now; next = timers.peek()) {
            timers.remove().work().run();
        }
    }

    /** Runs work when {@link #now(long)} reaches its time. */
    public Batch.Timer timer() {
        return (delay, work) -> timers.add(new Due(now + delay.toMillis(), timersAdded++, work));
    }

    /** Number of statements that changed the registry for some of their lanes, but not for all. */
    public int partlyReplaced() {
        return partlyReplaced;
    }

    /** Number of statements that conflicted with another one. */
    public int conflicts() {
        return conflicts;
    }

    public List<Stored> rows(String table) {
        return tables.getOrDefault(table, List.of());
    }

    /** The values of a column without nulls, in the order of the rows. */
    public List<Object> column(String table, String column) {
        return rows(table).stream().map(row -> row.get(column)).toList();
    }

    /** Names of the tables that have rows. */
    public Set<String> tablesWithRows() {
        return Set.copyOf(tables.keySet());
    }

    /** Whether a table was created. */
    public boolean hasTable(String table) {
        return shapes.containsKey(table);
    }

    /** The columns, partitioning and clustering of a table. */
    public TableShape shape(String table) {
        return Objects.requireNonNull(shapes.get(table), table);
    }

    public Registration registration(LaneKey lane) {
        return registry.getOrDefault(registryKey(lane), Registration.NONE);
    }

    public void register(LaneKey lane, Registration registration) {
        registry.put(registryKey(lane), registration);
    }

    /** How often a lane was taken over by another connector than its owner's. */
    public int handovers() {
        return handovers;
    }

    /** The connector is no part of the key. */
    private static String registryKey(LaneKey lane) {
        return lane.table() + "|" + lane.topic() + "|" + lane.partition();
    }

    public int connections() {
        return connections;
    }

    /** Number of connections that were opened and not closed, whether they have ended or not. */
    public long unclosedConnections() {
        return connected.stream().filter(connection -> !connection.closed).count();
    }

    /** Ends all connections, as the service does with idle connections. */
    public void endConnections() {
        connected.forEach(Connection::end);
    }

    public void delete(String table) {
        delete(table, row -> true);
    }

    /** Deletes rows of a table, as any user may do. */
    public void delete(String table, Predicate<Stored> rows) {
        List<Stored> kept = rows(table).stream().filter(rows.negate()).toList();
        restore(table, kept);
    }

    /** Replaces the rows of a table, for example by those of an earlier time. */
    public void restore(String table, List<Stored> rows) {
        tables.remove(table);
        index.keySet().removeIf(key -> key.startsWith(table + "|"));
        rows.forEach(row -> add(table, row));
    }

    private void add(String table, Stored row) {
        tables.computeIfAbsent(table, name -> new ArrayList<>()).add(row);
        byOffset(table, row.topic(), row.partition())
                .computeIfAbsent(row.offset(), offsetOf -> new ArrayList<>())
                .add(row);
    }

    /** All rows that were appended, whether they were deleted later or not. */
    public List<Stored> appended() {
        return appended;
    }

    public void forgetStream(String stream) {
        streams.remove(stream);
    }

    /** Runs one queued event; false if the queue is empty. */
    public boolean work() {
        if (queued.isEmpty()) {
            return false;
        }
        int picked = random.nextInt(queued.size());
        Runnable next = queued.get(picked);
        queued.set(picked, queued.get(queued.size() - 1));
        queued.remove(queued.size() - 1);
        next.run();
        return true;
    }

    public void workAll() {
        while (work()) {
            // until nothing is queued
        }
    }

    @Override
    public CompletableFuture<Registration> read(LaneKey lane) {
        return call("read " + lane, () -> registry.computeIfAbsent(registryKey(lane), key -> Registration.NONE));
    }

    @Override
    public CompletableFuture<Boolean> replace(LaneKey lane, Registration expected, Registration next) {
        return call("register " + lane, () -> replaceNow(lane, expected, next));
    }

    @Override
    public CompletableFuture<Map<LaneKey, Registration>> read(Collection<LaneKey> lanes) {
        return call("read " + lanes, () -> {
            Map<LaneKey, Registration> found = new HashMap<>();
            lanes.forEach(
                    lane -> found.put(lane, registry.computeIfAbsent(registryKey(lane), key -> Registration.NONE)));
            return found;
        });
    }

    /** A statement reads the registry first, and changes it later, unless another statement changed it in between. */
    @Override
    public CompletableFuture<Map<LaneKey, Boolean>> replace(Map<LaneKey, Change> changes) {
        return call("begin to register " + changes.keySet(), () -> registryChanges)
                .thenCompose(version -> call("register " + changes.keySet(), () -> {
                    if (version != registryChanges) {
                        conflicts++;
                        throw new ServiceUnavailableException("due to concurrent update", null);
                    }
                    Map<LaneKey, Boolean> replaced = new HashMap<>();
                    changes.forEach(
                            (lane, change) -> replaced.put(lane, replaceNow(lane, change.expected(), change.next())));
                    partlyReplaced += Set.copyOf(replaced.values()).size() > 1 ? 1 : 0;
                    return replaced;
                }));
    }

    private boolean replaceNow(LaneKey lane, Registration expected, Registration next) {
        Registration current = registration(lane);
        if (current.epoch() != expected.epoch()) {
            return false;
        }
        handovers += current.stream().isEmpty() || current.connector().equals(next.connector()) ? 0 : 1;
        registryChanges++;
        registry.put(registryKey(lane), next);
        return true;
    }

    @Override
    public CompletableFuture<Long> highest(LaneKey lane) {
        if (refusesQueriesOfMissingTables && !hasTable(lane.table())) {
            return CompletableFuture.failedFuture(new ServiceRefusedException(
                    "reading the offsets of " + lane + ": 404 Not found: Table " + lane.table(), null));
        }
        return call(
                "highest offset of " + lane,
                () -> visibleRows(byOffset(lane).descendingMap().values())
                        .mapToLong(Stored::offset)
                        .findFirst()
                        .orElse(-1));
    }

    @Override
    public CompletableFuture<Long> count(LaneKey lane, long above, long upTo) {
        return call(
                "count rows of " + lane,
                () -> visibleRows(
                                byOffset(lane).subMap(above, false, upTo, true).values())
                        .count());
    }

    @Override
    public CompletableFuture<Map<Long, Long>> timestamps(LaneKey lane, List<Long> offsets) {
        return call("timestamps of " + lane, () -> {
            Map<Long, Long> millis = new HashMap<>();
            NavigableMap<Long, List<Stored>> written = byOffset(lane);
            for (long offset : offsets) {
                visibleRows(List.of(written.getOrDefault(offset, List.of())))
                        .filter(row -> row.values().containsKey("_kafka_timestamp"))
                        .forEach(row -> millis.put(offset, (long) row.get("_kafka_timestamp") / 1_000));
            }
            return millis;
        });
    }

    @Override
    public CompletableFuture<String> create(String table) {
        return call("create stream of " + table, () -> {
            if (tablesUnknown) {
                throw new TableUnknownException(DENIAL, null);
            }
            String name = table + "/streams/s" + streamsCreated++;
            streams.put(name, new WriteStream(table));
            return name;
        });
    }

    @Override
    public String defaultStream(String table) {
        streams.putIfAbsent(table + "/streams/_default", new WriteStream(table));
        return table + "/streams/_default";
    }

    @Override
    public CompletableFuture<FinalizedStream> finalizeStream(String stream) {
        return call("finalize " + stream, () -> {
            WriteStream closed = streams.get(stream);
            if (closed == null) {
                return FinalizedStream.WITHOUT_COUNT;
            }
            closed.finalized = true;
            return FinalizedStream.holding(closed.rows);
        });
    }

    @Override
    public StreamConnection connect(String stream) {
        record("connect to " + stream);
        connections++;
        Connection connection = new Connection(stream);
        connected.add(connection);
        return connection;
    }

    @Override
    public Optional<List<Column>> columns(String table) {
        record("columns of " + table);
        if (catalogFailure != null) {
            throw catalogFailure;
        }
        checkAvailable();
        return Optional.ofNullable(shapes.get(table)).map(TableShape::columns);
    }

    @Override
    public boolean create(String table, TableShape shape) {
        record("create table " + table);
        checkAvailable();
        return shapes.putIfAbsent(table, shape) == null;
    }

    @Override
    public List<String> primaryKey(String table) {
        record("primary key of table " + table);
        return shape(table).primaryKey();
    }

    @Override
    public void changeType(String table, String column, ColumnType type) {
        record("change type in table " + table);
        checkAvailable();
        List<Column> changed = shape(table).columns().stream()
                .map(each -> each.name().equals(column) ? each.withType(type) : each)
                .toList();
        update(table, changed);
    }

    @Override
    public void update(String table, List<Column> columns) {
        record("update table " + table);
        checkAvailable();
        TableShape old = shape(table);
        shapes.put(table, new TableShape(columns, old.partitioning(), old.clustering()));
    }

    private void checkAvailable() {
        if (random.nextDouble() < faults.callLost()) {
            throw new ServiceUnavailableException("UNAVAILABLE: call lost", null);
        }
    }

    private NavigableMap<Long, List<Stored>> byOffset(LaneKey lane) {
        return byOffset(lane.table(), lane.topic(), lane.partition());
    }

    private NavigableMap<Long, List<Stored>> byOffset(String table, String topic, int partition) {
        return index.computeIfAbsent(table + "|" + topic + "|" + partition, key -> new TreeMap<>());
    }

    private Stream<Stored> visibleRows(Collection<List<Stored>> rows) {
        return rows.stream().flatMap(List::stream).filter(row -> row.visibleAt() <= now);
    }

    /** Sets the probability that a call takes much longer than others, from 0 to 1. */
    public void stalling(double share) {
        stalling = share;
    }

    /** Queues an event that runs after at least {@code others} other events. */
    public void later(int others, Runnable event) {
        enqueue(others == 0 ? event : () -> later(others - 1, event));
    }

    private void enqueue(Runnable event) {
        queued.add(event);
        if (answersAtOnce && !isWorking) {
            isWorking = true;
            try {
                workAll();
            } finally {
                isWorking = false;
            }
        }
    }

    /** Offsets of a lane's rows that queries see now. */
    public Set<Long> visible(LaneKey lane) {
        Set<Long> offsets = new TreeSet<>();
        visibleRows(byOffset(lane).values()).forEach(row -> offsets.add(row.offset()));
        return offsets;
    }

    /**
     * Ends the process that calls this service when it has made a number of calls: no call is answered any more, and the last
     * one has an effect or not. Calls of the next process are answered.
     */
    public void crashAt(int call, boolean afterEffect, Runnable crash) {
        crashingCall = call;
        crashesAfterEffect = afterEffect;
        onCrash = crash;
    }

    private void crash() {
        processes++;
        onCrash.run();
    }

    /** Runs a call of another port of this service, with the same faults. */
    <T> CompletableFuture<T> call(String what, Supplier<T> effect) {
        record(what);
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean stalls = stalling > 0 && random.nextDouble() < stalling;
        int process = processes;
        boolean crashes = ++callsMade == crashingCall;
        later(stalls ? random.nextInt(LONGEST_STALL) : 0, () -> {
            if (crashes && !crashesAfterEffect) {
                crash();
                return;
            }
            double dice = random.nextDouble();
            if (dice < faults.callLost()) {
                answer.completeExceptionally(new ServiceUnavailableException("UNAVAILABLE: call lost", null));
                return;
            }
            T result;
            try {
                result = effect.get();
            } catch (ServiceUnavailableException e) {
                answer.completeExceptionally(e);
                return;
            }
            if (crashes) {
                crash();
            } else if (process != processes) {
                return; // nobody waits for the answer
            } else if (dice < faults.callLost() + faults.answerLost()) {
                answer.completeExceptionally(new ServiceUnavailableException("UNAVAILABLE: answer lost", null));
            } else if (dice >= faults.callLost() + faults.answerLost() + faults.noAnswer()) {
                answer.complete(result);
            }
        });
        return answer;
    }

    private void record(String call) {
        if (answersAtOnce) {
            calls.add(call);
        }
    }

    private Stored decode(RowFormat format, ByteString row) {
        Map<String, Object> values = new HashMap<>();
        try {
            DynamicMessage.parseFrom(
                            descriptors.computeIfAbsent(format.descriptor(), SimulatedBigQuery::descriptor), row)
                    .getAllFields()
                    .forEach((field, value) -> values.put(field.getName(), value));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return new Stored(
                (String) Objects.requireNonNull(values.get(MetaColumns.TOPIC)),
                Math.toIntExact((long) Objects.requireNonNull(values.get(MetaColumns.PARTITION))),
                (long) Objects.requireNonNull(values.get(MetaColumns.OFFSET)),
                values,
                visibleAt());
    }

    /** When queries see a row that is appended now. */
    long visibleAt() {
        return now + (faults.visibleWithin() == 0 ? 0 : random.nextInt(faults.visibleWithin()));
    }

    private static Descriptor descriptor(DescriptorProto message) {
        try {
            return FileDescriptor.buildFrom(
                            FileDescriptorProto.newBuilder()
                                    .setName("row.proto")
                                    .addMessageType(message)
                                    .build(),
                            new FileDescriptor[0])
                    .getMessageTypes()
                    .get(0);
        } catch (DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    private record Request(
            OptionalLong offset, RowFormat format, List<ByteString> rows, CompletableFuture<AppendAnswer> answer) {}

    private final class Connection implements StreamConnection {
        private final String stream;
        private final Deque<Request> requests = new ArrayDeque<>();
        private final Deque<Request> unanswered = new ArrayDeque<>();
        private boolean open = true;
        private boolean closed;

        private Connection(String stream) {
            this.stream = stream;
        }

        @Override
        public CompletableFuture<AppendAnswer> append(OptionalLong offset, RowFormat format, List<ByteString> rows) {
            record("append to " + stream);
            if (!open) {
                return CompletableFuture.completedFuture(new AppendAnswer.Unavailable("the connection has ended"));
            }
            Request request = new Request(offset, format, List.copyOf(rows), new CompletableFuture<>());
            requests.addLast(request);
            unanswered.addLast(request);
            enqueue(this::process);
            return request.answer();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            closed = true;
            end();
        }

        private void end() {
            open = false;
            if (random.nextBoolean()) {
                requests.clear(); // otherwise they are processed later
            }
            List<Request> lost = new ArrayList<>(unanswered);
            unanswered.clear();
            lost.forEach(
                    request -> request.answer().complete(new AppendAnswer.Unavailable("the connection was closed")));
        }

        private void process() {
            Request request = requests.pollFirst();
            if (request == null) {
                return;
            }
            double dice = random.nextDouble();
            if (dice < faults.connectionLost()) {
                if (random.nextBoolean()) {
                    requests.addFirst(request);
                    enqueue(this::process);
                }
                end();
                return;
            }
            if (dice < faults.connectionLost() + faults.internal()) {
                answer(request, new AppendAnswer.Unavailable("INTERNAL: try again"));
                return;
            }
            AppendAnswer answer = apply(request);
            if (dice < faults.connectionLost() + faults.internal() + faults.answerLost()) {
                end();
            } else if (dice >= faults.connectionLost() + faults.internal() + faults.answerLost() + faults.noAnswer()) {
                answer(request, answer);
            }
        }

        private void answer(Request request, AppendAnswer answer) {
            if (holdsAppendAnswers) {
                heldAnswers.add(() -> answer(request, answer));
                return;
            }
            unanswered.remove(request);
            request.answer().complete(answer);
        }

        private AppendAnswer apply(Request request) {
            if (appendAnswer != null) {
                return appendAnswer;
            }
            WriteStream to = streams.get(stream);
            if (to == null || to.finalized) {
                return new AppendAnswer.StreamClosed("INVALID_ARGUMENT: Stream has been finalized");
            }
            long offset = request.offset().orElse(to.rows);
            if (offset < to.rows) {
                return new AppendAnswer.BelowEnd(to.rows);
            }
            if (offset > to.rows) {
                return new AppendAnswer.AboveEnd(to.rows);
            }
            if (tablesUnknown) {
                return new AppendAnswer.TableUnknown(DENIAL);
            }
            if (columnsUnknown) {
                return new AppendAnswer.SchemaUnknown("Input schema has more fields than BigQuery schema");
            }
            Map<Integer, String> bad = new HashMap<>();
            List<Stored> stored = new ArrayList<>();
            for (int i = 0; i < request.rows().size(); i++) {
                Stored row = decode(request.format(), request.rows().get(i));
                if (refused.test(row)) {
                    bad.put(i, REFUSAL);
                }
                stored.add(row);
            }
            if (!bad.isEmpty()) {
                return new AppendAnswer.RowsRefused(bad);
            }
            to.rows += stored.size();
            appended.addAll(stored);
            stored.forEach(row -> add(to.table, row));
            return new AppendAnswer.Appended();
        }
    }
}
