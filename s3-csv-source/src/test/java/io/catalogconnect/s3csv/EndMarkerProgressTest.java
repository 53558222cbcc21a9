package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.testkit.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far an object is read when its rows are and its end marker is not. */
class EndMarkerProgressTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = Markers.settings();
    private FakeWorker worker = new FakeWorker(false);

    @Test
    void crashBetweenTheLastRowAndTheMarkerSendsTheMarkerAgain() throws InterruptedException {
        store.put("a.csv", Markers.HEADER + "HP,1\nHP,x\n");
        Polling polling = polling();
        worker.deliver(polling.all().subList(0, 3));
        worker.commit();
        assertThat(worker.stored().values())
                .singleElement()
                .satisfies(
                        offset -> assertThat(offset).containsEntry("st", "open").containsEntry("row", 2L));

        List<SourceRecord> rest = polling.all();

        assertThat(rest)
                .extracting(Markers::counts)
                .containsExactly("team-a rows=1 rejects=1", "team-b rows=1 rejects=1", "raw rows=1 rejects=1");
        worker.deliver(rest);
        worker.commit();
        assertThat(polling.all()).isEmpty();
    }

    /** Connect stores what is acknowledged in order: copies' markers alone must not make the object done. */
    @Test
    void markerOfTheMainTopicIsTheLastRecordOfAnObject() throws InterruptedException {
        store.put("a.csv", Markers.HEADER + "HP,1\n");
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
    void noRowOrMarkerIsLostAndOrderIsKeptByARestartAfterEveryRecord() throws InterruptedException {
        for (int crash = 0; crash <= 12; crash++) {
            int crashed = crash;
            worker = new FakeWorker(false);
            MemoryStore bucket = new MemoryStore();
            bucket.put("a.csv", Markers.HEADER + "HP,1\nHP,2\nHP,3\n");
            Polling polling = new Polling(bucket, properties, new MovableClock(), worker);
            List<SourceRecord> arrived = new ArrayList<>(polling.all().subList(0, crash));
            worker.deliver(arrived);
            worker.commit();
            List<SourceRecord> rest = polling.all();
            worker.deliver(rest);
            worker.commit();
            arrived.addAll(rest);

            Map<String, List<Object>> topics = new TreeMap<>();
            arrived.forEach(record -> topics.computeIfAbsent(record.topic(), topic -> new ArrayList<>())
                    .add(
                            Markers.isMarker(record)
                                    ? "end"
                                    : Markers.headers(record).get("csv.row")));
            assertThat(topics.get("raw")).as("crash after %d records", crash).containsExactly(1L, 2L, 3L, "end");
            assertThat(List.of(topics.get("team-a"), topics.get("team-b")))
                    .allSatisfy(copies -> assertThat(copies.stream().distinct())
                            .as("crash after %d records", crashed)
                            .containsExactly(1L, 2L, 3L, "end"));
            assertThat(polling.all()).isEmpty();
        }
    }

    @Test
    void countsAreThoseOfTheWholeObjectAfterARestartInItsMiddle() throws InterruptedException {
        store.put("a.csv", Markers.HEADER + "HP,1\nHP,x\nHP,2\nHP,y\nHP,3\n");
        Polling polling = polling();
        worker.deliver(polling.all().subList(0, 6));
        worker.commit();

        assertThat(polling.all())
                .extracting(Markers::counts)
                .endsWith("team-a rows=3 rejects=2", "team-b rows=3 rejects=2", "raw rows=3 rejects=2");
    }

    @Test
    void offsetAtTheEndOfTheObjectReplaysOnlyItsMarker() throws InterruptedException {
        store.put("a.csv", Markers.HEADER + "HP,1\n");
        worker.store(
                Map.of("object", "s3://catalog/a.csv"),
                Map.of("v", 1, "etag", "etag1", "size", 23, "lm", 0, "byte", 23, "row", 1, "st", "open"));

        assertThat(polling().all())
                .extracting(Markers::counts)
                .containsExactly("team-a rows=1 rejects=0", "team-b rows=1 rejects=0", "raw rows=1 rejects=0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void watermarksReplaceEntriesWithMarkersToo(boolean transactional) throws InterruptedException {
        worker = new FakeWorker(transactional);
        properties.put("object.events.topic", "events");
        properties.put("object.order", "modified");
        properties.put("offsets.late.window.ms", "1000");
        for (int i = 0; i < 10; i++) {
            store.put(i + ".csv", Markers.HEADER + "HP,1\n");
        }
        MovableClock clock = new MovableClock();
        Polling polling = new Polling(store, properties, clock, worker);
        S3CsvSourceTask task = polling.task();
        for (int i = 0; i < 12; i++) {
            clock.advance(Duration.ofMillis(1));
            List<SourceRecord> records = Polling.poll(task);
            worker.deliver(records);
            worker.commit();
            task.commit();
            records.forEach(record -> task.commitRecord(record, Polling.METADATA));
        }

        assertThat(worker.stored().keySet()).isNotEmpty().allMatch(partition -> partition.contains("lane="));
    }

    private Polling polling() {
        return new Polling(store, properties, new MovableClock(), worker);
    }
}
