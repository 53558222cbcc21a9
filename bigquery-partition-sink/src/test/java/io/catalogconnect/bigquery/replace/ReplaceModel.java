package io.catalogconnect.bigquery.replace;

import io.catalogconnect.bigquery.commit.Batch;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Model of replace mode: topic partitions with rows and end markers of many versions, an owner for each two partitions, and
 * zombies that lost their partitions unnoticed, on one {@link SimulatedBigQuery}. The model checks each partition of the table
 * whenever its content changes. A run depends only on its seed.
 */
final class ReplaceModel implements SimulatedVersions.Tables {

    /** The ports of an owner; a deliberately broken variant wraps them. */
    record Ports(RowsBefore rowsBefore, VersionStatements statements, PublishJobs jobs) {}

    /**
     * Outcome of a run.
     *
     * @param ends number of end markers
     * @param complete number of versions that are recorded as complete
     * @param changes number of changes of a partition
     * @param halves number of changes that showed an incomplete version
     * @param steppedBack number of changes that showed an older version than before
     * @param notNewest number of partitions that finally do not show the newest versions
     * @param partlyReplaced number of statements that replaced the records of some of their units, but not of all
     */
    record Outcome(
            int ends,
            int complete,
            int owners,
            int jobs,
            int failedJobs,
            int changes,
            int halves,
            int steppedBack,
            int notNewest,
            int partlyReplaced) {}

