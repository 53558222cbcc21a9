package io.catalogconnect.bigquery.commit;

import io.catalogconnect.bigquery.commit.SimulatedBigQuery.Faults;
import io.catalogconnect.bigquery.replace.ObjectEnds;
import io.catalogconnect.bigquery.replace.ObjectName;
import io.catalogconnect.bigquery.replace.ObjectVersion;
import io.catalogconnect.bigquery.replace.PublishJobs;
import io.catalogconnect.bigquery.replace.ReplaceEvents;
import io.catalogconnect.bigquery.replace.ReplaceSettings;
import io.catalogconnect.bigquery.replace.RowsBefore;
import io.catalogconnect.bigquery.replace.UnitKey;
import io.catalogconnect.bigquery.replace.VersionLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Topic partitions with the rows and the ends of many versions of objects, each partition with an owner of its own, some of
 * whom do not know that they were followed; all over one {@link SimulatedBigQuery}. It looks at what each partition of the
 * table shows whenever that changes. Everything follows from the seed.
 */
final class ReplaceModel {

    /** The ports that an owner gets; a variant that is broken on purpose wraps them. */
    record Ports(RowsBefore rowsBefore, VersionLedger ledger, PublishJobs jobs) {}

    /**
     * What came of a run.
     *
     * @param ends how many versions came to their end
     * @param changes how often a partition showed something else
     * @param halves how often it showed a part of a version
     * @param steppedBack how often it showed an older version than before
     * @param notNewest how many partitions do not show the newest versions in the end
     */
    record Outcome(
            int ends, int owners, int jobs, int failedJobs, int changes, int halves, int steppedBack, int notNewest) {}

    private static final Faults TROUBLE = new Faults(0.03, 0.03, 0.01, 0.02, 0.02, 400);
    private static final LocalDate FIRST_DAY = LocalDate.parse("2026-11-01");
    private static final int DAYS = 2;
    private static final int OBJECTS_OF_A_DAY = 2;
    private static final int REFUSED_EVERY = 97;

    /** A record: a row of a version, or its end where {@code row} is -1. */
    private record Entry(long offset, ObjectVersion version, long row) {}

    /** What of a version is on its way into the log; the end's offset is not known yet. */
    private static final class Reading {
        private final UnitKey unit;
        private final LocalDate date;
        private final ObjectName object;
        private final Instant modified;
        private final int rows;
        private final boolean breaksOff;
        private final List<long[]> sent = new ArrayList<>();
        private int next;

        private Reading(LocalDate date, ObjectName object, Instant modified, int rows, boolean breaksOff) {
            this.unit = UnitKey.ofDay("products", date);
            this.date = date;
            this.object = object;
            this.modified = modified;
            this.rows = rows;
            this.breaksOff = breaksOff;
        }

        private ObjectVersion version(LaneKey lane, long end) {
            return new ObjectVersion(
                    unit, date, object, "etag-" + modified, modified, lane.topic(), lane.partition(), end, rows, 0);
        }
    }

    private final class TopicLog {
        private final LaneKey lane;
        private final List<Entry> entries = new ArrayList<>();
        private final Map<Long, Entry> rowsByOffset = new HashMap<>();
        private long committed;
        private Owner owner;

        private TopicLog(int partition, int versions) {
            this.lane = new LaneKey("sink", "products", partition, "products_history");
            fill(partition, versions);
            this.owner = new Owner(this);
        }

        /** Versions of a few objects, their rows mixed; some break off, some are read twice, some come late. */
        private void fill(int partition, int versions) {
            long offset = 0;
            List<Reading> open = new ArrayList<>();
            int begun = 0;
            while (begun < versions || !open.isEmpty()) {
                if (begun < versions && open.size() < 3) {
                    Reading reading = reading(partition, begun++);
                    if (open.stream().noneMatch(other -> other.object.equals(reading.object))) {
                        open.add(reading);
                    }
                    continue;
                }
                Reading reading = open.get(random.nextInt(open.size()));
                if (random.nextInt(40) == 0) {
                    reading.next = Math.max(0, reading.next - random.nextInt(10)); // sent again after a restart
                }
                if (reading.next < reading.rows) {
                    reading.sent.add(new long[] {offset, reading.next++});
                    offset += random.nextInt(10) == 0 ? 3 : 1;
                    if (!reading.breaksOff || reading.next < reading.rows / 2) {
                        continue;
                    }
                    open.remove(reading);
                    add(reading, Long.MAX_VALUE);
                } else {
                    open.remove(reading);
                    add(reading, offset++);
                }
            }
            entries.sort(Comparator.comparingLong(Entry::offset));
        }

        private Reading reading(int partition, int number) {
            LocalDate date = FIRST_DAY.plusDays(random.nextInt(DAYS));
            ObjectName object = new ObjectName("b", date + "-" + partition + "-" + random.nextInt(OBJECTS_OF_A_DAY));
            long age = random.nextInt(10) == 0 ? 5_000 : 0; // an old version that comes late
            return new Reading(
                    date,
                    object,
                    Instant.ofEpochSecond(100_000L + number - age),
                    random.nextInt(6) == 0 ? 0 : random.nextInt(60),
                    random.nextInt(6) == 0);
        }

