package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.testkit.MovableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The record that says, among an object's rows, that they were all. */
class EndMarkersTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = Markers.settings();
    private FakeWorker worker = new FakeWorker(false);

    @Test
    void markerFollowsTheLastRowOnEveryTopicAndNamesItsObject() throws InterruptedException {
        store.put("dt=2026-01-31/a.csv", Markers.HEADER + "HP,1\nHP,x\nHP,2\n");

        List<SourceRecord> records = polling().all();

        assertThat(records)
                .extracting(Markers::text)
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
            assertThat(Markers.headers(marker))
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
        store.put("a.csv", Markers.HEADER + "HP,1\n");

        assertThat(polling().all()).extracting(Markers::text).containsExactly("team-a row", "team-b row", "raw row");
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
    void objectHasOneMarkerWhateverItContains(String text, String badRows, String counts, String rejects)
            throws InterruptedException {
        properties.put("columns", "B:string,C:int64");
        properties.put("bad.rows", badRows);
        properties.put("bad.rows.topic", "rejects");
        store.put("a.csv", text.replace(';', '\n'));
        Polling polling = polling();

        List<SourceRecord> records = polling.all();
        worker.deliver(records);
        worker.commit();

        assertThat(records.stream().filter(Markers::isMarker))
                .extracting(Markers::counts)
                .containsExactly("team-a " + counts, "team-b " + counts, "raw " + counts);
        assertThat(records.subList(records.size() - 3, records.size())).allMatch(Markers::isMarker);
        if (rejects != null) {
            assertThat(records).extracting(SourceRecord::topic).contains(rejects);
        }
        assertThat(worker.stored().values())
                .singleElement()
                .satisfies(offset -> assertThat(offset).containsEntry("st", "done"));
        assertThat(polling.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void markerIsInTheBatchOfTheLastRowEvenIfTheBatchIsFull(int batch) throws InterruptedException {
        properties.put("batch.max.rows", Integer.toString(batch));
        properties.put("object.events.topic", "events");
        store.put("a.csv", Markers.HEADER + "HP,1\nHP,2\n");
        S3CsvSourceTask task = polling().task();
        List<SourceRecord> last = List.of();
        for (List<SourceRecord> records = Polling.poll(task); !records.isEmpty(); records = Polling.poll(task)) {
            last = records;
        }

        assertThat(last)
                .extracting(Markers::text)
                .endsWith("team-a row", "team-b row", "raw row", "team-a end", "team-b end", "raw end", "events row");
    }

    @ParameterizedTest
    @CsvSource({"1000000, 1", "1000000, 5", "10, 1", "10, 2", "10, 3", "0, 1"})
    void transactionNeverEndsBetweenTheLastRowAndTheMarker(long maxBytes, int rows) throws InterruptedException {
        worker = new FakeWorker(true);
        properties.put("transaction.max.bytes", Long.toString(maxBytes));
        properties.put("transaction.rows", Integer.toString(rows));
        properties.put("batch.max.rows", "1");
        store.put("a.csv", Markers.HEADER + "HP,1\nHP,2\nHP,3\n");
        store.put("b.csv", Markers.HEADER);
        store.put("c.csv", Markers.HEADER + "HP,4\n");

        List<SourceRecord> records = polling().all();

        assertThat(records).hasSize(21);
        List<SourceRecord> ends = worker.transactions().ends;
        for (SourceRecord end : ends) {
            assertThat(end.topic()).isEqualTo("raw");
            int next = records.indexOf(end) + 1;
            assertThat(next == records.size()
                            || !Markers.isMarker(records.get(next))
                            || !end.key().equals(records.get(next).key()))
                    .as("ends before %s", end)
                    .isTrue();
        }
        assertThat(!ends.isEmpty() || worker.transactions().endOfBatch).isTrue();
    }

    @Test
    void completedEventFollowsTheMarkerAndIsTheLastRecord() throws InterruptedException {
        properties.put("object.events.topic", "events");
        store.put("a.csv", Markers.HEADER + "HP,1\n");
        Polling polling = polling();

        List<SourceRecord> records = polling.all();

        assertThat(records)
                .extracting(Markers::text)
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
                .extracting(Markers::text)
                .containsExactly("team-a end", "team-b end", "raw end", "events row");
    }

    @Test
    void versionThatIsReplacedWhileItIsReadHasNoMarker() throws InterruptedException {
        properties.put("batch.max.rows", "1");
        store.put("a.csv", Markers.HEADER + "HP,1\nHP,2\nHP,3\n");
        S3CsvSourceTask task = polling().task();
        List<SourceRecord> records = new ArrayList<>(Polling.poll(task));
        store.put("a.csv", Markers.HEADER + "HP,7\n");
        task.stop();
        worker.deliver(records);
        worker.commit();

        List<SourceRecord> rest = polling().all();

        assertThat(records).noneMatch(Markers::isMarker);
        assertThat(rest.stream().filter(Markers::isMarker))
                .hasSize(3)
                .allSatisfy(marker -> assertThat(Markers.headers(marker)).containsEntry("s3.etag", "etag2"));
    }

    @Test
    void damagedObjectHasNoMarker() throws InterruptedException {
        properties.put("bad.rows.max", "1");
        properties.put("bad.objects", "skip");
        store.put("a.csv", Markers.HEADER + "HP,1\nHP,x\nHP,y\nHP,2\n");
        store.put("b.csv", "brand\nHP\n");

        assertThat(polling().all()).isEmpty();
        properties.put("batch.max.rows", "1");
        assertThat(polling().all()).extracting(Markers::text).containsExactly("team-a row", "team-b row", "raw row");
        properties.put("bad.objects", "fail");
        S3CsvSourceTask task = polling().task();
        assertThat(Polling.poll(task)).isNotEmpty().noneMatch(Markers::isMarker);
        assertThatThrownBy(task::poll).isInstanceOf(ConnectException.class);
    }

    private Polling polling() {
        return new Polling(store, properties, new MovableClock(), worker);
    }
}
