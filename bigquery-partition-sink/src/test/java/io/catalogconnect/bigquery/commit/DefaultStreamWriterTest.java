package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.simulation.LaneRows;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Faults;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DefaultStreamWriterTest implements WriterEvents {

    private static final LaneKey LANE = new LaneKey("sink", "products", 0, "t");

    private final SimulatedBigQuery service = new SimulatedBigQuery(new Random(3));
    private final LaneRows rows = new LaneRows(LANE);
    private final List<Long> refused = new ArrayList<>();
    private CompletableFuture<Void> refusal = CompletableFuture.completedFuture(null);
    private long now = 1_000;
    private final DefaultStreamWriter writer = new DefaultStreamWriter(
            LANE,
            new WriterContext(
                    service,
                    new WriterSettings(
                            new WriterSettings.Appends(10, 10_000, 4, 3, Duration.ZERO, Duration.ofSeconds(1)),
                            new WriterSettings.TakeOvers(
                                    Duration.ofSeconds(1), Duration.ZERO, WriterSettings.OtherConnectors.FAIL),
                            Duration.ofSeconds(5)),
                    this,
                    new Backoff(Duration.ofMillis(1), Duration.ofMillis(20), new Random(1)),
                    any -> true,
                    () -> {}));

    @Test
    void eachRowIsWrittenOnceWithoutTakeOverIfNoCallFails() {
        addRows(0, 95);
        addRows(90, 100);
        assertThat(writer.firstUnsettled()).hasValue(0);
        run();

        assertThat(offsets()).containsExactlyElementsOf(range(0, 100));
        assertThat(writer.firstUnsettled()).isEmpty();
        assertThat(writer.unsettledBytes()).isZero();
        assertThat(writer.requestsInFlight()).isZero();
        assertThat(writer.isWriting()).isTrue();
        assertThat(service.registration(LANE)).isEqualTo(Registration.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void noRowIsMissingWhicheverFaultOccurs(int kind) {
        double[] often = new double[5];
        often[kind] = 0.3;
        service.faults(new Faults(often[0], often[1], often[2], often[3], often[4], 0));
        for (int i = 0; i < 50; i++) {
            addRows(20L * i, 20L * i + 20);
            tick();
        }
        service.faults(Faults.NONE);
        now += 5_000;
        run();

        assertThat(new TreeSet<>(offsets())).containsExactlyElementsOf(range(0, 1_000));
        assertThat(writer.firstUnsettled()).isEmpty();
    }

    @Test
    void malformedRowsAreReportedAndTheOthersAreWritten() {
        refusal = new CompletableFuture<>();
        service.refuse(row -> row.offset() % 10 == 4);
        addRows(0, 30);
        run();
        assertThat(writer.firstUnsettled()).hasValue(4);
        refusal.complete(null);
        run();

        assertThat(refused).containsExactly(4L, 14L, 24L);
        assertThat(offsets()).hasSize(27);
        assertThat(writer.firstUnsettled()).isEmpty();
    }

    @Test
    void malformedRowThatCannotBeReportedStopsTheTask() {
        refusal = CompletableFuture.failedFuture(new IllegalStateException("no dead letter topic"));
        service.refuse(row -> row.offset() == 1);
        addRows(0, 3);

        assertThatThrownBy(this::run).isInstanceOf(IllegalStateException.class).hasMessage("no dead letter topic");
        assertThatThrownBy(this::run).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void columnThatStaysUnknownStopsTheTask() {
        service.columnsUnknown(true);
        addRows(0, 3);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        tick();
                    }
                })
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("sink: products-0 -> t: default stream: BigQuery still does not accept the record's"
                        + " columns after 5 s: Input schema has more fields than BigQuery schema. Compare the table's"
                        + " columns with the record's schema, then restart the task.");
    }

    @Test
    void closedWriterSendsNothing() {
        addRows(0, 3);
        writer.close();
        run();

        assertThat(offsets()).isEmpty();
        assertThat(writer.isWriting()).isFalse();
    }

    @Override
    public void sent(int rows, long bytes) {}

    @Override
    public void acknowledged(int rows) {}

    @Override
    public void skipped(int rows) {
        throw new AssertionError("a default stream has no high-water mark");
    }

    @Override
    public void tookOver() {
        throw new AssertionError("a default stream has no owner");
    }

    @Override
    public boolean toleratesRefusals() {
        return true;
    }

    @Override
    public CompletableFuture<Void> refused(LaneKey lane, Row row, String reason) {
        refused.add(row.offset());
        return refusal;
    }

    private void addRows(long from, long to) {
        for (long offset = from; offset < to; offset++) {
            writer.add(rows.row(offset), now);
        }
    }

    private void tick() {
        now += 7;
        service.now(now);
        service.workAll();
        writer.advance(now);
    }

    private void run() {
        for (int i = 0; i < 500; i++) {
            tick();
        }
    }

    private List<Long> offsets() {
        return service.rows("t").stream().map(Stored::offset).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
