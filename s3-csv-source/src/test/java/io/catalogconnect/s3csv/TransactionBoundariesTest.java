package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** Where the connector ends transactions when it is asked to. */
class TransactionBoundariesTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = Catalog.properties();
    private final Polling polling = new Polling(store, properties, new MovingClock(), new FakeWorker(true));

    @Test
    void aTransactionEndsWithAnObjectAndNeverWithinASmallOne() throws InterruptedException {
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
    void aTransactionEndsWithinAnObjectThatIsTooBig() throws InterruptedException {
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
    void aTransactionThatIsOpenWhenTheStoreGoesAwayEndsWithAnEmptyBatch() throws InterruptedException {
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
}