        private void add(Reading reading, long end) {
            ObjectVersion version = reading.version(lane, end);
            for (long[] row : reading.sent) {
                Entry entry = new Entry(row[0], version, row[1]);
                entries.add(entry);
                rowsByOffset.put(row[0], entry);
            }
            if (end < Long.MAX_VALUE) {
                entries.add(new Entry(end, version, -1));
            }
        }

        boolean allCommitted() {
            return committed > entries.get(entries.size() - 1).offset();
        }

        int committedPosition() {
            int position = 0;
            while (position < entries.size() && entries.get(position).offset() < committed) {
                position++;
            }
            return position;
        }

        /** What the statement of a job finds: rows of this content between two ends of the object, each number once. */
        Set<Long> rows(ObjectVersion version, long after, Set<Long> offsets) {
            Set<Long> numbers = new TreeSet<>();
            for (long offset : offsets) {
                Entry entry = rowsByOffset.get(offset);
                if (entry != null
                        && offset > after
                        && offset < version.offset()
                        && entry.version().object().equals(version.object())
                        && entry.version().modified().equals(version.modified())) {
                    numbers.add(entry.row());
                }
            }
            return numbers;
        }

        /** All rows of a version that the service takes. */
        Set<Long> whole(ObjectVersion version) {
            Set<Long> taken = new TreeSet<>();
            entries.stream()
                    .filter(entry ->
                            entry.row() >= 0 && entry.version().equals(version) && entry.offset() % REFUSED_EVERY != 7)
                    .forEach(entry -> taken.add(entry.row()));
            return taken;
        }
    }

    private final Random random;
    private final SimulatedBigQuery service;
    private final SimulatedVersions versions;
    private final UnaryOperator<Ports> variant;
    private final List<TopicLog> topics = new ArrayList<>();
    private final List<Owner> zombies = new ArrayList<>();
    private final Map<UnitKey, Map<ObjectName, ObjectVersion>> shown = new HashMap<>();
    private long now = 1;
    private int owners;
    private int changes;
    private int halves;
    private int steppedBack;

    ReplaceModel(long seed, int versionsEach, UnaryOperator<Ports> variant) {
        this.random = new Random(seed);
        this.service = new SimulatedBigQuery(random);
        this.variant = variant;
        this.versions = new SimulatedVersions(service, random, this::rows, this::show);
        for (int partition = 0; partition < 3; partition++) {
            topics.add(new TopicLog(partition, versionsEach));
        }
        service.refuseOffsets(offset -> offset % REFUSED_EVERY == 7);
        service.faults(TROUBLE);
        service.stalling(0.1);
    }

    Outcome run(int patience) {
        for (int i = 0; i < patience && !topics.stream().allMatch(TopicLog::allCommitted); i++) {
            tick();
            if (random.nextInt(400) == 0) {
                rebalance(topics.get(random.nextInt(topics.size())));
            }
        }
        service.faults(Faults.NONE);
        versions.jobsFail(false);
        for (int i = 0; i < 20_000; i++) {
            tick(); // zombies try to do harm to the last
        }
        service.workAll();
        return outcome();
    }

    private Set<Long> rows(ObjectVersion version, long after) {
        TopicLog topic = topics.get(version.partition());
        return topic.rows(version, after, service.visible(topic.lane));
    }

    private void show(UnitKey unit, Map<ObjectVersion, Set<Long>> rows) {
        changes++;
        Map<ObjectName, ObjectVersion> before = shown.getOrDefault(unit, Map.of());
        Map<ObjectName, ObjectVersion> after = new HashMap<>();
        rows.forEach((version, numbers) -> {
            halves += numbers.equals(topics.get(version.partition()).whole(version)) ? 0 : 1;
            after.put(version.object(), version);
        });
        before.forEach((object, old) -> {
            ObjectVersion present = after.get(object);
            boolean older = present == null
                    || present.modified().isBefore(old.modified())
                    || (present.modified().equals(old.modified()) && present.offset() < old.offset());
            steppedBack += older ? 1 : 0;
        });
        shown.put(unit, after);
    }

    private void tick() {
        now += random.nextInt(4);
        service.now(now);
        int work = random.nextInt(6);
        for (int i = 0; i < work; i++) {
            service.work();
        }
        TopicLog topic = topics.get(random.nextInt(topics.size()));
        if (!act(topic.owner)) {
            topic.owner = new Owner(topic); // the operator restarts the task
        }
        if (!zombies.isEmpty()) {
            Owner zombie = zombies.get(random.nextInt(zombies.size()));
            if (!act(zombie) || --zombie.lifeLeft < 0) {
                zombies.remove(zombie);
            }
        }
    }

    private boolean act(Owner owner) {
        try {
            owner.act();
            return true;
        } catch (FencedException e) {
            return false;
        }
    }

