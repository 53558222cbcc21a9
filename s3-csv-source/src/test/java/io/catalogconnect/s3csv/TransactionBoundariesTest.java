package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.testkit.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the connector ends transactions when it is asked to. */
class TransactionBoundariesTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = Catalog.properties();
    private final Polling polling = new Polling(store, properties, new MovableClock(), new FakeWorker(true));

    @Test
    void transactionEndsWithAnObjectAndNeverWithinASmallOne() throws InterruptedException {
        properties.put("transaction.rows", "3");
        properties.put("copy.topics", "team-a");
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\nHP,2,\n");
        store.put("catalog/b.csv", Catalog.HEADER + "HP,3,\nHP,4,\nHP,5,\nHP,6,\n");
        store.put("catalog/c.csv", Catalog.HEADER + "HP,7,\n");

        List<SourceRecord> records = Polling.poll(polling.task());

        assertThat(Polling.ids(records)).hasSize(7);
        assertThat(polling.worker().transactions().ends)
                .extracting(record -> record.topic() + Catalog.value(record, "category_id"))
                .containsExactly("raw6");
        assertThat(polling.worker().transactions().endOfBatch).isTrue();
    }

    @Test
    void transactionEndsWithinAnObjectThatIsTooBig() throws InterruptedException {
        properties.put("transaction.rows", "2");
        properties.put("transaction.max.bytes", "10");
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\nHP,2,\nHP,3,\nHP,4,\n");
        properties.put("batch.max.rows", "4");

        Polling.poll(polling.task());

        assertThat(polling.worker().transactions().ends)
                .extracting(record -> Catalog.value(record, "category_id"))
                .containsExactly(2L, 4L);
        assertThat(polling.worker().transactions().endOfBatch).isFalse();
    }

    @Test
    void transactionEndsWithinAnObjectThatIsTooBigWhenItsRowsHaveTooManyBytes() throws InterruptedException {
        properties.put("transaction.max.bytes", "10");
        putLarge("a.csv", 40);

        List<SourceRecord> records = polling.all();

        assertThat(Polling.ids(records)).hasSize(40);
        assertThat(rowsOfEnds()).containsExactly(17L, 34L);
    }

    @Test
    void transactionEndsWithAnObjectWhenItsRowsHaveTooManyBytes() throws InterruptedException {
        properties.put("transaction.max.bytes", "20000000");
        putLarge("a.csv", 12);
        putLarge("b.csv", 11);
        putLarge("c.csv", 1);

        assertThat(Polling.ids(polling.all())).hasSize(24);
        assertThat(polling.worker().transactions().ends)
                .extracting(SourceRecord::key)
                .containsExactly("catalog/b.csv");
        assertThat(rowsOfEnds()).containsExactly(11L);
    }

    @Test
    void bytesOfRowsThatWereWithdrawnDoNotCount() throws InterruptedException {
        properties.put("transaction.max.bytes", "10");
        properties.put("bad.objects", "skip");
        putLarge("a.csv", 9);
        store.put("catalog/b.csv", damagedAfter(Catalog.largeRows(6)), Instant.EPOCH);
        putLarge("c.csv", 6);

        assertThat(Polling.ids(polling.all())).hasSize(15);
        assertThat(polling.worker().transactions().ends).isEmpty();
    }

    @Test
    void transactionEndsWithinAnObjectWhoseRowsAreTooManyForOneTransaction() throws InterruptedException {
        properties.put("transaction.rows", "1000");
        properties.put("transaction.max.bytes", "1048576");
        store.put("catalog/a.csv", smallRows(2_500), Instant.EPOCH);

        assertThat(Polling.ids(polling.all())).hasSize(2_500);
        // A row counts its 6 bytes, and 256 for each of the three topics.
        assertThat(rowsOfEnds()).containsExactly(1_355L, 2_355L);
    }

    @Test
    void transactionEndsWhenItHasTooManyRecords() throws InterruptedException {
        properties.put("transaction.rows", "10000000");
        properties.put("transaction.max.bytes", "10");
        store.put("catalog/a.csv", smallRows(45_000), Instant.EPOCH);

        assertThat(Polling.ids(polling.all())).hasSize(45_000);
        assertThat(rowsOfEnds()).containsExactly(21_676L, 43_352L);
    }

    @Test
    void recordsThatWereWithdrawnDoNotCount() throws InterruptedException {
        properties.put("transaction.rows", "10000000");
        properties.put("transaction.max.bytes", "33554432");
        properties.put("batch.max.rows", "100000");
        properties.put("bad.objects", "skip");
        store.put("catalog/a.csv", smallRows(20_000), Instant.EPOCH);
        store.put("catalog/b.csv", damagedAfter(smallRows(20_000)), Instant.EPOCH);
        store.put("catalog/c.csv", smallRows(20_000), Instant.EPOCH);

        assertThat(Polling.ids(polling.all())).hasSize(40_000);
        assertThat(polling.worker().transactions().ends).isEmpty();
    }

    private static byte[] smallRows(int rows) {
        return (Catalog.HEADER + "HP,1,\n".repeat(rows)).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void batchEndsAfterTooManyBytes() throws InterruptedException {
        putLarge("a.csv", 40);
        S3CsvSourceTask task = polling.task();

        assertThat(Polling.ids(Polling.poll(task))).hasSize(17);
        assertThat(Polling.ids(Polling.poll(task))).hasSize(17);
        assertThat(Polling.ids(Polling.poll(task))).hasSize(6);
    }

    private void putLarge(String name, int rows) {
        store.put("catalog/" + name, Catalog.largeRows(rows), Instant.EPOCH);
    }

    /** A file with more malformed rows at its end than bad.rows.max allows. */
    private byte[] damagedAfter(byte[] valid) {
        properties.put("bad.rows", "skip");
        properties.put("bad.rows.max", "1");
        byte[] malformed = "HP,x,\nHP,x,\n".getBytes(StandardCharsets.UTF_8);
        byte[] joined = Arrays.copyOf(valid, valid.length + malformed.length);
        System.arraycopy(malformed, 0, joined, valid.length, malformed.length);
        return joined;
    }

    /** Number of each row with which a transaction ends, in its object. */
    private List<Object> rowsOfEnds() {
        return polling.worker().transactions().ends.stream()
                .map(record -> record.headers().lastWithName("csv.row").value())
                .toList();
    }

    @Test
    void openTransactionEndsWithAnEmptyBatchIfTheStoreFails() throws InterruptedException {
        properties.put("batch.max.rows", "1");
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\n");
        store.put("catalog/b.csv", Catalog.HEADER + "HP,2,\n");
        S3CsvSourceTask task = polling.task();
        assertThat(Polling.ids(Polling.poll(task))).containsExactly(1L);
        assertThat(polling.worker().transactions().endOfBatch).isFalse();
        store.failNext(5);

        assertThat(task.poll()).isEmpty();
        assertThat(polling.worker().transactions().endOfBatch).isTrue();
        assertThat(Polling.ids(Polling.poll(task))).containsExactly(2L);
    }

    @ParameterizedTest
    @CsvSource({"required, connector", "REQUIRED, CONNECTOR"})
    void taskThatRequiresExactlyOnceFailsOnAWorkerWithoutTransactions(String support, String boundary) {
        properties.put("exactly.once.support", support);
        properties.put("transaction.boundary", boundary);

        assertThatThrownBy(() -> start(new FakeWorker(false)))
                .isInstanceOf(ConnectException.class)
                .hasMessage("exactly.once.support is required, but this worker runs no transactions for its source"
                        + " connectors: a standalone worker never does. Run the connector on a distributed worker with"
                        + " exactly.once.source.support=enabled, or set exactly.once.support to requested, with which a"
                        + " row can be delivered more than once");
    }

    @ParameterizedTest
    @CsvSource({
        "required, connector, true",
        "requested, connector, false",
        ", connector, false",
        "required, poll, false",
        "required, , false"
    })
    void taskStartsOnEveryOtherWorker(String support, String boundary, boolean transactions) {
        if (support != null) {
            properties.put("exactly.once.support", support);
        }
        if (boundary != null) {
            properties.put("transaction.boundary", boundary);
        }

        assertThatCode(() -> start(new FakeWorker(transactions))).doesNotThrowAnyException();
    }

    private void start(FakeWorker worker) {
        new Polling(store, properties, new MovableClock(), worker).task();
    }
}
