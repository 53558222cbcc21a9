package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.s3csv.object.StoreException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;

/** A store that is busy, away, cuts connections or refuses. */
class StoreFailuresTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = Catalog.properties();
    private final Polling polling = new Polling(store, properties);

    @Test
    void threeBusyAnswersAreNothing() throws InterruptedException {
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\n");
        store.failNext(3);

        assertThat(Polling.ids(Polling.poll(polling.task()))).containsExactly(1L);
    }

    @Test
    void outageIsRetriedByTheWorkerUntilItIsTooLong() throws InterruptedException {
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\n");
        properties.put("s3.outage.max.ms", "60000");
        S3CsvSourceTask task = polling.task();
        store.failNext(5);
        assertThatThrownBy(task::poll)
                .isInstanceOf(RetriableException.class)
                .hasMessage("Listing s3://catalog/catalog/ failed 5 times in a row, the last time with: 503 Slow Down");
        assertThat(Polling.ids(Polling.poll(task))).containsExactly(1L);
        store.put("catalog/b.csv", Catalog.HEADER + "HP,2,\n");
        store.failNext(Integer.MAX_VALUE);
        polling.clock().advance(Duration.ofSeconds(1));
        assertThatThrownBy(task::poll).isInstanceOf(RetriableException.class);
        polling.clock().advance(Duration.ofSeconds(60));
        assertThatThrownBy(task::poll)
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessage("Listing s3://catalog/catalog/ failed 5 times in a row, the last time with: 503 Slow Down."
                        + " S3 has been unavailable for 60000 ms, longer than s3.outage.max.ms allows. Restart the"
                        + " connector when S3 is available again: it resumes where it stopped");
    }

    @Test
    void noRowIsLostOrDuplicatedIfAStreamBreaksEveryFewBytes() throws InterruptedException {
        StringBuilder text = new StringBuilder(Catalog.HEADER);
        for (int i = 0; i < 300; i++) {
            text.append("\"H\nP😀\",").append(i).append(",é\n");
        }
        store.put("catalog/a.csv", text.toString());
        for (int cut = 1; cut < 200; cut += 7) {
            store.cutAfter(cut);
            Polling fresh = new Polling(store, properties);
            assertThat(Polling.ids(fresh.drain(fresh.task(), 300)))
                    .as("cut after %d bytes", cut)
                    .hasSize(300)
                    .isSorted();
        }
    }

    @Test
    void refusalStopsTheTaskWithAdvice() {
        store.refuse(new StoreException("Cannot list s3://catalog/catalog/. Allow s3:ListBucket", null));
        S3CsvSourceTask task = polling.task();

        assertThatThrownBy(task::poll)
                .isInstanceOf(ConnectException.class)
                .hasMessage("Cannot list s3://catalog/catalog/. Allow s3:ListBucket");
    }
}
