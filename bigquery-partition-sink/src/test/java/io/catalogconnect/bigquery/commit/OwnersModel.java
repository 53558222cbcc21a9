package io.catalogconnect.bigquery.commit;

import io.catalogconnect.bigquery.simulation.LaneRows;
import io.catalogconnect.bigquery.simulation.ModelOwner;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Faults;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Stored;
import io.catalogconnect.bigquery.simulation.SimulatedCheckpoints;
import io.catalogconnect.bigquery.simulation.Succession;
import io.catalogconnect.bigquery.table.TableMismatchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Model of Kafka, rebalances and several concurrent owners of the same partitions, on a {@link SimulatedBigQuery}. Each
 * owner reads from the offset that was committed when it started, writes through its {@link PartitionWriter}s, and does not
 * notice that it lost the partition. A run depends only on its seed.
 */
final class OwnersModel {

    /** The ports of an owner; a deliberately broken variant wraps them. The registry of {@code takeOver} uses the statements. */
    record Ports(WriteStreams streams, RegistryStatements statements, Batch.Timing timing, TakeOverPorts takeOver) {
        Ports with(StreamRegistry registry) {
            return with(new TakeOverPorts(registry, takeOver.checkpoints(), takeOver.writtenOffsets()));
        }

        Ports with(RegistryStatements changed) {
            return with(new BatchedRegistry(changed, timing, timing));
        }

        Ports with(TakeOverPorts changed) {
            return new Ports(streams, statements, timing, changed);
        }

        Ports with(WriteStreams changed) {
            return new Ports(changed, statements, timing, takeOver);
        }
    }

    /** Outcome of a run. A row that was appended counts as written even if it was deleted later. */
    record Outcome(
            int records,
            int ownershipChanges,
            int lost,
            int doubled,
            int refused,
            int fenced,
            int handovers,
            int deletions,
            int conflicts,
            int partlyReplaced) {}

    /** A connector with a task for each lane. It has its own consumer group, and starts when all lanes have progressed. */
    record Connector(String name, WriterSettings.OtherConnectors others, double startsAfter) {}

    private static final String TABLE = "products";
    private static final int LEAST_PER_OWNER = 250;
    private static final Faults TROUBLE = new Faults(0.03, 0.03, 0.01, 0.02, 0.02, 400);

    /** One topic partition: its offsets, with gaps, and the committed offset. */
    private static final class TopicLog {
        private final LaneKey lane;
        private final LaneRows rows;
        /** Rows of a format that the table refuses. */
        private final LaneRows misfits;

        private final List<Long> offsets = new ArrayList<>();
        private final Map<String, Long> committed = new HashMap<>();

        private TopicLog(LaneKey lane, int records, Random random) {
            this.lane = lane;
            this.rows = new LaneRows(lane);
            this.misfits = new LaneRows(lane);
            long offset = random.nextInt(100);
            for (int i = 0; i < records; i++) {
                offsets.add(offset);
                offset += random.nextInt(10) == 0 ? 1 + random.nextInt(20) : 1; // dropped record or transaction marker
            }
        }

        Row row(long offset) {
            return offset % 499 == 11 ? misfits.row(offset) : rows.row(offset);
        }

        boolean accepts(RowFormat format) {
            return format == rows.row(0).format();
        }

        /** Whether a connector has committed this share of the records. */
        boolean hasProgressed(double share) {
            return committed.keySet().stream().anyMatch(group -> committedPosition(group) >= share * offsets.size());
        }

        int committedPosition(String connector) {
            int found = Collections.binarySearch(offsets, committed.getOrDefault(connector, 0L));
            return found >= 0 ? found : -found - 1;
        }
    }

    private final Random random;
    private final SimulatedBigQuery service;
    private final SimulatedCheckpoints checkpoints;
    private final UnaryOperator<Ports> variant;
    private final List<TopicLog> topics = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private final Succession<Owner> succession;
    private List<Stored> snapshot = List.of();
    private int deletions;

    private final List<Connector> later = new ArrayList<>();

    /** One connector with one task for all lanes. */
    OwnersModel(long seed, int records, UnaryOperator<Ports> variant) {
        this(seed, records, variant, List.of());
        Connector single = new Connector("sink", WriterSettings.OtherConnectors.FAIL, 0);
        succession.add(() -> new Owner(single, topics));
    }

    /** Several connectors that write the same lanes. */
    OwnersModel(long seed, int records, UnaryOperator<Ports> variant, List<Connector> connectors) {
        this.random = new Random(seed);
        this.service = new SimulatedBigQuery(random);
        this.checkpoints = new SimulatedCheckpoints(service, random);
        this.variant = variant;
        int each = records / 3 + 1;
        topics.add(new TopicLog(new LaneKey("sink", "products.a", 0, TABLE), each, random));
        topics.add(new TopicLog(new LaneKey("sink", "products.a", 1, TABLE), each, random));
        topics.add(new TopicLog(new LaneKey("sink", "products.b", 0, TABLE), each, random));
        service.refuse(row -> row.offset() % 499 == 7);
        service.faults(TROUBLE);
        this.succession = new Succession<>(random, service, 4);
        this.later.addAll(connectors);
        startConnectors();
    }

    private void startConnectors() {
        for (Connector connector : List.copyOf(later)) {
            if (connector.startsAfter() == 0
                    || topics.stream().allMatch(topic -> topic.hasProgressed(connector.startsAfter()))) {
                later.remove(connector);
                topics.forEach(topic -> succession.add(() -> new Owner(connector, List.of(topic))));
            }
        }
    }

