package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** Treatment of an object that is overwritten after or while it is read. */
class ChangedObjectsTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = Catalog.properties();
    private final Polling polling = new Polling(store, properties);

    @Test
    void overwrittenObjectIsReadAgainFromItsStart() throws InterruptedException {
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\nHP,2,\n");
        S3CsvSourceTask task = polling.task();
        polling.worker().deliver(Polling.poll(task));
        polling.worker().commit();
        store.put("catalog/a.csv", Catalog.HEADER + "HP,3,\nHP,4,\n");

        List<SourceRecord> records = polling.drain(task, 2);

        assertThat(Polling.ids(records)).containsExactly(3L, 4L);
        polling.worker().deliver(records);
        polling.worker().commit();
        assertThat(polling.worker().stored()).hasSize(1);
        assertThat(Polling.ids(polling.all())).isEmpty();
    }

    @Test
    void overwrittenObjectIsIgnoredIfConfigured() throws InterruptedException {
        properties.put("object.changed", "ignore");
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\n");
        S3CsvSourceTask task = polling.task();
        polling.worker().deliver(Polling.poll(task));
        polling.worker().commit();
        store.put("catalog/a.csv", Catalog.HEADER + "HP,3,\n");

        assertThat(Polling.ids(polling.all(task))).isEmpty();
        assertThat(Polling.ids(polling.all())).isEmpty();
    }

    @Test
    void overwrittenObjectStopsTheTaskIfConfigured() throws InterruptedException {
        properties.put("object.changed", "fail");
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\n");
        S3CsvSourceTask task = polling.task();
        polling.worker().deliver(Polling.poll(task));
        polling.worker().commit();
        store.put("catalog/a.csv", Catalog.HEADER + "HP,3,\n");

        assertThatThrownBy(() -> polling.all(task))
                .isInstanceOf(ConnectException.class)
                .hasMessage("s3://catalog/catalog/a.csv was overwritten (ETag etag2, before etag1), and"
                        + " object.changed=fail. Set object.changed=redeliver to read the new version or"
                        + " object.changed=ignore to skip it");
    }

    @Test
    void objectReplacedWhileItIsReadIsReadFromItsStartInItsNewVersion() throws InterruptedException {
        StringBuilder text = new StringBuilder(Catalog.HEADER);
        for (int i = 0; i < 20_000; i++) {
            text.append("HP,").append(i).append(",first\n");
        }
        store.put("catalog/a.csv", text.toString());
        store.cutAfter(40_000);
        properties.put("batch.max.rows", "10");
        S3CsvSourceTask task = polling.task();
        assertThat(Polling.ids(Polling.poll(task))).hasSize(10);
        store.put("catalog/a.csv", Catalog.HEADER + "HP,-1,second\nHP,-2,second\n");

        List<SourceRecord> rest = new ArrayList<>();
        while (!Polling.ids(rest).contains(-2L)) {
            List<SourceRecord> records = task.poll();
            if (records != null) {
                rest.addAll(records);
            }
        }

        List<SourceRecord> second = rest.stream()
                .filter(record -> Catalog.value(record, "comment").equals("second"))
                .toList();
        assertThat(Polling.ids(second)).containsExactly(-1L, -2L);
        assertThat(rest.subList(rest.size() - second.size(), rest.size())).isEqualTo(second);
    }

    @Test
    void keyThatIsListedAndDoesNotExistIsTriedOnceAfterEachListingAndHoldsNoOtherObjectBack()
            throws InterruptedException {
        properties.put("poll.interval.ms", "30000");
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\n");
        store.put("catalog/b.csv", Catalog.HEADER + "HP,2,\n");
        store.keepListed("catalog/a.csv");
        S3CsvSourceTask task = polling.task();

        assertThat(Polling.ids(Polling.poll(task))).containsExactly(2L);
        assertThat(Polling.poll(task)).isEmpty();
        assertThat(store.openings).containsExactly("catalog/a.csv@0", "catalog/b.csv@0");
        assertThat(store.listings).hasSize(2);

        polling.clock().advance(Duration.ofSeconds(30));
        assertThat(Polling.poll(task)).isEmpty();
        assertThat(Polling.poll(task)).isEmpty();
        assertThat(store.openings).hasSize(3).last().isEqualTo("catalog/a.csv@0");
        assertThat(store.listings).hasSize(3);

        store.repair("catalog/a.csv");
        polling.clock().advance(Duration.ofSeconds(30));
        assertThat(Polling.ids(Polling.poll(task))).containsExactly(1L);
    }

    @Test
    void stopIsNoticedBetweenObjectsThatDoNotExist() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            store.put("catalog/" + i + ".csv", Catalog.HEADER + "HP,1,\n");
            store.keepListed("catalog/" + i + ".csv");
        }
        S3CsvSourceTask task = polling.task();
        store.onOpen(task::stop);

        assertThat(Polling.poll(task)).isEmpty();

        assertThat(store.openings).hasSize(1);
    }
}
