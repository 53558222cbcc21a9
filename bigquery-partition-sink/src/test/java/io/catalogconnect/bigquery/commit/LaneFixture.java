package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.simulation.LaneRows;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Faults;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Stored;
import io.catalogconnect.bigquery.simulation.SimulatedCheckpoints;
import io.catalogconnect.bigquery.table.TableMismatchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A lane's writer on a simulated service, advanced one tick at a time; records the writer's events. */
final class LaneFixture implements WriterEvents {

    static final LaneKey LANE = new LaneKey("sink", "products", 0, "t");
    static final String MISFIT = "the table does not fit";
    static final Faults ANSWERS_LOST = new Faults(0, 1, 0, 0, 0, 0);
    static final Faults CALLS_LOST = new Faults(1, 0, 0, 0, 1, 0);
    static final Faults NO_ANSWERS = new Faults(0, 0, 1, 0, 0, 0);
    static final Faults INTERNAL = new Faults(0, 0, 0, 1, 0, 0);
    static final Faults SEEN_LATE = new Faults(0, 0, 0, 0, 0, 1_000_000);

    final SimulatedBigQuery service;
    final SimulatedCheckpoints checkpoints;
    final List<Long> refused = new ArrayList<>();
    final List<String> rechecked = new ArrayList<>();
    final List<RowFormat> misfits = new ArrayList<>();
    private final LaneRows rows = new LaneRows(LANE);
    /** Answers for all reports. */
    PendingReport refusal = () -> true;

    boolean tableReady = true;
    boolean toleratesRefusals = true;
    TableMismatchException.Extent misfitExtent = TableMismatchException.Extent.SCHEMA;
    WriterSettings.Appends appends = new WriterSettings.Appends(10, 10_000, 4, 3, Duration.ZERO, Duration.ofSeconds(5));
    Duration visibilityTimeout = Duration.ZERO;
    int skipped;
    int takeOvers;
    long acknowledged;
    /** Number of rows of each append that was sent. */
    final List<Integer> sent = new ArrayList<>();

    boolean isWoken;
    long now = 1_000;
    PartitionWriter writer;

    LaneFixture() {
        this(new SimulatedBigQuery(new Random(7)));
    }

    LaneFixture(SimulatedBigQuery service) {
        this.service = service;
        this.checkpoints = new SimulatedCheckpoints(service, new Random(1));
        this.writer = newWriter();
    }

    @Override
    public void sent(int rows, long bytes) {
        sent.add(rows);
    }

    @Override
    public void acknowledged(int rows) {
        assertThat(rows).isPositive();
        acknowledged += rows;
    }

    @Override
    public void skipped(int rows) {
        assertThat(rows).isPositive();
        skipped += rows;
    }

    @Override
    public void tookOver() {
        takeOvers++;
    }

    @Override
    public boolean toleratesRefusals() {
        return toleratesRefusals;
    }

    @Override
    public PendingReport refused(LaneKey lane, Row row, String reason) {
        assertThat(lane).isEqualTo(LANE);
        assertThat(reason).isIn(SimulatedBigQuery.REFUSAL, MISFIT);
        refused.add(row.offset());
        return () -> refusal.isStored();
    }

    PartitionWriter newWriter() {
        return newWriter(LANE, WriterSettings.OtherConnectors.FAIL);
    }

    /** A writer of the lane for another connector. */
    PartitionWriter newWriter(String connector, WriterSettings.OtherConnectors others) {
        return newWriter(new LaneKey(connector, LANE.topic(), LANE.partition(), LANE.table()), others);
    }

    private PartitionWriter newWriter(LaneKey key, WriterSettings.OtherConnectors others) {
        return new PartitionWriter(key, ports(), context(others));
    }

    TakeOverPorts ports() {
        return new TakeOverPorts(service, checkpoints, service);
    }

    WriterContext context() {
        return context(WriterSettings.OtherConnectors.FAIL);
    }

    private WriterContext context(WriterSettings.OtherConnectors others) {
        WriterSettings settings = new WriterSettings(
                appends,
                new WriterSettings.TakeOvers(Duration.ofSeconds(50), visibilityTimeout, others),
                Duration.ofSeconds(5));
        return new WriterContext(
                service,
                settings,
                this,
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(20), new Random(1)),
                readiness(),
                () -> isWoken = true);
    }

    private TableReadiness readiness() {
        return new TableReadiness() {
            @Override
            public boolean accepts(RowFormat format) {
                return tableReady && !misfits.contains(format);
            }

            @Override
            public Optional<TableMismatchException> refusal(RowFormat format) {
                return misfits.contains(format)
                        ? Optional.of(new TableMismatchException(misfitExtent, MISFIT))
                        : Optional.empty();
            }

            @Override
            public void recheck(String table) {
                rechecked.add(table);
            }
        };
    }

    Row row(long offset) {
        return rows.row(offset);
    }

    /** A row with a record timestamp. */
    Row row(long offset, long timestamp) {
        Row row = rows.row(offset);
        return new Row(row.offset(), timestamp, row.format(), row.bytes(), row.report());
    }

    void add(long from, long to) {
        add(writer, from, to);
    }

    void add(LaneWriter adding, long from, long to) {
        for (long offset = from; offset < to; offset++) {
            adding.add(row(offset), now);
        }
    }

    /** Advances the writer until it has taken over the lane and sent the first requests. */
    void own() {
        while (writer.requestsInFlight() == 0) {
            writer.advance(now);
            if (writer.requestsInFlight() == 0) {
                assertThat(service.work()).isTrue();
            }
        }
    }

    void tick() {
        tick(writer);
    }

    void tick(LaneWriter ticking) {
        now += 7;
        service.now(now);
        service.workAll();
        ticking.advance(now);
    }

    void run() {
        run(writer);
    }

    void run(LaneWriter running) {
        for (int i = 0; i < 300; i++) {
            tick(running);
        }
    }

    /** Checkpoints of the stream of the lane's owner. */
    List<Checkpoint> checkpointsOfTheOwner() {
        return checkpoints.of(service.registration(LANE).stream());
    }

    /** Offsets of all rows that were ever appended. */
    List<Long> appended() {
        return service.appended().stream().map(Stored::offset).toList();
    }

    List<Long> offsets() {
        return service.rows("t").stream().map(Stored::offset).toList();
    }

    static List<Long> range(long from, long to) {
        List<Long> offsets = new ArrayList<>();
        for (long offset = from; offset < to; offset++) {
            offsets.add(offset);
        }
        return offsets;
    }
}
