package io.catalogconnect.bigquery.commit;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * In-memory ports of this package with the contract of the real service. Calls are queued and run when {@link #work} picks
 * them, in random order except for the requests of one connection. {@link Faults} defines how often calls and answers are
 * lost, requests outlive their connection, and rows become visible late.
 */
final class SimulatedBigQuery implements StreamRegistry, WrittenOffsets, WriteStreams {

    /** Probability of each fault, from 0 to 1, and the maximum delay before rows are visible. */
    record Faults(
            double callLost,
            double answerLost,
            double noAnswer,
            double internal,
            double connectionLost,
            int visibleWithin) {

        static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0);
    }

    /** A row of a table. */
    record Stored(String topic, int partition, long offset, long visibleAt) {}

    private static final class Stream {
        private final String table;
        private long rows;
        private boolean finalized;

        private Stream(String table) {
            this.table = table;
        }
    }

    private static final int LONGEST_STALL = 200;

    private final Random random;
    private final List<Runnable> queued = new ArrayList<>();
    private final Map<String, Stream> streams = new HashMap<>();
    private final Map<LaneKey, Registration> registry = new HashMap<>();
    private final Map<String, List<Stored>> tables = new HashMap<>();
    private final Map<String, NavigableMap<Long, List<Stored>>> index = new HashMap<>();
    private final List<Connection> connected = new ArrayList<>();
    private Faults faults = Faults.NONE;
    private LongPredicate badOffset = offset -> false;
    private boolean columnsUnknown;
    private double stalling;
    private long now;
    private int connections;

    SimulatedBigQuery(Random random) {
        this.random = random;
    }

    /** The bytes of a row, from which the service reads lane and offset. */
    static ByteString bytes(LaneKey lane, long offset) {
        return ByteString.copyFromUtf8(lane.topic() + "|" + lane.partition() + "|" + offset);
    }

    static RowFormat format(String table) {
        return new RowFormat(table, DescriptorProto.getDefaultInstance());
    }

    void faults(Faults wanted) {
        faults = wanted;
    }

    void refuseOffsets(LongPredicate bad) {
        badOffset = bad;
    }

    void columnsUnknown(boolean unknown) {
        columnsUnknown = unknown;
    }

    void now(long millis) {
        now = millis;
    }

    List<Stored> rows(String table) {
        return tables.getOrDefault(table, List.of());
    }

    Registration registration(LaneKey lane) {
        return registry.getOrDefault(lane, Registration.NONE);
    }

    void register(LaneKey lane, Registration registration) {
        registry.put(lane, registration);
    }

    int connections() {
        return connections;
    }

    /** Ends all connections, as the service does with idle connections. */
    void endConnections() {
        connected.forEach(Connection::close);
    }

    void delete(String table) {
        tables.remove(table);
        index.keySet().removeIf(key -> key.startsWith(table + "|"));
    }

    void forgetStream(String stream) {
        streams.remove(stream);
    }

    /** Runs one queued event; false if the queue is empty. */
    boolean work() {
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

    void workAll() {
        while (work()) {
            // until nothing is queued
        }
    }

    @Override
    public CompletableFuture<Registration> read(LaneKey lane) {
        return call(() -> registry.computeIfAbsent(lane, key -> Registration.NONE));
    }

    @Override
    public CompletableFuture<Boolean> replace(LaneKey lane, Registration expected, Registration next) {
        return call(() -> {
            Registration current = registration(lane);
            if (current.epoch() != expected.epoch()) {
                return false;
            }
            registry.put(lane, next);
            return true;
        });
    }

    @Override
    public CompletableFuture<WrittenRows> written(LaneKey lane, long baseOffset) {
        return call(() -> {
            NavigableMap<Long, List<Stored>> written = byOffset(lane.table(), lane.topic(), lane.partition());
            long above = written.tailMap(baseOffset, false).values().stream()
                    .flatMap(List::stream)
                    .filter(row -> row.visibleAt() <= now)
                    .count();
            long highest = written.descendingMap().values().stream()
                    .flatMap(List::stream)
                    .filter(row -> row.visibleAt() <= now)
                    .mapToLong(Stored::offset)
                    .findFirst()
                    .orElse(-1);
            return new WrittenRows(highest, above);
        });
    }

    @Override
    public CompletableFuture<Long> count(LaneKey lane, long above, long upTo) {
        return call(() ->
                byOffset(lane.table(), lane.topic(), lane.partition())
                        .subMap(above, false, upTo, true)
                        .values()
                        .stream()
                        .flatMap(List::stream)
                        .filter(row -> row.visibleAt() <= now)
                        .count());
    }

    @Override
    public CompletableFuture<String> create(String table) {
        return call(() -> {
            String name = table + "/streams/s" + streams.size();
            streams.put(name, new Stream(table));
            return name;
        });
    }

    @Override
    public String defaultStream(String table) {
        streams.putIfAbsent(table + "/streams/_default", new Stream(table));
        return table + "/streams/_default";
    }

    @Override
    public CompletableFuture<FinalizedStream> finalizeStream(String stream) {
        return call(() -> {
            Stream closed = streams.get(stream);
            if (closed == null) {
                return FinalizedStream.WITHOUT_COUNT;
            }
            closed.finalized = true;
            return FinalizedStream.holding(closed.rows);
        });
    }

    @Override
    public StreamConnection connect(String stream) {
        connections++;
        Connection connection = new Connection(stream);
        connected.add(connection);
        return connection;
    }

    private NavigableMap<Long, List<Stored>> byOffset(String table, String topic, int partition) {
        return index.computeIfAbsent(table + "|" + topic + "|" + partition, key -> new TreeMap<>());
    }

    /** Sets the probability that a call takes much longer than others, from 0 to 1. */
    void stalling(double share) {
        stalling = share;
    }

    /** Queues an event that runs after at least {@code others} other events. */
    void later(int others, Runnable event) {
        queued.add(others == 0 ? event : () -> later(others - 1, event));
    }

    /** Offsets of a lane's rows that queries see now. */
    Set<Long> visible(LaneKey lane) {
        Set<Long> offsets = new TreeSet<>();
        byOffset(lane.table(), lane.topic(), lane.partition()).values().stream()
                .flatMap(List::stream)
                .filter(row -> row.visibleAt() <= now)
                .forEach(row -> offsets.add(row.offset()));
        return offsets;
    }

    /** Runs a call of another port of this service, with the same faults. */
    <T> CompletableFuture<T> call(Supplier<T> effect) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean stalls = stalling > 0 && random.nextDouble() < stalling;
        later(stalls ? random.nextInt(LONGEST_STALL) : 0, () -> {
            double dice = random.nextDouble();
            if (dice < faults.callLost()) {
                answer.completeExceptionally(new ServiceUnavailableException("UNAVAILABLE: call lost", null));
                return;
            }
            T result = effect.get();
            if (dice < faults.callLost() + faults.answerLost()) {
                answer.completeExceptionally(new ServiceUnavailableException("UNAVAILABLE: answer lost", null));
            } else if (dice >= faults.callLost() + faults.answerLost() + faults.noAnswer()) {
                answer.complete(result);
            }
        });
        return answer;
    }

    private record Request(OptionalLong offset, List<ByteString> rows, CompletableFuture<AppendAnswer> answer) {}

    private final class Connection implements StreamConnection {
        private final String stream;
        private final Deque<Request> requests = new ArrayDeque<>();
        private final Deque<Request> unanswered = new ArrayDeque<>();
        private boolean open = true;

        private Connection(String stream) {
            this.stream = stream;
        }

        @Override
        public CompletableFuture<AppendAnswer> append(OptionalLong offset, RowFormat format, List<ByteString> rows) {
            if (!open) {
                return CompletableFuture.completedFuture(new AppendAnswer.Unavailable("the connection has ended"));
            }
            Request request = new Request(offset, List.copyOf(rows), new CompletableFuture<>());
            requests.addLast(request);
            unanswered.addLast(request);
            queued.add(this::process);
            return request.answer();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
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
                    queued.add(this::process);
                }
                close();
                return;
            }
            if (dice < faults.connectionLost() + faults.internal()) {
                answer(request, new AppendAnswer.Unavailable("INTERNAL: try again"));
                return;
            }
            AppendAnswer answer = apply(request);
            if (dice < faults.connectionLost() + faults.internal() + faults.answerLost()) {
                close();
            } else if (dice >= faults.connectionLost() + faults.internal() + faults.answerLost() + faults.noAnswer()) {
                answer(request, answer);
            }
        }

        private void answer(Request request, AppendAnswer answer) {
            unanswered.remove(request);
            request.answer().complete(answer);
        }

        private AppendAnswer apply(Request request) {
            Stream to = streams.get(stream);
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
            if (columnsUnknown) {
                return new AppendAnswer.SchemaUnknown("Input schema has more fields than BigQuery schema");
            }
            Map<Integer, String> bad = new HashMap<>();
            List<Stored> stored = new ArrayList<>();
            for (int i = 0; i < request.rows().size(); i++) {
                String[] parts = request.rows().get(i).toStringUtf8().split("\\|", -1);
                long kafkaOffset = Long.parseLong(parts[2]);
                if (badOffset.test(kafkaOffset)) {
                    bad.put(i, "Field x: a bad value");
                }
                long visibleAt = now + (faults.visibleWithin() == 0 ? 0 : random.nextInt(faults.visibleWithin()));
                stored.add(new Stored(parts[0], Integer.parseInt(parts[1]), kafkaOffset, visibleAt));
            }
            if (!bad.isEmpty()) {
                return new AppendAnswer.RowsRefused(bad);
            }
            to.rows += stored.size();
            tables.computeIfAbsent(to.table, name -> new ArrayList<>()).addAll(stored);
            for (Stored row : stored) {
                byOffset(to.table, row.topic(), row.partition())
                        .computeIfAbsent(row.offset(), offsetOf -> new ArrayList<>())
                        .add(row);
            }
            return new AppendAnswer.Appended();
        }
    }
}
