package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.commit.Backoff;
import io.catalogconnect.bigquery.commit.DefaultStreamWriter;
import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.LaneWriter;
import io.catalogconnect.bigquery.commit.PartitionWriter;
import io.catalogconnect.bigquery.commit.Row;
import io.catalogconnect.bigquery.commit.WriterEvents;
import io.catalogconnect.bigquery.convert.ConversionException;
import io.catalogconnect.bigquery.table.TableMismatchException;
import io.catalogconnect.bigquery.table.TableRouter;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a task's records to their lanes, and of the lanes' progress to the offsets that may be committed. One lane
 * for each (original topic partition, table). Used by the task's thread only; nothing here waits but
 * {@link #awaitProgress}.
 */
final class SinkFlow implements WriterEvents, ReplaceFlow.Lanes {

    /** What an end of an object counts as, so that the task is called again soon while one waits. */
    private static final long END_BYTES = 100;

    private static final Logger LOG = LoggerFactory.getLogger(SinkFlow.class);

    private final BigQueryPartitionSinkConfig config;
    private final SinkPorts ports;
    private final BadRecords badRecords;
    private final SinkMetrics metrics;
    private final Clock clock;
    private final RandomGenerator random;
    private final Doorbell doorbell = new Doorbell();
    private final TableRouter router;
    private final TableGate gate;
    private final RowFactory rows;
    private final @Nullable ReplaceFlow replace;
    private final Map<TopicPartition, Map<String, LaneWriter>> lanes = new LinkedHashMap<>();
    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();

    SinkFlow(
            BigQueryPartitionSinkConfig config,
            SinkPorts ports,
            BadRecords badRecords,
            SinkMetrics metrics,
            Clock clock,
            RandomGenerator random) {
        this.config = config;
        this.ports = ports;
        this.badRecords = badRecords;
        this.metrics = metrics;
        this.clock = clock;
        this.random = random;
        this.router = config.router();
        this.gate =
                new TableGate(config.provisioner(ports.catalog()), ports.waiting(), backoff(), clock, doorbell::ring);
        ReplaceFlow replacing = ReplaceConfig.replaces(config)
                ? new ReplaceFlow(config, ports, this, metrics, clock, random, doorbell::ring)
                : null;
        this.replace = replacing;
        this.rows = new RowFactory(
                config.extras(),
                config.layout(),
                gate,
                replacing == null ? null : new ObjectDates(config.shownColumn(), replacing::checkDate, clock),
                clock);
    }

    /** A partition is ours, or ours again: what we knew of it is worth nothing now. */
    void open(TopicPartition partition) {
        close(partition);
    }

    /**
     * A partition goes back: Connect rewound it, or its topic was made again. Only a take-over can tell which records are
     * written already.
     */
    private void startOver(TopicPartition partition, long offset, long expected) {
        LOG.warn(
                "{}: {} goes on at offset {} after {}; taking the partition over again",
                config.connector(),
                partition,
                offset,
                expected - 1);
        close(partition);
        nextOffsets.put(partition, offset + 1);
    }

    /** A partition is not ours any more. */
    void close(TopicPartition partition) {
        Map<String, LaneWriter> closed = lanes.remove(partition);
        if (closed != null) {
            closed.values().forEach(LaneWriter::close);
        }
        nextOffsets.remove(partition);
        badRecords.forget(partition);
        if (replace != null) {
            replace.close(partition);
        }
    }

    void accept(SinkRecord record) {
        TopicPartition from = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        long offset = record.originalKafkaOffset();
        Long next = nextOffsets.put(from, offset + 1);
        if (next != null && offset < next) {
            startOver(from, offset, next);
        }
        String table = router.tableFor(record.topic());
        if (ObjectEnd.is(record)) {
            objectEnd(from, offset, table, record);
            return;
        }
        if (record.value() == null) {
            tombstone(from, offset, table, record);
            return;
        }
        try {
            String appendedTo = replace == null ? table : replace.history(table);
            Row row = rows.row(record, appendedTo, badRecords.wantsRecords());
            lane(from, appendedTo).add(row, clock.millis());
        } catch (ConversionException | TableMismatchException e) {
            metrics.badRecords.incrementAndGet();
            badRecords.reject(from, offset, table, record, String.valueOf(e.getMessage()));
        }
    }

    /** Does what can be done now, in every lane. */
    void step() {
        long now = clock.millis();
        long inFlight = 0;
        for (Map<String, LaneWriter> tables : lanes.values()) {
            for (LaneWriter lane : tables.values()) {
                lane.advance(now);
                inFlight += lane.requestsInFlight();
            }
        }
        if (replace != null) {
            replace.step(now);
        }
        metrics.appendsInFlight.set(inFlight);
        metrics.bytesWaiting.set(unsettledBytes());
    }

    /** Waits until an answer comes, at most so long. */
    void awaitProgress(long millis) throws InterruptedException {
        doorbell.await(millis);
    }

    /** The first offset of a partition that must not be committed, or {@link Long#MAX_VALUE}. */
    long firstUnsettled(TopicPartition partition) {
        long first = firstUnsettledRow(partition);
        return replace == null ? first : Math.min(first, replace.firstUnsettled(partition));
    }

    @Override
    public long firstUnsettledRow(TopicPartition partition) {
        long first = badRecords.firstUnsettled(partition);
        for (LaneWriter lane : lanes.getOrDefault(partition, Map.of()).values()) {
            first = Math.min(first, lane.firstUnsettled().orElse(Long.MAX_VALUE));
        }
        return first;
    }

    long unsettledBytes() {
        long rowBytes = lanes.values().stream()
                .flatMap(tables -> tables.values().stream())
                .mapToLong(LaneWriter::unsettledBytes)
                .sum();
        return rowBytes + (replace == null ? 0 : END_BYTES * replace.waiting());
    }

    /** Whether some lane waits for answers that are likely to come soon. */
    boolean isFlowing() {
        return lanes.values().stream()
                .flatMap(tables -> tables.values().stream())
                .anyMatch(lane -> lane.isWriting() && lane.firstUnsettled().isPresent());
    }

    Collection<TopicPartition> partitions() {
        return lanes.keySet();
    }

    /** Lets go of everything, without waiting. */
    void stop() {
        lanes.values().forEach(tables -> tables.values().forEach(LaneWriter::close));
        lanes.clear();
        ports.release().run();
    }

    @Override
    public void sent(int count, long bytes) {
        metrics.rowsSent.addAndGet(count);
        metrics.bytesSent.addAndGet(bytes);
    }

    @Override
    public void acknowledged(int count) {
        metrics.rowsAcknowledged.addAndGet(count);
    }

    @Override
    public void skipped(int count) {
        metrics.rowsSkipped.addAndGet(count);
    }

    @Override
    public void tookOver() {
        metrics.takeOvers.incrementAndGet();
    }

    @Override
    public CompletableFuture<Void> refused(LaneKey lane, Row row, String reason) {
        metrics.badRecords.incrementAndGet();
        return badRecords.rejectRow(
                new TopicPartition(lane.topic(), lane.partition()),
                row.offset(),
                lane.table(),
                (SinkRecord) row.origin(),
                reason);
    }

    @Override
    public Optional<PartitionWriter> present(TopicPartition partition, String table) {
        return Optional.ofNullable(
                (PartitionWriter) lanes.getOrDefault(partition, Map.of()).get(table));
    }

    @Override
    public PartitionWriter made(TopicPartition partition, String table) {
        return (PartitionWriter) lane(partition, table);
    }

    /** Where rows are added, nothing ends with an object. */
    private void objectEnd(TopicPartition from, long offset, String table, SinkRecord record) {
        metrics.objectEnds.incrementAndGet();
        if (replace != null) {
            try {
                replace.accept(record, table);
            } catch (ConversionException e) {
                metrics.badRecords.incrementAndGet();
                badRecords.reject(from, offset, table, record, String.valueOf(e.getMessage()));
            }
        }
    }

    /** A tombstone says that a key is gone; an appended row cannot say that. */
    private void tombstone(TopicPartition from, long offset, String table, SinkRecord record) {
        metrics.tombstones.incrementAndGet();
        String reason = "it is a tombstone, a record without a value, and rows are only added";
        switch (config.tombstones()) {
            case SKIP -> {
                // its offset is the framework's to commit
            }
            case DEAD_LETTER -> badRecords.reject(from, offset, table, record, reason);
            case FAIL ->
                throw new DataException(config.connector() + ": record at " + from + " offset " + offset
                        + " does not go into table " + table + ": " + reason
                        + ". To go on set tombstones=skip, or tombstones=dead-letter.");
        }
    }

    private LaneWriter lane(TopicPartition from, String table) {
        return lanes.computeIfAbsent(from, partition -> new LinkedHashMap<>()).computeIfAbsent(table, name -> {
            LaneKey key = new LaneKey(config.connector(), from.topic(), from.partition(), name);
            if (config.guarantee() == WriteConfig.Guarantee.AT_LEAST_ONCE) {
                return new DefaultStreamWriter(key, context());
            }
            return new PartitionWriter(key, ports.registry(), ports.writtenOffsets(), context());
        });
    }

    private LaneWriter.Context context() {
        return new LaneWriter.Context(ports.streams(), config.writer(), this, backoff(), gate, doorbell::ring);
    }

    private Backoff backoff() {
        return new Backoff(config.retryBackoff(), config.retryBackoffMax(), random);
    }
}
