package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.s3csv.object.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class S3CsvSourceTaskTest {

    private static final String HEADER = "brand,category_id,comment\n";

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "s3.prefix", "catalog/",
            "topic", "raw",
            "copy.topics", "team-a,team-b",
            "columns", "brand:string,category_id:int64,comment:string?",
            "record.name", "io.catalogconnect.Product",
            "file.date.pattern", "dt=(?<date>\\d{4}-\\d{2}-\\d{2})",
            "file.date.column", "catalog_date",
            "poll.interval.ms", "1",
            "s3.retry.backoff.ms", "0"));
    private final MovingClock clock = new MovingClock();
    private FakeWorker worker = new FakeWorker(false);

    @Test
    void aRowGoesToEveryCopyTopicFirstAndToTheMainTopicLast() throws InterruptedException {
        store.put("catalog/dt=2026-01-31/a.csv", HEADER + "HP,1,\nDell,2,new\n");

        List<SourceRecord> records = poll(task());

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
    void aRecordSaysWhereItsRowCameFrom() throws InterruptedException {
        store.put("catalog/dt=2026-01-31/a.csv", HEADER + "HP,1,\nDell,2,new\n");

        SourceRecord second = poll(task()).get(5);

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
        store.put("catalog/a.csv", HEADER + "HP,1,\nDell,2,new\n");

        List<SourceRecord> records = poll(task());

        assertThat(records).extracting(record -> offset(record).get("row")).containsExactly(0L, 0L, 1L, 1L, 1L, 2L);
        assertThat(records)
                .extracting(record -> offset(record).get("byte"))
                .containsExactly(26L, 26L, 32L, 32L, 32L, 43L);
        assertThat(records)
                .extracting(record -> offset(record).get("st"))
                .containsExactly("open", "open", "open", "open", "open", "done");
        assertThat(offset(records.get(5)))
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
    void anAcknowledgedCopyDoesNotCommitTheRowWhoseMainRecordIsLost() throws InterruptedException {
        store.put("catalog/a.csv", HEADER + "HP,1,\nDell,2,new\n");
        List<SourceRecord> records = poll(task());
        worker.send(records);
        worker.acknowledge(records.get(0));
        worker.acknowledge(records.get(1));
        worker.acknowledge(records.get(2));
        worker.acknowledge(records.get(3));
        worker.acknowledge(records.get(4));
        worker.commit();
        worker.crash();

        List<SourceRecord> again = poll(task());

        assertThat(again).extracting(SourceRecord::topic).containsExactly("team-a", "team-b", "raw");
        assertThat(offset(again.get(2))).containsEntry("row", 2L);
    }

    @Test
    void aFilterThatDropsEveryCopyDoesNotHoldProgressUp() throws InterruptedException {
        store.put("catalog/a.csv", HEADER + "HP,1,\nDell,2,new\n");
        worker.deliver(poll(task()), "team-a", "team-b");
        worker.commit();

        assertThat(worker.stored().values())
                .singleElement()
                .satisfies(offset -> assertThat(offset).containsEntry("st", "done"));
        assertThat(poll(task())).isEmpty();
        assertThat(store.openings).hasSize(1);
    }

    @Test
    void aRestartAfterEveryRowSendsEachRowOnce() throws InterruptedException {
        StringBuilder text = new StringBuilder("\uFEFF" + HEADER);
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
            List<SourceRecord> records = poll(task());
            worker.deliver(records);
            worker.commit();
            worker.crash();
            rows.add(((Struct) records.get(0).value()).getInt64("category_id"));
        }

        assertThat(rows).doesNotHaveDuplicates().hasSize(40).isSorted();
        assertThat(poll(task())).isEmpty();
    }

    @Test
    void objectsThatArriveLaterAreFoundWhateverTheirKeyAndTime() throws InterruptedException {
        store.put("catalog/m.csv", HEADER + "HP,1,\n");
        S3CsvSourceTask task = task();
        worker.deliver(poll(task));
        store.put("catalog/a.csv", HEADER + "HP,2,\n");
        store.put("catalog/z.csv", HEADER + "HP,3,\n");

        assertThat(ids(drain(task, 2))).containsExactly(2L, 3L);
    }

    @Test
    void everyPageOfAListingKeepsThePrefix() throws InterruptedException {
        MemoryStore paged = new MemoryStore(2);
        for (int i = 0; i < 7; i++) {
            paged.put("catalog/" + i + ".csv", HEADER + "HP," + i + ",\n");
        }
        paged.put("other/1.csv", "x\n");

        S3CsvSourceTask task = task(paged);

        assertThat(ids(drain(task, 7))).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(new TreeSet<>(paged.listings)).containsExactly("catalog/");
    }

    @Test
    void anOverwrittenObjectIsReadAgainFromItsStart() throws InterruptedException {
        store.put("catalog/a.csv", HEADER + "HP,1,\nHP,2,\n");
        S3CsvSourceTask task = task();
        worker.deliver(poll(task));
        worker.commit();
        store.put("catalog/a.csv", HEADER + "HP,3,\nHP,4,\n");

        List<SourceRecord> records = drain(task, 2);

        assertThat(ids(records)).containsExactly(3L, 4L);
        worker.deliver(records);
        worker.commit();
        assertThat(worker.stored()).hasSize(1);
        assertThat(ids(drainNothing(task()))).isEmpty();
    }

    @Test
    void anOverwrittenObjectIsLeftAloneWhenToldSo() throws InterruptedException {
        properties.put("object.changed", "ignore");
        store.put("catalog/a.csv", HEADER + "HP,1,\n");
        S3CsvSourceTask task = task();
        worker.deliver(poll(task));
        worker.commit();
        store.put("catalog/a.csv", HEADER + "HP,3,\n");

        assertThat(ids(drainNothing(task))).isEmpty();
        assertThat(ids(drainNothing(task()))).isEmpty();
    }

    @Test
    void anOverwrittenObjectStopsTheTaskWhenToldSo() throws InterruptedException {
        properties.put("object.changed", "fail");
        store.put("catalog/a.csv", HEADER + "HP,1,\n");
        S3CsvSourceTask task = task();
        worker.deliver(poll(task));
        worker.commit();
        store.put("catalog/a.csv", HEADER + "HP,3,\n");

        assertThatThrownBy(() -> drainNothing(task))
                .isInstanceOf(ConnectException.class)
                .hasMessage("s3://catalog/catalog/a.csv was overwritten (ETag etag2, before etag1), and"
                        + " object.changed=fail. Set object.changed=redeliver to read the new version or"
                        + " object.changed=ignore to leave it alone");
    }

    @Test
    void anObjectReplacedWhileItIsReadIsReadFromItsStartInItsNewVersion() throws InterruptedException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 20_000; i++) {
            text.append("HP,").append(i).append(",first\n");
        }
        store.put("catalog/a.csv", text.toString());
        store.cutAfter(40_000);
        properties.put("batch.max.rows", "10");
        S3CsvSourceTask task = task();
        assertThat(ids(poll(task))).hasSize(10);
        store.put("catalog/a.csv", HEADER + "HP,-1,second\nHP,-2,second\n");

        List<SourceRecord> rest = new ArrayList<>();
        while (!ids(rest).contains(-2L)) {
            List<SourceRecord> records = task.poll();
            if (records != null) {
                rest.addAll(records);
            }
        }

        List<SourceRecord> second = rest.stream()
                .filter(record -> value(record, "comment").equals("second"))
                .toList();
        assertThat(ids(second)).containsExactly(-1L, -2L);
        assertThat(rest.subList(rest.size() - second.size(), rest.size())).isEqualTo(second);
    }

    @Test
    void aBadRowStopsTheTaskAfterEveryRowInFrontOfIt() throws InterruptedException {
        store.put("catalog/a.csv", HEADER + "HP,1,\nHP,n/a,\nHP,3,\n");
        S3CsvSourceTask task = task();

        List<SourceRecord> records = poll(task);

        assertThat(ids(records)).containsExactly(1L);
        worker.deliver(records);
        worker.commit();
        String message =
                "Row 2 of s3://catalog/catalog/a.csv (byte 32): category_id is 'n/a', not an int64. Correct the"
                        + " file and upload it again, or set bad.rows=skip to leave out such rows or bad.rows=topic to send them"
                        + " to bad.rows.topic";
        assertThatThrownBy(task::poll).isInstanceOf(ConnectException.class).hasMessage(message);
        S3CsvSourceTask restarted = task();
        assertThatThrownBy(restarted::poll).isInstanceOf(ConnectException.class).hasMessage(message);
        assertThat(worker.stored().values())
                .singleElement()
                .satisfies(offset -> assertThat(offset)
                        .containsEntry("row", 1L)
                        .containsEntry("byte", 32L)
                        .containsEntry("st", "open"));
    }

    @Test
    void badRowsAtTheEndDoNotKeepAnObjectFromBeingDone() throws InterruptedException {
        properties.put("bad.rows", "skip");
        store.put("catalog/a.csv", HEADER + "HP,x,\nHP,1,\nHP\nHP,3,\n\"open,4\n");
        List<SourceRecord> records = poll(task());
        worker.deliver(records);
        worker.commit();

        assertThat(ids(records)).containsExactly(1L, 3L);
        assertThat(worker.stored().values())
                .singleElement()
                .satisfies(offset -> assertThat(offset).containsEntry("row", 5L).containsEntry("st", "done"));
    }

    @Test
    void badRowsGoToTheirTopicWithTheirBytesAndTheReason() throws InterruptedException {
        properties.put("bad.rows", "topic");
        properties.put("bad.rows.topic", "rejects");
        store.put("catalog/a.csv", HEADER + "HP,1,\n\"HP\",n/a,\"é\"\r\nHP,3,\nlast,x,");

        List<SourceRecord> records = poll(task());

        List<SourceRecord> rejects = records.stream()
                .filter(record -> record.topic().equals("rejects"))
                .toList();
        assertThat(rejects).hasSize(2);
        assertThat((byte[]) rejects.get(0).value()).asString().isEqualTo("\"HP\",n/a,\"é\"\r\n");
        assertThat(rejects.get(0).headers().lastWithName("csv.reason").value())
                .isEqualTo("Row 2 of s3://catalog/catalog/a.csv (byte 32): category_id is 'n/a', not an int64");
        assertThat(rejects.get(0).headers().lastWithName("csv.column").value()).isEqualTo("category_id");
        assertThat((byte[]) rejects.get(1).value()).asString().isEqualTo("last,x,");
        assertThat(offset(rejects.get(1))).containsEntry("st", "done").containsEntry("row", 4L);
    }

    @Test
    void moreBadRowsThanAllowedStopTheTask() {
        properties.put("bad.rows", "skip");
        properties.put("bad.rows.max", "1");
        store.put("catalog/a.csv", HEADER + "HP,x,\nHP,y,\nHP,3,\n");
        S3CsvSourceTask task = task();

        assertThatThrownBy(task::poll)
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "Row 2 of s3://catalog/catalog/a.csv (byte 32): category_id is 'y', not an int64, and this is"
                                + " more than the 1 bad rows that bad.rows.max allows in one object. Correct the file and upload"
                                + " it again");
    }

    @Test
    void aMissingColumnStopsTheTaskOrLeavesTheObjectOut() throws InterruptedException {
        store.put("catalog/a.csv", "brand,comment\nHP,new\n");
        store.put("catalog/b.csv", HEADER + "HP,7,\n");
        S3CsvSourceTask failing = task();

        assertThatThrownBy(failing::poll)
                .isInstanceOf(ConnectException.class)
                .hasMessage("s3://catalog/catalog/a.csv: the header has no column 'category_id', only brand, comment."
                        + " Correct the file, or make the column nullable (?) and set columns.missing=null");

        properties.put("bad.objects", "skip");
        assertThat(ids(poll(task()))).containsExactly(7L);
    }

    @Test
    void columnsAreFoundByNameInAnyOrder() throws InterruptedException {
        store.put("catalog/a.csv", "more,category_id,brand,comment\nx,1,HP,new\n");

        List<SourceRecord> records = poll(task());

        assertThat(ids(records)).containsExactly(1L);
        assertThat(value(records.get(2), "brand")).isEqualTo("HP");
    }

    @Test
    void anObjectWithoutRowsIsReadOnceAndLeavesNoEntry() throws InterruptedException {
        store.put("catalog/a.csv", HEADER);
        store.put("catalog/b.csv", "");
        store.put("catalog/folder/", "");
        S3CsvSourceTask task = task();

        assertThat(ids(drainNothing(task))).isEmpty();
        assertThat(store.openings).containsExactly("catalog/a.csv@0");
        assertThat(worker.stored()).isEmpty();
    }

    @Test
    void threeBusyAnswersAreNothing() throws InterruptedException {
        store.put("catalog/a.csv", HEADER + "HP,1,\n");
        store.failNext(3);

        assertThat(ids(poll(task()))).containsExactly(1L);
    }

    @Test
    void anOutageIsRetriedByTheWorkerUntilItIsTooLong() throws InterruptedException {
        store.put("catalog/a.csv", HEADER + "HP,1,\n");
        properties.put("s3.outage.max.ms", "60000");
        S3CsvSourceTask task = task();
        store.failNext(5);
        assertThatThrownBy(task::poll)
                .isInstanceOf(RetriableException.class)
                .hasMessage("Listing s3://catalog/catalog/ failed 5 times in a row, the last time with: 503 Slow Down");
        assertThat(ids(poll(task))).containsExactly(1L);
        store.put("catalog/b.csv", HEADER + "HP,2,\n");
        store.failNext(Integer.MAX_VALUE);
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(task::poll).isInstanceOf(RetriableException.class);
        clock.advance(Duration.ofSeconds(60));
        assertThatThrownBy(task::poll)
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessage("Listing s3://catalog/catalog/ failed 5 times in a row, the last time with: 503 Slow Down."
                        + " The store has been away for 60000 ms, longer than s3.outage.max.ms allows. Restart the"
                        + " connector when the store is back: it goes on where it stopped");
    }

    @Test
    void aStreamCutAfterEveryFewBytesLosesAndDoublesNothing() throws InterruptedException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 300; i++) {
            text.append("\"H\nP😀\",").append(i).append(",é\n");
        }
        store.put("catalog/a.csv", text.toString());
        for (int cut = 1; cut < 200; cut += 7) {
            store.cutAfter(cut);
            worker = new FakeWorker(false);
            assertThat(ids(drain(task(), 300)))
                    .as("cut after %d bytes", cut)
                    .hasSize(300)
                    .isSorted();
        }
    }

    @Test
    void aRefusalStopsTheTaskWithWhatToDo() {
        store.refuse(new StoreException("Cannot list s3://catalog/catalog/. Allow s3:ListBucket", null));
        S3CsvSourceTask task = task();

        assertThatThrownBy(task::poll)
                .isInstanceOf(ConnectException.class)
                .hasMessage("Cannot list s3://catalog/catalog/. Allow s3:ListBucket");
    }

    @Test
    void aStoredOffsetThatCannotBeReadIsNamed() {
        store.put("catalog/a.csv", HEADER + "HP,1,\n");
        worker.store(Map.of("object", "s3://catalog/catalog/a.csv"), Map.of("v", 1, "etag", "etag1"));
        S3CsvSourceTask task = task();

        assertThatThrownBy(task::poll)
                .isInstanceOf(ConnectException.class)
                .hasMessage("The stored offset of {object=s3://catalog/catalog/a.csv} cannot be read: byte is missing."
                        + " Correct it, or delete it, with PATCH /connectors/<name>/offsets");
    }

    @Test
    void aFileWithoutHeaderIsReadByPosition() throws InterruptedException {
        properties.put("csv.header", "absent");
        store.put("catalog/a.csv", "HP,1,\nDell,2,x\n");
        properties.put("batch.max.rows", "1");
        List<SourceRecord> first = poll(task());
        worker.deliver(first);
        worker.commit();

        assertThat(ids(first)).containsExactly(1L);
        assertThat(ids(poll(task()))).containsExactly(2L);
    }

    @Test
    void withoutDeclaredColumnsTheHeaderMakesNullableStrings() throws InterruptedException {
        properties.put("columns", "");
        store.put("catalog/a.csv", "a,b\nx,\n");

        Struct value = (Struct) poll(task()).get(0).value();

        assertThat(value.schema().fields()).extracting(field -> field.name()).containsExactly("a", "b", "catalog_date");
        assertThat(value.getString("a")).isEqualTo("x");
        assertThat(value.getString("b")).isNull();
    }

    @Test
    void theTasksShareTheObjectsAndMissNone() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            store.put("catalog/" + i + ".csv", HEADER + "HP," + i + ",\n");
        }
        S3CsvSourceConnector connector = new S3CsvSourceConnector();
        connector.start(properties);
        List<Long> all = new ArrayList<>();
        for (Map<String, String> configuration : connector.taskConfigs(3)) {
            S3CsvSourceTask task = new S3CsvSourceTask(config -> store, clock, new Random(1));
            task.initialize(worker);
            task.start(configuration);
            List<Long> share = ids(drainNothing(task));
            assertThat(share).hasSizeBetween(5, 30);
            all.addAll(share);
        }

        assertThat(all).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void aTransactionEndsWithAnObjectAndNeverWithinASmallOne() throws InterruptedException {
        worker = new FakeWorker(true);
        properties.put("transaction.rows", "3");
        properties.put("copy.topics", "team-a");
        store.put("catalog/a.csv", HEADER + "HP,1,\nHP,2,\n");
        store.put("catalog/b.csv", HEADER + "HP,3,\nHP,4,\nHP,5,\nHP,6,\n");
        store.put("catalog/c.csv", HEADER + "HP,7,\n");

        List<SourceRecord> records = poll(task());

        assertThat(ids(records)).hasSize(7);
        assertThat(worker.transactions().ends)
                .extracting(record -> record.topic() + value(record, "category_id"))
                .containsExactly("raw6");
        assertThat(worker.transactions().endOfBatch).isTrue();
    }

    @Test
    void aTransactionEndsWithinAnObjectThatIsTooBig() throws InterruptedException {
        worker = new FakeWorker(true);
        properties.put("transaction.rows", "2");
        properties.put("transaction.max.bytes", "10");
        store.put("catalog/a.csv", HEADER + "HP,1,\nHP,2,\nHP,3,\nHP,4,\n");
        properties.put("batch.max.rows", "4");

        poll(task());

        assertThat(worker.transactions().ends)
                .extracting(record -> value(record, "category_id"))
                .containsExactly(2L, 4L);
        assertThat(worker.transactions().endOfBatch).isFalse();
    }

    @Test
    void aTransactionThatIsOpenWhenTheStoreGoesAwayEndsWithAnEmptyBatch() throws InterruptedException {
        worker = new FakeWorker(true);
        properties.put("batch.max.rows", "1");
        store.put("catalog/a.csv", HEADER + "HP,1,\n");
        store.put("catalog/b.csv", HEADER + "HP,2,\n");
        S3CsvSourceTask task = task();
        assertThat(ids(poll(task))).containsExactly(1L);
        assertThat(worker.transactions().endOfBatch).isFalse();
        store.failNext(5);

        assertThat(task.poll()).isEmpty();
        assertThat(worker.transactions().endOfBatch).isTrue();
        assertThat(ids(poll(task))).containsExactly(2L);
    }

    @Test
    void stoppingClosesTheStoreAndALaterPollGivesNothing() throws InterruptedException {
        store.put("catalog/a.csv", HEADER + "HP,1,\nHP,2,\n");
        properties.put("batch.max.rows", "1");
        S3CsvSourceTask task = task();
        poll(task);

        task.stop();

        assertThat(store.closed).isTrue();
        assertThat(task.poll()).isNull();
        assertThat(task.version()).isEqualTo("unknown");
    }

    private static List<SourceRecord> poll(S3CsvSourceTask task) throws InterruptedException {
        List<SourceRecord> records = task.poll();
        return records == null ? List.of() : records;
    }

    private S3CsvSourceTask task() {
        return task(store);
    }

    private S3CsvSourceTask task(MemoryStore bucket) {
        S3CsvSourceTask task = new S3CsvSourceTask(config -> bucket, clock, new Random(1));
        task.initialize(worker);
        task.start(properties);
        return task;
    }

    /** Polls until so many rows are there. */
    private List<SourceRecord> drain(S3CsvSourceTask task, int rows) throws InterruptedException {
        List<SourceRecord> records = new ArrayList<>();
        while (ids(records).size() < rows) {
            clock.advance(Duration.ofMillis(1));
            List<SourceRecord> batch = task.poll();
            if (batch != null) {
                records.addAll(batch);
            }
        }
        return records;
    }

    /** Polls until nothing comes although the bucket was listed anew. */
    private List<SourceRecord> drainNothing(S3CsvSourceTask task) throws InterruptedException {
        List<SourceRecord> records = new ArrayList<>();
        for (int idle = 0; idle < 3; ) {
            clock.advance(Duration.ofMillis(1));
            List<SourceRecord> batch = task.poll();
            if (batch == null) {
                idle++;
            } else {
                records.addAll(batch);
            }
        }
        return records;
    }

    private static List<Long> ids(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> Set.of("raw").contains(record.topic()))
                .map(record -> ((Struct) record.value()).getInt64("category_id"))
                .toList();
    }

    private static Map<String, Object> offset(SourceRecord record) {
        return new HashMap<>(record.sourceOffset());
    }

    private static Object value(SourceRecord record, String field) {
        return ((Struct) record.value()).get(field);
    }
}
