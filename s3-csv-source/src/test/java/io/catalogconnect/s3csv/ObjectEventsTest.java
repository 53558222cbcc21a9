package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class ObjectEventsTest {

    private static final String HEADER = "brand,category_id\n";

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "object.events.topic", "events",
            "columns", "brand:string,category_id:int64",
            "bad.rows", "skip",
            "s3.retry.attempts", "1",
            "poll.interval.ms", "1"));
    private final Polling polling = new Polling(store, properties);

    @Test
    void startedEventPrecedesTheRowsAndCompletedEventFollowsThem() throws InterruptedException {
        store.put("a.csv", HEADER + "HP,1\nHP,x\nHP,2\n");

        List<SourceRecord> records = polling.all();

        assertThat(records).extracting(SourceRecord::topic).containsExactly("events", "raw", "raw", "events");
        assertThat(events(records))
                .containsExactly("started a.csv etag1 rows=0 bad=0", "completed a.csv etag1 rows=2 bad=1");
        assertThat(((Struct) records.get(3).value()).schema().name()).isEqualTo("io.catalogconnect.ObjectEvent");
    }

    @Test
    void lastEventIsTheLastRecordOfAnObject() throws InterruptedException {
        store.put("a.csv", HEADER + "HP,1\n");
        List<SourceRecord> records = polling.all();
        polling.worker().deliver(records.subList(0, 2));
        polling.worker().commit();
        assertThat(polling.worker().stored().values())
                .singleElement()
                .satisfies(
                        offset -> assertThat(offset).containsEntry("st", "open").containsEntry("row", 1L));

        List<SourceRecord> rest = polling.all();

        assertThat(events(rest)).containsExactly("completed a.csv etag1 rows=1 bad=0");
        polling.worker().deliver(rest);
        polling.worker().commit();
        assertThat(polling.worker().stored().values())
                .singleElement()
                .satisfies(offset -> assertThat(offset).containsEntry("st", "done"));
        assertThat(polling.all()).isEmpty();
    }

    @Test
    void objectWithoutRowsIsDone() throws InterruptedException {
        store.put("empty.csv", "");
        store.put("header.csv", HEADER);
        store.put("bad.csv", HEADER + "HP,x\n");

        List<SourceRecord> records = polling.all();
        polling.worker().deliver(records);
        polling.worker().commit();

        assertThat(events(records))
                .contains(
                        "completed empty.csv etag1 rows=0 bad=0",
                        "completed header.csv etag2 rows=0 bad=0",
                        "completed bad.csv etag3 rows=0 bad=1");
        assertThat(polling.worker().stored().values())
                .hasSize(3)
                .allSatisfy(offset -> assertThat(offset).containsEntry("st", "done"));
        assertThat(polling.all()).isEmpty();
    }

    @Test
    void supersededEventPrecedesTheStartedEventOfTheNewVersion() throws InterruptedException {
        store.put("a.csv", HEADER + "HP,1\n");
        S3CsvSourceTask task = polling.task();
        polling.worker().deliver(polling.all(task));
        polling.worker().commit();
        store.put("a.csv", HEADER + "HP,2\n");

        assertThat(events(polling.all(task)))
                .containsExactly(
                        "superseded a.csv etag1 rows=0 bad=0",
                        "started a.csv etag2 rows=0 bad=0",
                        "completed a.csv etag2 rows=1 bad=0");
    }

    @Test
    void outageWithinAnObjectDuplicatesNoEvent() throws InterruptedException {
        String brand = "H".repeat(300);
        store.put("a.csv", HEADER + brand + ",1\n" + brand + ",2\n" + brand + ",3\n");
        store.cutAfter(HEADER.length() + 400);
        properties.put("batch.max.rows", "2");
        S3CsvSourceTask task = polling.task();

        List<SourceRecord> records = new ArrayList<>(Polling.poll(task));
        assertThatThrownBy(task::poll).isInstanceOf(RetriableException.class);
        store.cutAfter(Integer.MAX_VALUE);
        records.addAll(polling.all(task));

        assertThat(Polling.ids(records)).containsExactly(1L, 2L, 3L);
        assertThat(events(records))
                .containsExactly("started a.csv etag1 rows=0 bad=0", "completed a.csv etag1 rows=3 bad=0");
    }

    private static List<String> events(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().equals("events"))
                .map(record -> (Struct) record.value())
                .map(event -> event.get("event") + " " + event.get("key") + " " + event.get("etag") + " rows="
                        + event.get("rows") + " bad=" + event.get("bad_rows"))
                .toList();
    }
}
