package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class S3CsvSourceTaskTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = Catalog.properties();
    private final Polling polling = new Polling(store, properties);

    @Test
    void rowIsSentToTheCopyTopicsFirstAndToTheMainTopicLast() throws InterruptedException {
        store.put("catalog/dt=2026-01-31/a.csv", Catalog.HEADER + "HP,1,\nDell,2,new\n");

        List<SourceRecord> records = Polling.poll(polling.task());

        assertThat(records)
                .extracting(SourceRecord::topic)
                .containsExactly("team-a", "team-b", "raw", "team-a", "team-b", "raw");
        assertThat(records).extracting(SourceRecord::value).satisfies(values -> {
            assertThat(values.get(0)).isSameAs(values.get(1)).isSameAs(values.get(2));
        });
        assertThat(records.get(5).value())
                .hasToString("Struct{brand=Dell,category_id=2,comment=new,catalog_date="
                        + ((Struct) records.get(5).value()).get("catalog_date") + "}");
        assertThat(((Struct) records.get(0).value()).get("comment")).isNull();
        assertThat(records.get(0).key()).isEqualTo("catalog/dt=2026-01-31/a.csv");
    }

    @Test
    void recordNamesTheOriginOfItsRow() throws InterruptedException {
        store.put("catalog/dt=2026-01-31/a.csv", Catalog.HEADER + "HP,1,\nDell,2,new\n");

        SourceRecord second = Polling.poll(polling.task()).get(5);

        Map<String, Object> headers = new HashMap<>();
        second.headers().forEach(header -> headers.put(header.key(), header.value()));
        assertThat(headers)
                .isEqualTo(Map.of(
                        "s3.bucket", "catalog",
                        "s3.key", "catalog/dt=2026-01-31/a.csv",
                        "s3.etag", "etag1",
                        "s3.last.modified", "2026-01-02T03:04:05Z",
                        "csv.row", 2L,
                        "csv.byte", 32L,
                        "file.date", "2026-01-31"));
    }

    @Test
    void copiesCarryTheProgressFromBeforeTheRowAndTheLastRowIsDone() throws InterruptedException {
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\nDell,2,new\n");

        List<SourceRecord> records = Polling.poll(polling.task());

        assertThat(records)
                .extracting(record -> Catalog.offset(record).get("row"))
                .containsExactly(0L, 0L, 1L, 1L, 1L, 2L);
        assertThat(records)
                .extracting(record -> Catalog.offset(record).get("byte"))
                .containsExactly(26L, 26L, 32L, 32L, 32L, 43L);
        assertThat(records)
                .extracting(record -> Catalog.offset(record).get("st"))
                .containsExactly("open", "open", "open", "open", "open", "done");
        assertThat(Catalog.offset(records.get(5)))
                .isEqualTo(Map.of(
                        "v",
                        1L,
                        "etag",
                        "etag1",
                        "size",
                        43L,
                        "lm",
                        1767323045000L,
                        "byte",
                        43L,
                        "row",
                        2L,
                        "hdr",
                        "brand,category_id,comment",
                        "st",
                        "done"));
        assertThat(records.get(5).sourcePartition()).isEqualTo(Map.of("object", "s3://catalog/catalog/a.csv"));
    }

    @Test
    void acknowledgedCopyDoesNotCommitARowWhoseMainRecordIsLost() throws InterruptedException {
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\nDell,2,new\n");
        List<SourceRecord> records = Polling.poll(polling.task());
        polling.worker().send(records);
        polling.worker().acknowledge(records.get(0));
        polling.worker().acknowledge(records.get(1));
        polling.worker().acknowledge(records.get(2));
        polling.worker().acknowledge(records.get(3));
        polling.worker().acknowledge(records.get(4));
        polling.worker().commit();
        polling.worker().crash();

        List<SourceRecord> again = Polling.poll(polling.task());

        assertThat(again).extracting(SourceRecord::topic).containsExactly("team-a", "team-b", "raw");
        assertThat(Catalog.offset(again.get(2))).containsEntry("row", 2L);
    }

    @Test
    void filterThatDropsEveryCopyDoesNotBlockProgress() throws InterruptedException {
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\nDell,2,new\n");
        polling.worker().deliver(Polling.poll(polling.task()), "team-a", "team-b");
        polling.worker().commit();

        assertThat(polling.worker().stored().values())
                .singleElement()
                .satisfies(offset -> assertThat(offset).containsEntry("st", "done"));
        assertThat(Polling.poll(polling.task())).isEmpty();
        assertThat(store.openings).hasSize(1);
    }

    @Test
    void restartAfterEveryRowSendsEachRowOnce() throws InterruptedException {
        StringBuilder text = new StringBuilder("\uFEFF" + Catalog.HEADER);
        for (int i = 0; i < 40; i++) {
            text.append(i % 3 == 0 ? "\"Hé\nP😀\"" : "Dell")
                    .append(',')
                    .append(i)
                    .append(",\"a,\"\"b\"\r\n");
        }
        store.put("catalog/a.csv", text.toString());
        properties.put("batch.max.rows", "1");
        properties.put("copy.topics", "");
        List<Long> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            List<SourceRecord> records = Polling.poll(polling.task());
            polling.worker().deliver(records);
            polling.worker().commit();
            polling.worker().crash();
            rows.add(((Struct) records.get(0).value()).getInt64("category_id"));
        }

        assertThat(rows).doesNotHaveDuplicates().hasSize(40).isSorted();
        assertThat(Polling.poll(polling.task())).isEmpty();
    }

    @Test
    void objectsThatArriveLaterAreFoundWhateverTheirKeyAndTime() throws InterruptedException {
        store.put("catalog/m.csv", Catalog.HEADER + "HP,1,\n");
        S3CsvSourceTask task = polling.task();
        polling.worker().deliver(Polling.poll(task));
        store.put("catalog/a.csv", Catalog.HEADER + "HP,2,\n");
        store.put("catalog/z.csv", Catalog.HEADER + "HP,3,\n");

        assertThat(Polling.ids(polling.drain(task, 2))).containsExactly(2L, 3L);
    }

    @Test
    void everyPageOfAListingKeepsThePrefix() throws InterruptedException {
        MemoryStore paged = new MemoryStore(2);
        for (int i = 0; i < 7; i++) {
            paged.put("catalog/" + i + ".csv", Catalog.HEADER + "HP," + i + ",\n");
        }
        paged.put("other/1.csv", "x\n");

        S3CsvSourceTask task = new Polling(paged, properties).task();

        assertThat(Polling.ids(polling.drain(task, 7))).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(new TreeSet<>(paged.listings)).containsExactly("catalog/");
    }

    @Test
    void objectWithoutRowsIsReadOnceAndLeavesNoEntry() throws InterruptedException {
        store.put("catalog/a.csv", Catalog.HEADER);
        store.put("catalog/b.csv", "");
        store.put("catalog/folder/", "");
        S3CsvSourceTask task = polling.task();

        assertThat(Polling.ids(polling.all(task))).isEmpty();
        assertThat(store.openings).containsExactly("catalog/a.csv@0");
        assertThat(polling.worker().stored()).isEmpty();
    }

    @Test
    void storedOffsetThatCannotBeReadIsNamed() {
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\n");
        polling.worker().store(Map.of("object", "s3://catalog/catalog/a.csv"), Map.of("v", 1, "etag", "etag1"));
        S3CsvSourceTask task = polling.task();

        assertThatThrownBy(task::poll)
                .isInstanceOf(ConnectException.class)
                .hasMessage("The stored offset of {object=s3://catalog/catalog/a.csv} cannot be read: byte is missing."
                        + " Correct it, or delete it, with PATCH /connectors/<name>/offsets");
    }

    @Test
    void tasksShareAllObjects() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            store.put("catalog/" + i + ".csv", Catalog.HEADER + "HP," + i + ",\n");
        }
        S3CsvSourceConnector connector = new S3CsvSourceConnector();
        connector.start(properties);
        List<Long> all = new ArrayList<>();
        for (Map<String, String> configuration : connector.taskConfigs(3)) {
            S3CsvSourceTask task = new S3CsvSourceTask(config -> store, polling.clock(), new Random(1));
            task.initialize(polling.worker());
            task.start(configuration);
            List<Long> share = Polling.ids(polling.all(task));
            assertThat(share).hasSizeBetween(5, 30);
            all.addAll(share);
        }

        assertThat(all).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void stoppingClosesTheStoreAndALaterPollGivesNothing() throws InterruptedException {
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\nHP,2,\n");
        properties.put("batch.max.rows", "1");
        S3CsvSourceTask task = polling.task();
        Polling.poll(task);

        task.stop();

        assertThat(store.closed).isTrue();
        assertThat(task.poll()).isNull();
        assertThat(task.version()).isEqualTo("unknown");
    }
}
