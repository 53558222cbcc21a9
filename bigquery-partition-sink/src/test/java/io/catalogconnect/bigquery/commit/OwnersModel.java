package io.catalogconnect.bigquery.commit;

import io.catalogconnect.bigquery.commit.SimulatedBigQuery.Faults;
import io.catalogconnect.bigquery.commit.SimulatedBigQuery.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Kafka, rebalances and several owners of the same partitions, all alive at once, over a {@link SimulatedBigQuery}: each
 * owner reads from the offset committed when it began, writes through its own {@link PartitionWriter}s, and does not
 * know that it is not the owner any more. Everything follows from the seed.
 */
final class OwnersModel {

    /** The ports that an owner gets; a variant that is broken on purpose wraps them. */
    record Ports(WriteStreams streams, StreamRegistry registry, WrittenOffsets writtenOffsets) {}

    /** What came of a run. */
    record Outcome(int records, int ownershipChanges, int lost, int doubled, int refused, int fenced) {}

    private static final Faults TROUBLE = new Faults(0.03, 0.03, 0.01, 0.02, 0.02, 400);
    /** One topic partition: the offsets it has, with gaps, and what the group committed. */
    private static final class TopicLog {
        private final LaneKey lane;
        private final List<Long> offsets = new ArrayList<>();
        private long committed;

        private TopicLog(LaneKey lane, int records, Random random) {
            this.lane = lane;
            long offset = random.nextInt(100);
            for (int i = 0; i < records; i++) {
                offsets.add(offset);
                offset += random.nextInt(10) == 0 ? 1 + random.nextInt(20) : 1; // filtered, or a transaction's marker
            }
        }

        boolean allCommitted() {
            return committed > offsets.get(offsets.size() - 1);
        }

        int committedPosition() {
            int found = Collections.binarySearch(offsets, committed);
            return found >= 0 ? found : -found - 1;
        }
    }

    private final Random random;
    private final SimulatedBigQuery service;
    private final UnaryOperator<Ports> variant;
    private final List<TopicLog> topics = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private final List<Owner> zombies = new ArrayList<>();
    private Owner current;
    private long now = 1;
    private int ownershipChanges;
    private int fenced;

    OwnersModel(long seed, int records, UnaryOperator<Ports> variant) {
        this.random = new Random(seed);
        this.service = new SimulatedBigQuery(random);
        this.variant = variant;
        int each = records / 3 + 1;
        topics.add(new TopicLog(new LaneKey("sink", "products.a", 0, "products"), each, random));
        topics.add(new TopicLog(new LaneKey("sink", "products.a", 1, "products"), each, random));
        topics.add(new TopicLog(new LaneKey("sink", "products.b", 0, "products"), each, random));
        service.refuseOffsets(offset -> offset % 499 == 7);
        service.faults(TROUBLE);
        this.current = new Owner();
    }

    Outcome run() {
        int perOwner = topics.stream().mapToInt(topic -> topic.offsets.size()).sum() / 120;
        while (!topics.stream().allMatch(TopicLog::allCommitted)) {
            tick();
            if (current.delivered > perOwner || random.nextInt(20_000) == 0) {
                rebalance();
            }
        }
        service.faults(Faults.NONE);
        for (int i = 0; i < 20_000; i++) {
            tick(); // zombies try to do harm to the last
        }
        service.workAll();
        return outcome();
    }

    private void tick() {
        now += random.nextInt(4);
        service.now(now);
        int work = random.nextInt(4);
        for (int i = 0; i < work; i++) {
            service.work();
        }
        if (!act(current)) {
            fenced++;
            current = new Owner(); // the operator restarts the task
        }
        if (!zombies.isEmpty()) {
            Owner zombie = zombies.get(random.nextInt(zombies.size()));
            if (!act(zombie) || --zombie.lifeLeft < 0) {
                zombies.remove(zombie);
            }
        }
    }

    /** Whether the owner goes on. */
    private boolean act(Owner owner) {
        try {
            owner.act();
            return true;
        } catch (FencedException e) {
            return false;
        }
    }

    private void rebalance() {
        Owner old = current;
        if (random.nextBoolean()) {
            old.close();
        } else {
            old.isZombie = true;
            zombies.add(old);
        }
        ownershipChanges++;
        current = new Owner();
    }

