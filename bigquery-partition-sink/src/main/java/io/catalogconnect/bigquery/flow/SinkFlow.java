package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.commit.Backoff;
import io.catalogconnect.bigquery.commit.DefaultStreamWriter;
import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.PartitionWriter;
import io.catalogconnect.bigquery.commit.WriterContext;
import io.catalogconnect.bigquery.convert.ConversionException;
import io.catalogconnect.bigquery.metrics.SinkMetrics;
import io.catalogconnect.bigquery.record.AppendedRows;
import io.catalogconnect.bigquery.record.ChangedRows;
import io.catalogconnect.bigquery.record.EndMarker;
import io.catalogconnect.bigquery.record.HeaderColumns;
import io.catalogconnect.bigquery.record.RejectedRecords;
import io.catalogconnect.bigquery.record.RowCheck;
import io.catalogconnect.bigquery.record.RowFactory;
import io.catalogconnect.bigquery.record.RowForm;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.TableMismatchException;
import io.catalogconnect.bigquery.table.TableProvisioner;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a task's records to the lane writers of their tables, and derives the offsets that may be committed from the
 * writers' progress. Used by the task's thread only; nothing blocks except {@link #awaitProgress}.
 */
public final class SinkFlow {

    private static final Logger LOG = LoggerFactory.getLogger(SinkFlow.class);

    private final FlowSettings settings;
    private final SinkPorts ports;
    private final RejectedRecords rejected;
    private final SinkMetrics metrics;
    private final Clock clock;
    private final WakeUp wakeUp = new WakeUp();
    private final RowFactory rows;
    private final WriteMode mode;
    private final LaneWriters<?> writers;
    private final TablePreparation tables;
    private final TableBacklog backlog = new TableBacklog();
    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();

    public SinkFlow(
            FlowSettings settings,
            SinkPorts ports,
            RejectedRecords rejected,
            SinkMetrics metrics,
            Clock clock,
            RandomGenerator random) {
        this.settings = settings;
        this.ports = ports;
        this.rejected = rejected;
        this.metrics = metrics;
        this.clock = clock;
        FlowSettings.Records records = settings.records();
        this.tables = new TablePreparation(
                new TableProvisioner(ports.catalog(), records.createTables(), records.evolution()),
                ports.blocking(),
                backoff(random),
                clock,
                wakeUp::signal,
                this::forgetTypes);
        this.mode = mode(random);
        this.writers = mode.writers();
        this.rows = new RowFactory(mode.rows(), records.layout(), records.conversion(), tables::register, clock);
    }

    private WriteMode mode(RandomGenerator random) {
        WriterReports reports = new WriterReports(metrics, rejected);
        HeaderColumns headers = settings.records().columns();
        RowForm appended = new AppendedRows(headers, RowCheck.NONE);
        LaneWriters<DefaultStreamWriter> atLeastOnce = new LaneWriters<>(
                (from, table) -> new DefaultStreamWriter(lane(from, table), context(reports, random)));
        if (settings.upsert().isPresent()) {
            return new UpsertMode(
                    atLeastOnce,
                    new ChangedRows(
                            settings.upsert().get(),
                            headers,
                            settings.records().conversion().naming()));
        }
        if (settings.guarantee() == FlowSettings.Guarantee.AT_LEAST_ONCE) {
            return new AppendMode(atLeastOnce, appended);
        }
        LaneWriters<PartitionWriter> exactlyOnce = new LaneWriters<>(
                (from, table) -> new PartitionWriter(lane(from, table), ports.takeOver(), context(reports, random)));
        return settings.replace()
                .<WriteMode>map(replace -> new ReplaceMode(
                        settings,
                        replace,
                        ports,
                        exactlyOnce,
                        partition -> firstUnsettledRow(exactlyOnce, partition),
                        metrics,
                        clock,
                        random,
                        wakeUp::signal))
                .orElseGet(() -> new AppendMode(exactlyOnce, appended));
    }

    private LaneKey lane(TopicPartition from, String table) {
        return new LaneKey(settings.connector(), from.topic(), from.partition(), table);
    }

    private WriterContext context(WriterReports reports, RandomGenerator random) {
        return new WriterContext(ports.streams(), settings.writer(), reports, backoff(random), tables, wakeUp::signal);
    }

    private Backoff backoff(RandomGenerator random) {
        return new Backoff(settings.retries().first(), settings.retries().longest(), random);
    }

    private void forgetTypes(String table) {
        rows.forget(table);
    }

    /** Starts to check the tables that the configuration names. */
    void start() {
        tables.check(settings.records().tables());
    }

    /** Whether the tables are still being checked. */
    boolean isStarting() {
        return tables.isChecking();
    }

    /** A partition was assigned, possibly again: whatever is known of it is outdated. */
    void open(TopicPartition partition) {
        close(partition);
    }

    /** A partition was revoked. */
    void close(TopicPartition partition) {
        writers.close(partition);
        backlog.close(partition);
        nextOffsets.remove(partition);
        rejected.forget(partition);
        mode.close(partition);
    }

    /** Passes a record to its lane. */
    void put(SinkRecord record) {
        TopicPartition from = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        long offset = record.originalKafkaOffset();
        Long next = nextOffsets.put(from, offset + 1);
        if (next != null && offset < next) {
            rewind(from, offset, next);
        }
        String table = settings.records().router().tableFor(record.topic());
        try {
            if (EndMarker.is(record)) {
                metrics.endMarkers.incrementAndGet();
                mode.endOfObject(record, table);
            } else if (record.value() == null && rows.tombstoneRefusal().isPresent()) {
                refuseTombstone(from, offset, table, record);
            } else {
                String appendTable = mode.appendTable(table);
                if (backlog.holds(appendTable) || rows.needsColumns(record, appendTable)) {
                    backlog.add(appendTable, new TableBacklog.Waiting(from, table, record));
                } else {
                    write(from, record, appendTable);
                }
            }
        } catch (ConversionException | TableMismatchException e) {
            reject(from, table, record, e);
        }
    }

    private void write(TopicPartition from, SinkRecord record, String appendTable) {
        if (record.value() == null) {
            metrics.tombstones.incrementAndGet();
            if (rows.deletesNothing(record, appendTable)) {
                return;
            }
        }
        writers.writer(from, appendTable).add(rows.row(record, appendTable, rejected.reportOf(record)), clock.millis());
    }

    private void reject(TopicPartition from, String table, SinkRecord record, RuntimeException why) {
        metrics.rejectedRecords.incrementAndGet();
        rejected.reject(from, record.originalKafkaOffset(), table, record, String.valueOf(why.getMessage()));
    }

    /** Writes the records of a table whose columns were read. */
    private void release(String appendTable, Optional<List<Column>> columns) {
        List<TableBacklog.Waiting> waiting = backlog.take(appendTable);
        rows.learn(
                appendTable,
                columns,
                waiting.stream().map(TableBacklog.Waiting::record).toList());
        for (TableBacklog.Waiting each : waiting) {
            try {
                write(each.from(), each.record(), appendTable);
            } catch (ConversionException | TableMismatchException e) {
                reject(each.from(), each.table(), each.record(), e);
            }
        }
    }

    /**
     * An offset is not above the last one: Connect rewound the partition, or the topic was recreated. Only a take-over can
     * determine which records are in the table.
     *
     * @throws ConnectException if a record below the offset is not settled: Connect rewinds to committed offsets only, so Kafka
     *     lost records, and this task would not receive that record again
     */
    private void rewind(TopicPartition partition, long offset, long expected) {
        long first = firstUnsettled(partition);
        if (first < offset) {
            throw new ConnectException(settings.connector() + ": " + partition + " continues at offset " + offset
                    + " after offset " + (expected - 1) + ", and the record at offset " + first
                    + " is neither written nor reported. Kafka would not deliver it again, for example because an unclean"
                    + " leader election truncated the topic. Restart the task: it continues at the last committed offset,"
                    + " which is at most " + first + ".");
        }
        LOG.warn(
                "{}: {} continues at offset {} after offset {}; taking the partition over again",
                settings.connector(),
                partition,
                offset,
                expected - 1);
        close(partition);
        nextOffsets.put(partition, offset + 1);
    }

    /** A tombstone deletes a key, which the rows of this write mode cannot express. */
    private void refuseTombstone(TopicPartition from, long offset, String table, SinkRecord record) {
        metrics.tombstones.incrementAndGet();
        String reason = "it is a tombstone, a record without a value, and "
                + rows.tombstoneRefusal().orElseThrow() + ".";
        switch (settings.records().tombstones()) {
            case SKIP -> {
                // Connect commits its offset
            }
            case DEAD_LETTER -> rejected.reject(from, offset, table, record, reason);
            case FAIL ->
                throw new DataException(settings.connector() + ": record at " + from + " offset " + offset
                        + " cannot be written to table " + table + ": " + reason
                        + " To continue, set tombstones=skip or tombstones=dead-letter.");
        }
    }

    /** Does what can be done now, in every lane. */
    void advance() {
        rejected.settle();
        tables.endChecks();
        tables.endPreparations();
        for (String table : backlog.tables()) {
            tables.read(table, columns -> release(table, columns));
        }
        long now = clock.millis();
        writers.advance(now);
        mode.advance(now);
        metrics.appendsInFlight.set(writers.requestsInFlight());
        metrics.bytesUnsettled.set(unsettledBytes());
    }

    /** Waits until an answer arrives, at most {@code millis}. */
    void awaitProgress(long millis) throws InterruptedException {
        wakeUp.await(millis);
    }

    /** The first offset of a partition that must not be committed, or {@link Long#MAX_VALUE}. */
    long firstUnsettled(TopicPartition partition) {
        return Math.min(firstUnsettledRow(writers, partition), mode.firstUnsettledMarker(partition));
    }

    private long firstUnsettledRow(LaneWriters<?> lanes, TopicPartition partition) {
        long first = Math.min(rejected.firstUnsettled(partition), backlog.firstUnsettled(partition));
        return Math.min(first, lanes.firstUnsettled(partition));
    }

    /** Bytes of the records that are not settled. */
    long unsettledBytes() {
        return writers.unsettledBytes() + rejected.unsettledBytes() + backlog.bytes() + mode.unsettledBytes();
    }

    /** Whether answers are likely to arrive soon. */
    boolean expectsAnswers() {
        return writers.expectsAnswers();
    }

    /** Closes all writers and ports without blocking. */
    void stop() {
        writers.closeAll();
        ports.release().run();
    }
}