    Outcome run() {
        int records = topics.stream().mapToInt(topic -> topic.offsets.size()).sum();
        int perOwner = Math.max(LEAST_PER_OWNER, records / 120); // enough time for a take-over
        while (!topics.stream().allMatch(topic -> topic.hasProgressed(1))) {
            startConnectors();
            succession.tick();
            if (random.nextInt(5_000) == 0) {
                changeTable();
            }
            if (succession.owners().stream().anyMatch(owner -> owner.delivered > perOwner)
                    || random.nextInt(20_000) == 0) {
                succession.rebalance();
            }
        }
        service.faults(Faults.NONE);
        for (int i = 0; i < 20_000; i++) {
            succession.tick(); // zombies run until the end
        }
        service.workAll();
        return outcome();
    }

    /** Users delete rows, truncate the table, restore a snapshot or let partitions expire. */
    private void changeTable() {
        List<Stored> rows = service.rows(TABLE);
        deletions++;
        switch (random.nextInt(5)) {
            case 0 -> service.delete(TABLE);
            case 1 -> snapshot = List.copyOf(rows);
            case 2 -> service.restore(TABLE, snapshot);
            case 3 -> {
                int share = 1 + random.nextInt(20);
                service.delete(TABLE, row -> random.nextInt(share) == 0);
            }
            default -> service.restore(TABLE, List.copyOf(rows.subList(0, random.nextInt(rows.size() + 1))));
        }
    }

    private Outcome outcome() {
        int total = 0;
        int lost = 0;
        int doubled = 0;
        Map<String, Integer> seen = new HashMap<>();
        for (Stored row : service.appended()) {
            seen.merge(position(row.topic(), row.partition(), row.offset()), 1, Integer::sum);
        }
        for (TopicLog topic : topics) {
            for (long offset : topic.offsets) {
                String key = position(topic.lane.topic(), topic.lane.partition(), offset);
                int times = seen.getOrDefault(key, 0) + (refused.contains(key) ? 1 : 0);
                total++;
                lost += times == 0 ? 1 : 0;
                doubled += Math.max(0, times - 1);
            }
        }
        return new Outcome(
                total,
                succession.changes(),
                lost,
                doubled,
                refused.size(),
                succession.fenced(),
                service.handovers(),
                deletions,
                service.conflicts(),
                service.partlyReplaced());
    }

    private static String position(String topic, int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }

    private final class Owner extends ModelOwner {
        private final List<Assignment> assignments = new ArrayList<>();
        private int next;
        private int delivered;
        private boolean stopped;

        private Owner(Connector connector, List<TopicLog> assigned) {
            super(random);
            Batch.Timing timing = Batch.Timing.of(service.timer(), Duration.ofSeconds(1));
            Ports ports = variant.apply(new Ports(
                    service,
                    service,
                    timing,
                    new TakeOverPorts(new BatchedRegistry(service, timing, timing), checkpoints, service)));
            WriterSettings settings = settings(Duration.ZERO, connector.others());
            for (TopicLog topic : assigned) {
                LaneKey lane =
                        new LaneKey(connector.name(), topic.lane.topic(), topic.lane.partition(), topic.lane.table());
                assignments.add(new Assignment(topic, writer(lane, ports, settings, topic::accepts)));
            }
        }

        private PartitionWriter writer(
                LaneKey lane, Ports ports, WriterSettings settings, Predicate<RowFormat> accepted) {
            return new PartitionWriter(
                    lane,
                    ports.takeOver(),
                    new WriterContext(ports.streams(), settings, this, backoff(), readiness(accepted), () -> {}));
        }

        private TableReadiness readiness(Predicate<RowFormat> accepted) {
            return new TableReadiness() {
                @Override
                public boolean accepts(RowFormat format) {
                    return accepted.test(format);
                }

                @Override
                public Optional<TableMismatchException> refusal(RowFormat format) {
                    return accepted.test(format)
                            ? Optional.empty()
                            : Optional.of(new TableMismatchException("the table does not fit"));
                }
            };
        }

        @Override
        protected void act() {
            next = random.nextInt(assignments.size());
            super.act();
        }

        @Override
        protected void deliver() {
            delivered += assignments.get(next).deliver();
        }

        @Override
        protected void commit() {
            assignments.get(next).commit();
        }

        @Override
        protected void advanceWriters() {
            assignments.get(next).writer.advance(succession.now());
        }

        @Override
        protected void close() {
            stopped = true;
            assignments.forEach(assignment -> assignment.writer.close());
        }

        @Override
        public PendingReport refused(LaneKey lane, Row row, String reason) {
            // A report is stored some time later, unless its owner was stopped before.
            CompletableFuture<Void> report = new CompletableFuture<>();
            service.later(random.nextInt(5), () -> {
                if (!stopped) {
                    refused.add(position(lane.topic(), lane.partition(), row.offset()));
                    report.complete(null);
                }
            });
            return report::isDone;
        }
    }

    /** A partition as one owner sees it. */
    private final class Assignment {
        private final TopicLog topic;
        private final PartitionWriter writer;
        private int position;

        private Assignment(TopicLog topic, PartitionWriter writer) {
            this.topic = topic;
            this.writer = writer;
            this.position = topic.committedPosition(writer.lane().connector());
        }

        int deliver() {
            if (writer.unsettledBytes() > 3_000) {
                return 0;
            }
            int from = position;
            position = Math.min(topic.offsets.size(), from + random.nextInt(60));
            for (long offset : topic.offsets.subList(from, position)) {
                writer.add(topic.row(offset), succession.now());
            }
            writer.advance(succession.now());
            return position - from;
        }

        void commit() {
            long next = position == 0 ? 0 : topic.offsets.get(position - 1) + 1;
            topic.committed.merge(
                    writer.lane().connector(),
                    Math.min(next, writer.firstUnsettled().orElse(Long.MAX_VALUE)),
                    Math::max);
        }
    }
}
