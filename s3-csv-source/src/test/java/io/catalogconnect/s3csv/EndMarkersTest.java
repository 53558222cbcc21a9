package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The record that says, among an object's rows, that they were all. */
class EndMarkersTest {

    private static final String HEADER = "brand,category_id\n";

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "copy.topics", "team-a,team-b",
            "columns", "brand:string,category_id:int64",
            "file.date.pattern", "dt=(?<date>\\d{4}-\\d{2}-\\d{2})",
            "bad.rows", "skip",
            "s3.retry.attempts", "1",
            "object.end.markers", "true",
            "poll.interval.ms", "1"));
    private FakeWorker worker = new FakeWorker(false);

    @Test
    void aMarkerFollowsTheLastRowOnEveryTopicAndSaysWhatItEnds() throws InterruptedException {
        store.put("dt=2026-01-31/a.csv", HEADER + "HP,1\nHP,x\nHP,2\n");

        List<SourceRecord> records = polling().all();

        assertThat(records)
                .extracting(EndMarkersTest::text)
                .containsExactly(
                        "team-a row",
                        "team-b row",
                        "raw row",
                        "team-a row",
                        "team-b row",
                        "raw row",
                        "team-a end",
                        "team-b end",
                        "raw end");
        assertThat(records.subList(6, 9)).allSatisfy(marker -> {
            assertThat(marker.valueSchema()).isNull();
            assertThat(marker.keySchema()).isEqualTo(Schema.STRING_SCHEMA);
            assertThat(marker.key())
                    .isEqualTo("dt=2026-01-31/a.csv")
                    .isEqualTo(records.get(0).key());
            assertThat(marker.kafkaPartition()).isNull();
            assertThat(headers(marker))
                    .isEqualTo(Map.of(
                            "catalog.control", "object-end",
                            "s3.bucket", "catalog",
                            "s3.key", "dt=2026-01-31/a.csv",
                            "s3.etag", "etag1",
                            "s3.last.modified", "2026-01-02T03:04:05Z",
                            "file.date", "2026-01-31",
                            "object.rows", 2L,
                            "object.rejects", 1L));
        });
    }

    @Test
    void withoutTheSettingThereIsNone() throws InterruptedException {
        properties.remove("object.end.markers");
        store.put("a.csv", HEADER + "HP,1\n");

        assertThat(polling().all())
                .extracting(EndMarkersTest::text)
                .containsExactly("team-a row", "team-b row", "raw row");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMarkerIsNothingToAConverter(boolean schemas) throws InterruptedException {
        store.put("a.csv", HEADER);
        SourceRecord marker = polling().all().get(0);
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", schemas), false);

            byte[] bytes = converter.fromConnectData("raw", marker.valueSchema(), marker.value());

            assertThat(bytes).isNull();
            assertThat(converter.toConnectData("raw", bytes)).isEqualTo(SchemaAndValue.NULL);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''               | skip  | rows=0 rejects=0 | -",
                "'B,C'            | skip  | rows=0 rejects=0 | -",
                "'B,C;HP,x;HP'    | skip  | rows=0 rejects=2 | -",
                "'B,C;HP,x;HP'    | topic | rows=0 rejects=2 | rejects",
                "'B,C;HP,x;HP,1'  | topic | rows=1 rejects=1 | rejects",
                "'B,C;HP,1;HP,x'  | topic | rows=1 rejects=1 | rejects",
                "'B,C;HP,1;HP,x'  | skip  | rows=1 rejects=1 | -"
            })
    void anObjectHasOneMarkerWhateverIsInIt(String text, String badRows, String counts, String rejects)
            throws InterruptedException {
        properties.put("columns", "B:string,C:int64");
        properties.put("bad.rows", badRows);
        properties.put("bad.rows.topic", "rejects");
        store.put("a.csv", text.replace(';', '\n'));
        Polling polling = polling();

        List<SourceRecord> records = polling.all();
        worker.deliver(records);
        worker.commit();

        assertThat(records.stream().filter(EndMarkersTest::isMarker))
                .extracting(EndMarkersTest::counts)
                .containsExactly("team-a " + counts, "team-b " + counts, "raw " + counts);
        assertThat(records.subList(records.size() - 3, records.size())).allMatch(EndMarkersTest::isMarker);
        if (rejects != null) {
            assertThat(records).extracting(SourceRecord::topic).contains(rejects);
        }
        assertThat(worker.stored().values())
                .singleElement()
                .satisfies(offset -> assertThat(offset).containsEntry("st", "done"));
        assertThat(polling.all()).isEmpty();
    }

    @Test
    void aCrashBetweenTheLastRowAndTheMarkerSendsTheMarkerAgain() throws InterruptedException {
        store.put("a.csv", HEADER + "HP,1\nHP,x\n");
        Polling polling = polling();
        worker.deliver(polling.all().subList(0, 3));
        worker.commit();
        assertThat(worker.stored().values())
                .singleElement()
                .satisfies(
                        offset -> assertThat(offset).containsEntry("st", "open").containsEntry("row", 2L));

        List<SourceRecord> rest = polling.all();

        assertThat(rest)
                .extracting(EndMarkersTest::counts)
                .containsExactly("team-a rows=1 rejects=1", "team-b rows=1 rejects=1", "raw rows=1 rejects=1");
        worker.deliver(rest);
        worker.commit();
        assertThat(polling.all()).isEmpty();
    }

    /** Connect stores what is acknowledged in order: copies' markers alone must not make the object done. */
    @Test
    void theMarkerOfTheMainTopicAloneIsDone() throws InterruptedException {
        store.put("a.csv", HEADER + "HP,1\n");
        Polling polling = polling();
        List<SourceRecord> records = polling.all();
        worker.deliver(records.subList(0, 5));
        worker.commit();
        assertThat(worker.stored().values())
                .singleElement()
                .satisfies(offset -> assertThat(offset).containsEntry("st", "open"));

        worker.deliver(records.subList(5, 6));
        worker.commit();

        assertThat(worker.stored().values())
                .singleElement()
                .satisfies(offset -> assertThat(offset).containsEntry("st", "done"));
    }

    @Test
    void aRestartAfterEveryRecordLosesNoRowAndNoMarkerAndPutsNoMarkerBeforeARow() throws InterruptedException {
        for (int crash = 0; crash <= 12; crash++) {
            int crashed = crash;
            worker = new FakeWorker(false);
            MemoryStore bucket = new MemoryStore();
            bucket.put("a.csv", HEADER + "HP,1\nHP,2\nHP,3\n");
            Polling polling = new Polling(bucket, properties, new MovingClock(), worker);
            List<SourceRecord> arrived = new ArrayList<>(polling.all().subList(0, crash));
            worker.deliver(arrived);
            worker.commit();
            List<SourceRecord> rest = polling.all();
            worker.deliver(rest);
            worker.commit();
            arrived.addAll(rest);

            Map<String, List<Object>> topics = new TreeMap<>();
            arrived.forEach(record -> topics.computeIfAbsent(record.topic(), topic -> new ArrayList<>())
                    .add(isMarker(record) ? "end" : headers(record).get("csv.row")));
            assertThat(topics.get("raw")).as("crash after %d records", crash).containsExactly(1L, 2L, 3L, "end");
            assertThat(List.of(topics.get("team-a"), topics.get("team-b")))
                    .allSatisfy(copies -> assertThat(copies.stream().distinct())
                            .as("crash after %d records", crashed)
                            .containsExactly(1L, 2L, 3L, "end"));
            assertThat(polling.all()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theMarkerIsInTheBatchOfTheLastRowHoweverFullItIs(int batch) throws InterruptedException {
        properties.put("batch.max.rows", Integer.toString(batch));
        properties.put("object.events.topic", "events");
        store.put("a.csv", HEADER + "HP,1\nHP,2\n");
        S3CsvSourceTask task = polling().task();
        List<SourceRecord> last = List.of();
        for (List<SourceRecord> records = Polling.poll(task); !records.isEmpty(); records = Polling.poll(task)) {
            last = records;
        }

        assertThat(last)
                .extracting(EndMarkersTest::text)
                .endsWith("team-a row", "team-b row", "raw row", "team-a end", "team-b end", "raw end", "events row");
    }

    @ParameterizedTest
    @CsvSource({"1000000, 1", "1000000, 5", "10, 1", "10, 2", "10, 3", "0, 1"})
    void aTransactionNeverEndsBetweenTheLastRowAndTheMarker(long maxBytes, int rows) throws InterruptedException {
        worker = new FakeWorker(true);
        properties.put("transaction.max.bytes", Long.toString(maxBytes));
        properties.put("transaction.rows", Integer.toString(rows));
        properties.put("batch.max.rows", "1");
        store.put("a.csv", HEADER + "HP,1\nHP,2\nHP,3\n");
        store.put("b.csv", HEADER);
        store.put("c.csv", HEADER + "HP,4\n");

        List<SourceRecord> records = polling().all();

        assertThat(records).hasSize(21);
        List<SourceRecord> ends = worker.transactions().ends;
        for (SourceRecord end : ends) {
            assertThat(end.topic()).isEqualTo("raw");
            int next = records.indexOf(end) + 1;
            assertThat(next == records.size()
                            || !isMarker(records.get(next))
                            || !end.key().equals(records.get(next).key()))
                    .as("ends before %s", end)
                    .isTrue();
        }
        assertThat(!ends.isEmpty() || worker.transactions().endOfBatch).isTrue();
    }

    @Test
    void theCompletedEventFollowsTheMarkerAndIsDone() throws InterruptedException {
        properties.put("object.events.topic", "events");
        store.put("a.csv", HEADER + "HP,1\n");
        Polling polling = polling();

        List<SourceRecord> records = polling.all();

        assertThat(records)
                .extracting(EndMarkersTest::text)
                .containsExactly(
                        "events row",
                        "team-a row",
                        "team-b row",
                        "raw row",
                        "team-a end",
                        "team-b end",
                        "raw end",
                        "events row");
        assertThat(records)
                .extracting(record -> String.valueOf(record.sourceOffset().get("st")))
                .containsExactly("open", "open", "open", "open", "open", "open", "open", "done");
        worker.deliver(records.subList(0, 7));
        worker.commit();
        assertThat(polling.all())
                .extracting(EndMarkersTest::text)
                .containsExactly("team-a end", "team-b end", "raw end", "events row");
    }

    @Test
    void theCountsAreThoseOfTheWholeObjectAfterARestartInItsMiddle() throws InterruptedException {
        store.put("a.csv", HEADER + "HP,1\nHP,x\nHP,2\nHP,y\nHP,3\n");
        Polling polling = polling();
        worker.deliver(polling.all().subList(0, 6));
        worker.commit();

        assertThat(polling.all())
                .extracting(EndMarkersTest::counts)
                .endsWith("team-a rows=3 rejects=2", "team-b rows=3 rejects=2", "raw rows=3 rejects=2");
    }

    @Test
    void aNullOffsetReplaysTheObjectAndItsMarkerAndNoOther() throws InterruptedException {
        store.put("a.csv", HEADER + "HP,1\n");
        store.put("b.csv", HEADER + "HP,2\n");
        Polling polling = polling();
        worker.deliver(polling.all());
        worker.commit();
        Map<String, String> partition = Map.of("object", "s3://catalog/a.csv");
        Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
        offsets.put(partition, null);
        assertThat(new S3CsvSourceConnector().alterOffsets(properties, offsets)).isTrue();
        worker.store(partition, null);

        List<SourceRecord> again = polling.all();

        assertThat(again).extracting(SourceRecord::key).containsOnly("a.csv");
        assertThat(again)
                .extracting(EndMarkersTest::text)
                .containsExactly("team-a row", "team-b row", "raw row", "team-a end", "team-b end", "raw end");
    }

    @Test
    void aPlaceAtTheEndOfTheObjectReplaysItsMarkerAlone() throws InterruptedException {
        store.put("a.csv", HEADER + "HP,1\n");
        worker.store(
                Map.of("object", "s3://catalog/a.csv"),
                Map.of("v", 1, "etag", "etag1", "size", 23, "lm", 0, "byte", 23, "row", 1, "st", "open"));

        assertThat(polling().all())
                .extracting(EndMarkersTest::counts)
                .containsExactly("team-a rows=1 rejects=0", "team-b rows=1 rejects=0", "raw rows=1 rejects=0");
    }

    @Test
    void aVersionThatIsReplacedHalfWayHasNoMarker() throws InterruptedException {
        properties.put("batch.max.rows", "1");
        store.put("a.csv", HEADER + "HP,1\nHP,2\nHP,3\n");
        S3CsvSourceTask task = polling().task();
        List<SourceRecord> records = new ArrayList<>(Polling.poll(task));
        store.put("a.csv", HEADER + "HP,7\n");
        task.stop();
        worker.deliver(records);
        worker.commit();

        List<SourceRecord> rest = polling().all();

        assertThat(records).noneMatch(EndMarkersTest::isMarker);
        assertThat(rest.stream().filter(EndMarkersTest::isMarker))
                .hasSize(3)
                .allSatisfy(marker -> assertThat(headers(marker)).containsEntry("s3.etag", "etag2"));
    }

    @Test
    void anObjectThatIsBadAsAWholeHasNoMarker() throws InterruptedException {
        properties.put("bad.rows.max", "1");
        properties.put("bad.objects", "skip");
        store.put("a.csv", HEADER + "HP,1\nHP,x\nHP,y\nHP,2\n");
        store.put("b.csv", "brand\nHP\n");

        assertThat(polling().all())
                .extracting(EndMarkersTest::text)
                .containsExactly("team-a row", "team-b row", "raw row");
        properties.put("bad.objects", "fail");
        S3CsvSourceTask task = polling().task();
        assertThat(Polling.poll(task)).noneMatch(EndMarkersTest::isMarker);
        assertThatThrownBy(task::poll).isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void entriesGiveWayToWatermarksWithMarkersToo(boolean transactional) throws InterruptedException {
        worker = new FakeWorker(transactional);
        properties.put("object.events.topic", "events");
        properties.put("offsets.late.window.ms", "1000");
        for (int i = 0; i < 10; i++) {
            store.put(i + ".csv", HEADER + "HP,1\n");
        }
        MovingClock clock = new MovingClock();
        Polling polling = new Polling(store, properties, clock, worker);
        S3CsvSourceTask task = polling.task();
        for (int i = 0; i < 12; i++) {
            clock.advance(Duration.ofMillis(1));
            List<SourceRecord> records = Polling.poll(task);
            worker.deliver(records);
            worker.commit();
            task.commit();
            records.forEach(record -> task.commitRecord(record, BoundedOffsetsTest.METADATA));
        }

        assertThat(worker.stored().keySet()).isNotEmpty().allMatch(partition -> partition.contains("lane="));
    }

    private Polling polling() {
        return new Polling(store, properties, new MovingClock(), worker);
    }

    private static boolean isMarker(SourceRecord record) {
        return record.headers().lastWithName("catalog.control") != null;
    }

    private static String text(SourceRecord record) {
        return record.topic() + (isMarker(record) ? " end" : " row");
    }

    private static String counts(SourceRecord record) {
        return isMarker(record)
                ? record.topic() + " rows=" + headers(record).get("object.rows") + " rejects="
                        + headers(record).get("object.rejects")
                : text(record);
    }

    private static Map<String, Object> headers(SourceRecord record) {
        Map<String, Object> headers = new HashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        return headers;
    }
}