    private static final String TOPIC = "products";
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
    private boolean isLoaded;
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
        for (int partition = 0; partition < 4; partition++) {
            topics.add(new VersionsLog(partition, versionsEach, random));
        }
        service.refuse(row -> VersionsLog.isRefused(row.offset()));
    }

    /** Runs two posts with all faults and rebalances. */
    Outcome run(int patience) {
        succession.add(() -> new Owner(topics.subList(0, 2)));
        succession.add(() -> new Owner(topics.subList(2, 4)));
        service.faults(TROUBLE);
        service.stalling(0.1);
        versions.failingJobs(0.05);
        for (int i = 0; i < patience && !areAllCommitted(); i++) {
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

    /**
     * Runs one post that receives records in each turn, so that rows of each topic partition are unsettled all the time.
     * Returns the outcome at the time when the last record of a topic partition was received.
     */
    Outcome runUnderLoad() {
        isLoaded = true;
        succession.add(() -> new Owner(topics));
        service.faults(new Faults(0, 0, 0, 0, 0, 400));
        while (!succession.owners().get(0).hasReceivedAPartition()) {
            succession.tick();
        }
        return outcome();
    }

    /**
     * Runs one post without other faults than a crash: its first owner dies at a call, before or after the effect of the call.
     * Returns nothing if it makes fewer calls.
     */
    Optional<Outcome> runWithCrash(int call, boolean afterEffect, int patience) {
        succession.add(() -> new Owner(topics));
        service.crashAt(call, afterEffect, succession::crash);
        for (int i = 0; i < patience && !areAllCommitted(); i++) {
            succession.tick();
        }
        service.workAll();
        return succession.changes() == 0 ? Optional.empty() : Optional.of(outcome());
    }

    private boolean areAllCommitted() {
        return topics.stream().allMatch(VersionsLog::allCommitted);
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
                versions.complete().size(),
                owners,
                versions.submitted().size(),
                versions.failedJobs(),
                changes,
                halves,
                steppedBack,
                notNewest,
                versions.partlyReplaced());
    }

    /** Owner of topic partitions, or a zombie that lost them unnoticed. */
    private final class Owner extends ModelOwner implements ReplaceEvents, RowsBefore {
        private final Map<TopicPlace, Assignment> assignments = new LinkedHashMap<>();
        private final VisibleRows visibleRows;
        private final ObjectEnds ends;

        private Owner(List<VersionsLog> assigned) {
            super(random);
            owners++;
            for (VersionsLog topic : assigned) {
                PartitionWriter writer = new PartitionWriter(
                        topic.lane,
                        new TakeOverPorts(service, checkpoints, service),
                        new WriterContext(
                                service,
                                settings(VISIBLE_WITHIN, OtherConnectors.FAIL),
                                this,
                                backoff(),
                                any -> true,
                                () -> {}));
                assignments.put(
                        new TopicPlace(topic.lane.topic(), topic.lane.partition()), new Assignment(topic, writer));
            }
            Ports ports = variant.apply(new Ports(this, versions, versions));
            this.visibleRows = new VisibleRows(service, VISIBLE_WITHIN, succession::now);
            this.ends = new ObjectEnds(
                    ports.rowsBefore(),
                    new ReplaceContext(
                            "sink",
                            new BatchedLedger(
                                    ports.statements(), Batch.Timing.of(service.timer(), Duration.ofSeconds(1))),
                            ports.jobs(),
                            new ReplaceSettings(
                                    Duration.ZERO, 1_000_000, Duration.ofSeconds(2), Duration.ofDays(1), Set.of(TOPIC)),
                            this,
                            backoff(),
                            backoff(),
                            () -> {}));
        }

        @Override
        protected void advanceWriters() {
            for (Assignment each : assignments.values()) {
                if (!each.writer.isIdle()) { // as the task does
                    each.writer.advance(succession.now());
                }
            }
            ends.advance(succession.now());
        }

        private boolean hasReceivedAPartition() {
            return assignments.values().stream().anyMatch(each -> each.position == each.topic.entries.size());
        }

        @Override
        protected void act() {
            if (isLoaded) {
                deliver();
            } else {
                super.act();
            }
        }

        @Override
        protected void deliver() {
            if (isLoaded || ends.waiting() <= 5 * assignments.size()) {
                assignments.values().forEach(each -> each.deliver(ends));
            }
            advanceWriters();
        }

        @Override
        protected void commit() {
            assignments.values().forEach(each -> each.commit(ends));
        }

        @Override
        protected void close() {
            assignments.forEach((place, each) -> {
                each.writer.close();
                ends.close(place.topic(), place.partition());
            });
        }

        private PartitionWriter writer(ObjectVersion version) {
            return Objects.requireNonNull(assignments.get(TopicPlace.of(version))).writer;
        }

        @Override
        public boolean settled(ObjectVersion version) {
            return writer(version).firstUnsettled().orElse(Long.MAX_VALUE) >= version.offset();
        }

        @Override
        public CompletableFuture<Boolean> visible(ObjectVersion version) {
            PartitionWriter writer = writer(version);
            writer.own();
            Optional<LaneProgress> progress = writer.progress();
            return progress.isEmpty()
                    ? CompletableFuture.completedFuture(false)
                    : visibleRows.before(version.offset(), progress.get());
        }

        @Override
        public void published(UnitKey unit, int count) {}

        @Override
        public void jobsLeft(String table, long jobs) {}
    }

    /** A topic partition as one owner sees it. */
    private final class Assignment {
        private final VersionsLog topic;
        private final PartitionWriter writer;
        private int position;

        private Assignment(VersionsLog topic, PartitionWriter writer) {
            this.topic = topic;
            this.writer = writer;
            this.position = topic.committedPosition();
        }

        private void deliver(ObjectEnds ends) {
            if (writer.unsettledBytes() > 3_000) {
                return;
            }
            int to = Math.min(topic.entries.size(), position + random.nextInt(80));
            for (VersionsLog.Entry entry : topic.entries.subList(position, to)) {
                if (entry.row() < 0) {
                    ends.add(entry.version());
                } else {
                    writer.add(topic.laneRows.row(entry.offset()), succession.now());
                }
            }
            position = to;
        }

        private void commit(ObjectEnds ends) {
            long next = position == 0 ? 0 : topic.entries.get(position - 1).offset() + 1;
            long unsettled = Math.min(
                    writer.firstUnsettled().orElse(Long.MAX_VALUE),
                    ends.firstUnsettled(topic.lane.topic(), topic.lane.partition()));
            topic.committed = Math.max(topic.committed, Math.min(next, unsettled));
        }
    }
}