    private Outcome outcome() {
        int total = 0;
        int lost = 0;
        int doubled = 0;
        Map<String, Integer> seen = new HashMap<>();
        for (Stored row : service.rows("products")) {
            seen.merge(row.topic() + "|" + row.partition() + "|" + row.offset(), 1, Integer::sum);
        }
        for (TopicLog topic : topics) {
            for (long offset : topic.offsets) {
                String key = SimulatedBigQuery.bytes(topic.lane, offset).toStringUtf8();
                int times = seen.getOrDefault(key, 0) + (refused.contains(key) ? 1 : 0);
                total++;
                lost += times == 0 ? 1 : 0;
                doubled += Math.max(0, times - 1);
            }
        }
        return new Outcome(total, ownershipChanges, lost, doubled, refused.size(), fenced);
    }

    private final class Owner implements WriterEvents {
        private final List<Assignment> assignments = new ArrayList<>();
        private boolean isZombie;
        private int lifeLeft = 500 + random.nextInt(4_000);
        private int delivered;

        private Owner() {
            Ports ports = variant.apply(new Ports(service, service, service));
            WriterSettings settings = new WriterSettings(
                    1 + random.nextInt(25),
                    100_000,
                    1 + random.nextInt(6),
                    Duration.ofMillis(random.nextInt(10)),
                    Duration.ofMillis(300),
                    Duration.ofMillis(2_000),
                    Duration.ofMillis(1_000_000),
                    Duration.ofMillis(1_000_000),
                    random.nextInt(4));
            topics.forEach(topic -> assignments.add(new Assignment(topic, writer(topic.lane, ports, settings))));
        }

        private PartitionWriter writer(LaneKey lane, Ports ports, WriterSettings settings) {
            return new PartitionWriter(
                    lane,
                    ports.streams(),
                    ports.registry(),
                    ports.writtenOffsets(),
                    settings,
                    this,
                    new Backoff(Duration.ofMillis(1), Duration.ofMillis(50), random),
                    any -> true,
                    () -> {});
        }

        void act() {
            Assignment assignment = assignments.get(random.nextInt(assignments.size()));
            switch (random.nextInt(isZombie ? 8 : 6)) {
                case 0 -> delivered += assignment.deliver();
                case 1 -> {
                    if (!isZombie) { // the group coordinator does not know a zombie any more
                        assignment.commit();
                    }
                }
                default -> assignment.writer.step(now);
            }
        }

        void close() {
            assignments.forEach(assignment -> assignment.writer.close());
        }

        @Override
        public void sent(int rows, long bytes) {}

        @Override
        public void acknowledged(int rows) {}

        @Override
        public void skipped(int rows) {}

        @Override
        public void tookOver() {}

        @Override
        public CompletableFuture<Void> refused(LaneKey lane, Row row, String reason) {
            refused.add(row.bytes().toStringUtf8());
            return CompletableFuture.completedFuture(null);
        }
    }

    /** A partition as one owner sees it. */
    private final class Assignment {
        private final TopicLog topic;
        private final PartitionWriter writer;
        private final RowFormat format;
        private int position;

        private Assignment(TopicLog topic, PartitionWriter writer) {
            this.topic = topic;
            this.writer = writer;
            this.format = SimulatedBigQuery.format(topic.lane.table());
            this.position = topic.committedPosition();
        }

        int deliver() {
            if (writer.unsettledBytes() > 3_000) {
                return 0;
            }
            int from = position;
            position = Math.min(topic.offsets.size(), from + random.nextInt(60));
            for (long offset : topic.offsets.subList(from, position)) {
                writer.accept(
                        new Row(offset, Row.NO_TIMESTAMP, format, SimulatedBigQuery.bytes(topic.lane, offset), null),
                        now);
            }
            writer.step(now);
            return position - from;
        }

        void commit() {
            long next = position == 0 ? 0 : topic.offsets.get(position - 1) + 1;
            topic.committed = Math.max(
                    topic.committed, Math.min(next, writer.firstUnsettled().orElse(Long.MAX_VALUE)));
        }
    }
}