    private void rebalance(TopicLog topic) {
        Owner old = topic.owner;
        if (random.nextBoolean()) {
            old.close();
        } else {
            old.isZombie = true;
            zombies.add(old);
        }
        topic.owner = new Owner(topic);
    }

    private Outcome outcome() {
        int ends = 0;
        Map<UnitKey, Map<ObjectName, ObjectVersion>> newest = new HashMap<>();
        for (TopicLog topic : topics) {
            for (Entry entry : topic.entries) {
                if (entry.row() < 0) {
                    ends++;
                    ObjectVersion version = entry.version();
                    newest.computeIfAbsent(version.unit(), unit -> new HashMap<>())
                            .merge(
                                    version.object(),
                                    version,
                                    (a, b) -> b.modified().isBefore(a.modified()) ? a : b);
                }
            }
        }
        int notNewest = (int) newest.entrySet().stream()
                .filter(unit -> !unit.getValue().equals(shown.get(unit.getKey())))
                .count();
        return new Outcome(
                ends, owners, versions.jobs(), versions.failedJobs(), changes, halves, steppedBack, notNewest);
    }

    /** Who reads one topic partition, or believes to. */
    private final class Owner implements WriterEvents, ReplaceEvents, RowsBefore {
        private final TopicLog topic;
        private final PartitionWriter writer;
        private final ObjectEnds ends;
        private final RowFormat format;
        private boolean isZombie;
        private int lifeLeft = 500 + random.nextInt(4_000);
        private int position;

        private Owner(TopicLog topic) {
            owners++;
            this.topic = topic;
            this.format = SimulatedBigQuery.format(topic.lane.table());
            this.position = topic.committedPosition();
            this.writer = new PartitionWriter(
                    topic.lane,
                    service,
                    service,
                    service,
                    new WriterSettings(
                            1 + random.nextInt(25),
                            100_000,
                            1 + random.nextInt(6),
                            Duration.ofMillis(random.nextInt(10)),
                            Duration.ofMillis(300),
                            Duration.ofMillis(2_000),
                            Duration.ofMillis(1_000_000),
                            Duration.ofMillis(1_000_000),
                            random.nextInt(4)),
                    this,
                    backoff(),
                    any -> true,
                    () -> {});
            Ports ports = variant.apply(new Ports(this, versions, versions));
            this.ends = new ObjectEnds(
                    "sink",
                    ports.rowsBefore(),
                    ports.ledger(),
                    ports.jobs(),
                    new ReplaceSettings(Duration.ZERO, 1_000_000, Duration.ofSeconds(2), Duration.ofDays(1)),
                    this,
                    backoff(),
                    backoff(),
                    () -> {});
        }

        private Backoff backoff() {
            return new Backoff(Duration.ofMillis(1), Duration.ofMillis(50), random);
        }

        void act() {
            switch (random.nextInt(isZombie ? 8 : 6)) {
                case 0 -> deliver();
                case 1 -> {
                    if (!isZombie) { // the group coordinator does not know a zombie any more
                        commit();
                    }
                }
                default -> step();
            }
        }

        private void step() {
            writer.step(now);
            ends.step(now);
        }

        private void deliver() {
            if (writer.unsettledBytes() > 3_000 || ends.waiting() > 5) {
                return;
            }
            int to = Math.min(topic.entries.size(), position + random.nextInt(40));
            for (Entry entry : topic.entries.subList(position, to)) {
                if (entry.row() < 0) {
                    ends.accept(entry.version());
                } else {
                    writer.accept(
                            new Row(
                                    entry.offset(),
                                    Row.NO_TIMESTAMP,
                                    format,
                                    SimulatedBigQuery.bytes(topic.lane, entry.offset()),
                                    null),
                            now);
                }
            }
            position = to;
            step();
        }

        private void commit() {
            long next = position == 0 ? 0 : topic.entries.get(position - 1).offset() + 1;
            long unsettled = Math.min(
                    writer.firstUnsettled().orElse(Long.MAX_VALUE),
                    ends.firstUnsettled(topic.lane.topic(), topic.lane.partition()));
            topic.committed = Math.max(topic.committed, Math.min(next, unsettled));
        }

        void close() {
            writer.close();
            ends.close(topic.lane.topic(), topic.lane.partition());
        }

        @Override
        public boolean settled(ObjectVersion version) {
            return writer.firstUnsettled().orElse(Long.MAX_VALUE) >= version.offset();
        }

        @Override
        public CompletableFuture<Boolean> visible(ObjectVersion version) {
            writer.own();
            Optional<Holding> holding = writer.holding();
            return holding.isEmpty()
                    ? CompletableFuture.completedFuture(false)
                    : service.written(topic.lane, holding.get().baseOffset())
                            .thenApply(written ->
                                    written.rowsAboveBase() >= holding.get().rows());
        }

        @Override
        public void published(UnitKey unit, int count) {}

        @Override
        public void jobsLeft(String table, long jobs) {}

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
            return CompletableFuture.completedFuture(null);
        }
    }
}
