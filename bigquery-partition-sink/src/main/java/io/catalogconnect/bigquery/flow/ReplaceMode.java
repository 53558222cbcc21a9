package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.commit.Backoff;
import io.catalogconnect.bigquery.commit.LaneProgress;
import io.catalogconnect.bigquery.commit.PartitionWriter;
import io.catalogconnect.bigquery.convert.ConversionException;
import io.catalogconnect.bigquery.metrics.SinkMetrics;
import io.catalogconnect.bigquery.record.AppendedRows;
import io.catalogconnect.bigquery.record.EndMarker;
import io.catalogconnect.bigquery.record.ObjectDateCheck;
import io.catalogconnect.bigquery.record.RowForm;
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
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * {@code write.mode=replace}: rows are appended to their table's history, and an end marker is settled when the version
 * that it ends is published. Used by the task's thread only.
 */
final class ReplaceMode implements WriteMode, RowsBefore, ReplaceEvents {

    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    /** Nominal size of an end marker, so that Connect calls the task again soon while one is unsettled. */
    private static final long MARKER_BYTES = 100;

    private final FlowSettings.Replace settings;
    private final SinkPorts ports;
    private final LaneWriters<PartitionWriter> writers;
    private final ToLongFunction<TopicPartition> firstUnsettledRow;
    private final SinkMetrics metrics;
    private final Clock clock;
    private final RowForm rows;
    private final ObjectEnds ends;
    private final VisibleRows visible;
    private final Map<String, Long> jobsLeft = new ConcurrentHashMap<>();
    private final Set<String> existingHistories = ConcurrentHashMap.newKeySet();

    /**
     * @param writers the writers of the histories' lanes
     * @param firstUnsettledRow the first offset of a partition whose row is neither acknowledged nor rejected
     */
    ReplaceMode(
            FlowSettings flow,
            FlowSettings.Replace settings,
            SinkPorts ports,
            LaneWriters<PartitionWriter> writers,
            ToLongFunction<TopicPartition> firstUnsettledRow,
            SinkMetrics metrics,
            Clock clock,
            RandomGenerator random,
            Runnable wakeUp) {
        this.settings = settings;
        this.ports = ports;
        this.writers = writers;
        this.firstUnsettledRow = firstUnsettledRow;
        this.metrics = metrics;
        this.clock = clock;
        this.rows = new AppendedRows(
                flow.records().columns(), new ObjectDateCheck(settings.partitionColumn(), this::checkDate, clock));
        this.visible = new VisibleRows(
                ports.takeOver().writtenOffsets(), flow.writer().takeOver().visibilityTimeout(), clock::millis);
        this.ends = new ObjectEnds(
                this,
                new ReplaceContext(
                        flow.connector(),
                        ports.versions(),
                        ports.publishJobs(),
                        settings.limits(),
                        this,
                        new Backoff(flow.retries().first(), flow.retries().longest(), random),
                        new Backoff(FIRST_LOOK, LONGEST_LOOK, random),
                        wakeUp));
    }

    @Override
    public LaneWriters<?> writers() {
        return writers;
    }

    @Override
    public String appendTable(String table) {
        return settings.tables().history(table);
    }

    @Override
    public RowForm rows() {
        return rows;
    }

    @Override
    public void endOfObject(SinkRecord marker, String table) {
        ObjectVersion version = EndMarker.version(
                marker, date -> settings.wholeTables() ? UnitKey.ofTable(table) : UnitKey.ofDay(table, date));
        checkDate(version.date());
        ends.add(version);
    }

    /**
     * Checks that the history keeps rows of a date for long enough to publish them.
     *
     * @throws ConversionException if it does not
     */
    private void checkDate(LocalDate date) {
        LocalDate first = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(settings.historyDays() - 1L);
        if (date.isBefore(first)) {
            throw new ConversionException("the date of its object is " + date + ", and the history keeps "
                    + settings.historyDays() + " days, now from " + first + ". Raise replace.history.days.");
        }
    }

    @Override
    public void close(TopicPartition partition) {
        ends.close(partition.topic(), partition.partition());
    }

    @Override
    public void advance(long now) {
        ends.advance(now);
        metrics.endMarkersWaiting.set(ends.waiting());
    }

    @Override
    public long firstUnsettledMarker(TopicPartition partition) {
        return ends.firstUnsettled(partition.topic(), partition.partition());
    }

    @Override
    public long unsettledBytes() {
        return MARKER_BYTES * ends.waiting();
    }

    @Override
    public boolean settled(ObjectVersion version) {
        return firstUnsettledRow.applyAsLong(partition(version)) >= version.offset();
    }

    @Override
    public CompletableFuture<Boolean> visible(ObjectVersion version) {
        String history = appendTable(version.unit().table());
        TopicPartition from = partition(version);
        Optional<LaneProgress> progress = writers.find(from, history).flatMap(PartitionWriter::progress);
        if (progress.isPresent()) {
            return visible.before(version.offset(), progress.get());
        }
        // A lane may have a writer although no row was appended: its rows were rejected, or they are later ones.
        if (!existingHistories.contains(history)) {
            return CompletableFuture.supplyAsync(() -> hasNoRows(history), ports.blocking());
        }
        // The take-over makes the rows of former owners visible, even if this task received none.
        writers.writer(from, history).own();
        return CompletableFuture.completedFuture(false);
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
            return true; // a history is created with its first row
        }
        existingHistories.add(history);
        return false;
    }

    private static TopicPartition partition(ObjectVersion version) {
        return new TopicPartition(version.topic(), version.partition());
    }
}
