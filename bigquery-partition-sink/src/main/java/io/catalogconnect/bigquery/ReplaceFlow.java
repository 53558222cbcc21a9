package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.commit.Backoff;
import io.catalogconnect.bigquery.commit.LaneProgress;
import io.catalogconnect.bigquery.commit.PartitionWriter;
import io.catalogconnect.bigquery.convert.ConversionException;
import io.catalogconnect.bigquery.replace.ObjectEnds;
import io.catalogconnect.bigquery.replace.ObjectVersion;
import io.catalogconnect.bigquery.replace.ReplaceContext;
import io.catalogconnect.bigquery.replace.ReplaceEvents;
import io.catalogconnect.bigquery.replace.RowsBefore;
import io.catalogconnect.bigquery.replace.UnitKey;
import io.catalogconnect.bigquery.replace.VisibleRows;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What {@code write.mode=replace} adds to a task: rows go to their table's history, and ends of objects are kept until what
 * they complete is shown. Used by the task's thread only.
 */
final class ReplaceFlow implements RowsBefore, ReplaceEvents {

    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    /** The lanes of the task's rows. */
    interface Lanes {

        /** The first offset of a partition whose row is not settled, or {@link Long#MAX_VALUE}. */
        long firstUnsettledRow(TopicPartition partition);

        /** The lane of a partition's rows, if there is one. */
        Optional<PartitionWriter> present(TopicPartition partition, String table);

        /** The lane of a partition's rows. */
        PartitionWriter made(TopicPartition partition, String table);
    }

    private final BigQueryPartitionSinkConfig config;
    private final SinkPorts ports;
    private final Lanes lanes;
    private final SinkMetrics metrics;
    private final Clock clock;
    private final boolean wholeTables;
    private final int historyDays;
    private final ObjectEnds ends;
    private final Map<String, Long> jobsLeft = new ConcurrentHashMap<>();
    private final VisibleRows visible;
    private final Set<String> histories = ConcurrentHashMap.newKeySet();

    ReplaceFlow(
            BigQueryPartitionSinkConfig config,
            SinkPorts ports,
            Lanes lanes,
            SinkMetrics metrics,
            Clock clock,
            RandomGenerator random,
            Runnable wakeUp) {
        this.config = config;
        this.ports = ports;
        this.lanes = lanes;
        this.metrics = metrics;
        this.clock = clock;
        this.wholeTables = ReplaceConfig.replacesTables(config);
        this.historyDays = config.getInt(ReplaceConfig.HISTORY_DAYS);
        this.visible = new VisibleRows(
                ports.writtenOffsets(), config.writer().takeOver().visibilityTimeout(), clock::millis);
        this.ends = new ObjectEnds(
                this,
                new ReplaceContext(
                        config.connector(),
                        ports.versions(),
                        ports.publishJobs(),
                        ReplaceConfig.settings(config),
                        this,
                        new Backoff(config.retryBackoff(), config.retryBackoffMax(), random),
                        new Backoff(FIRST_LOOK, LONGEST_LOOK, random),
                        wakeUp));
    }

    /** The table that rows for a table are appended to. */
    String history(String table) {
        return ReplaceConfig.tables(config).history(table);
    }

    /**
     * Takes the end of an object.
     *
     * @throws ConversionException if it cannot be taken
     */
    void accept(SinkRecord end, String table) {
        ObjectVersion version =
                ObjectEnd.version(end, date -> wholeTables ? UnitKey.ofTable(table) : UnitKey.ofDay(table, date));
        checkDate(version.date());
        ends.accept(version);
    }

    /**
     * Looks whether the history keeps rows of this date for long enough to show them.
     *
     * @throws ConversionException if it does not
     */
    void checkDate(LocalDate date) {
        LocalDate first = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(historyDays - 1L);
        if (date.isBefore(first)) {
            throw new ConversionException("its object is of " + date + ", and the history keeps " + historyDays
                    + " days, now from " + first + ". Raise " + ReplaceConfig.HISTORY_DAYS + ".");
        }
    }

    void close(TopicPartition partition) {
        ends.close(partition.topic(), partition.partition());
    }

    void step(long now) {
        ends.step(now);
        metrics.objectsWaiting.set(ends.waiting());
    }

    long firstUnsettled(TopicPartition partition) {
        return ends.firstUnsettled(partition.topic(), partition.partition());
    }

    /** How many ends wait. */
    int waiting() {
        return ends.waiting();
    }

    @Override
    public boolean settled(ObjectVersion version) {
        return lanes.firstUnsettledRow(place(version)) >= version.offset();
    }

    @Override
    public CompletableFuture<Boolean> visible(ObjectVersion version) {
        String history = history(version.unit().table());
        TopicPartition from = place(version);
        Optional<PartitionWriter> lane = lanes.present(from, history);
        if (lane.isEmpty() && !histories.contains(history)) {
            return CompletableFuture.supplyAsync(() -> hasNoRows(history), ports.waiting());
        }
        // Rows of former owners are seen by whoever takes over from them, even where none came to us.
        PartitionWriter owned = lane.orElseGet(() -> lanes.made(from, history));
        owned.own();
        Optional<LaneProgress> progress = owned.progress();
        if (progress.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        return visible.all(progress.get());
    }

    @Override
    public void published(UnitKey unit, int versions) {
        metrics.publications.incrementAndGet();
    }

    @Override
    public void jobsLeft(String table, long jobs) {
        jobsLeft.put(table, jobs);
        metrics.publishJobsLeft.set(Collections.min(jobsLeft.values()));
    }

    private boolean hasNoRows(String history) {
        if (ports.catalog().columns(history).isEmpty()) {
            return true; // nobody ever had a row for it
        }
        histories.add(history);
        return false;
    }

    private static TopicPartition place(ObjectVersion version) {
        return new TopicPartition(version.topic(), version.partition());
    }
}
