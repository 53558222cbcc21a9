package io.catalogconnect.bigquery.replace;

import io.catalogconnect.bigquery.commit.LaneProgress;
import io.catalogconnect.bigquery.commit.PartitionWriter;
import io.catalogconnect.bigquery.commit.TakeOverPorts;
import io.catalogconnect.bigquery.commit.WriterContext;
import io.catalogconnect.bigquery.commit.WriterSettings.OtherConnectors;
import io.catalogconnect.bigquery.simulation.ModelOwner;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Faults;
import io.catalogconnect.bigquery.simulation.SimulatedCheckpoints;
import io.catalogconnect.bigquery.simulation.SimulatedVersions;
import io.catalogconnect.bigquery.simulation.Succession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Model of replace mode: topic partitions with rows and end markers of many versions, an owner for each partition, and
 * zombies that lost a partition unnoticed, on one {@link SimulatedBigQuery}. The model checks each partition of the table
 * whenever its content changes. A run depends only on its seed.
 */
final class ReplaceModel implements SimulatedVersions.Tables {

    /** The ports of an owner; a deliberately broken variant wraps them. */
    record Ports(RowsBefore rowsBefore, VersionLedger ledger, PublishJobs jobs) {}

    /**
     * Outcome of a run.
     *
     * @param ends number of end markers
     * @param changes number of changes of a partition
     * @param halves number of changes that showed an incomplete version
     * @param steppedBack number of changes that showed an older version than before
     * @param notNewest number of partitions that finally do not show the newest versions
     */
    record Outcome(
            int ends, int owners, int jobs, int failedJobs, int changes, int halves, int steppedBack, int notNewest) {}

    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(1_000);
    private static final Faults TROUBLE = new Faults(0.03, 0.03, 0.01, 0.02, 0.02, 400);

    private final Random random;
    private final SimulatedBigQuery service;
    private final SimulatedCheckpoints checkpoints;
    private final SimulatedVersions versions;
    private final UnaryOperator<Ports> variant;
    private final List<VersionsLog> topics = new ArrayList<>();
    private final Map<UnitKey, Map<ObjectName, ObjectVersion>> shown = new HashMap<>();
    private final Succession<Owner> succession;
    private int owners;
    private int changes;
    private int halves;
    private int steppedBack;

    ReplaceModel(long seed, int versionsEach, UnaryOperator<Ports> variant) {
        this.random = new Random(seed);
        this.service = new SimulatedBigQuery(random);
        this.checkpoints = new SimulatedCheckpoints(service, random);
        this.variant = variant;
        this.versions = new SimulatedVersions(service, random, this);
        this.succession = new Succession<>(random, service, 6);
        for (int partition = 0; partition < 3; partition++) {
            VersionsLog topic = new VersionsLog(partition, versionsEach, random);
            topics.add(topic);
            succession.add(() -> new Owner(topic));
        }
        service.refuse(row -> VersionsLog.isRefused(row.offset()));
        service.faults(TROUBLE);
        service.stalling(0.1);
        versions.failingJobs(0.05);
    }

    Outcome run(int patience) {
        for (int i = 0; i < patience && !topics.stream().allMatch(VersionsLog::allCommitted); i++) {
            succession.tick();
            if (random.nextInt(400) == 0) {
                succession.rebalance();
            }
        }
        service.faults(Faults.NONE);
        versions.failingJobs(0);
        for (int i = 0; i < 20_000; i++) {
            succession.tick(); // zombies run until the end
        }
        service.workAll();
        return outcome();
    }

    @Override
    public boolean hasHistory(UnitKey unit) {
        return true;
    }

    @Override
    public Set<Long> rows(ObjectVersion version, long after) {
        VersionsLog topic = topics.get(version.partition());
        return topic.rows(version, after, service.visible(topic.lane));
    }

    @Override
    public void show(UnitKey unit, Map<ObjectVersion, Set<Long>> rows) {
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

    private Outcome outcome() {
        int ends = 0;
        Map<UnitKey, Map<ObjectName, ObjectVersion>> newest = new HashMap<>();
        for (VersionsLog topic : topics) {
            for (VersionsLog.Entry entry : topic.entries) {
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
                ends,
                owners,
                versions.submitted().size(),
                versions.failedJobs(),
                changes,
                halves,
                steppedBack,
                notNewest);
    }

    /** Owner of one topic partition, or a zombie that lost it unnoticed. */
    private final class Owner extends ModelOwner implements ReplaceEvents, RowsBefore {
        private final VersionsLog topic;
        private final PartitionWriter writer;
        private final VisibleRows visibleRows;
        private final ObjectEnds ends;
        private int position;

        private Owner(VersionsLog topic) {
            super(random);
            owners++;
            this.topic = topic;
            this.position = topic.committedPosition();
            this.writer = new PartitionWriter(
                    topic.lane,
                    new TakeOverPorts(service, checkpoints, service),
                    new WriterContext(
                            service,
                            settings(VISIBLE_WITHIN, OtherConnectors.FAIL),
                            this,
                            backoff(),
                            any -> true,
                            () -> {}));
            Ports ports = variant.apply(new Ports(this, versions, versions));
            this.visibleRows = new VisibleRows(service, VISIBLE_WITHIN, succession::now);
            this.ends = new ObjectEnds(
                    ports.rowsBefore(),
                    new ReplaceContext(
                            "sink",
                            ports.ledger(),
                            ports.jobs(),
                            new ReplaceSettings(
                                    Duration.ZERO,
                                    1_000_000,
                                    Duration.ofSeconds(2),
                                    Duration.ofDays(1),
                                    Set.of(topic.lane.topic())),
                            this,
                            backoff(),
                            backoff(),
                            () -> {}));
        }

        @Override
        protected void advanceWriters() {
            writer.advance(succession.now());
            ends.advance(succession.now());
        }

        @Override
        protected void deliver() {
            if (writer.unsettledBytes() > 3_000 || ends.waiting() > 5) {
                return;
            }
            int to = Math.min(topic.entries.size(), position + random.nextInt(40));
            for (VersionsLog.Entry entry : topic.entries.subList(position, to)) {
                if (entry.row() < 0) {
                    ends.add(entry.version());
                } else {
                    writer.add(topic.laneRows.row(entry.offset()), succession.now());
                }
            }
            position = to;
            advanceWriters();
        }

        @Override
        protected void commit() {
            long next = position == 0 ? 0 : topic.entries.get(position - 1).offset() + 1;
            long unsettled = Math.min(
                    writer.firstUnsettled().orElse(Long.MAX_VALUE),
                    ends.firstUnsettled(topic.lane.topic(), topic.lane.partition()));
            topic.committed = Math.max(topic.committed, Math.min(next, unsettled));
        }

        @Override
        protected void close() {
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
            Optional<LaneProgress> progress = writer.progress();
            return progress.isEmpty() ? CompletableFuture.completedFuture(false) : visibleRows.all(progress.get());
        }

        @Override
        public void published(UnitKey unit, int count) {}

        @Override
        public void jobsLeft(String table, long jobs) {}
    }
}
