package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries among the offsets stay few, and nothing is lost or read again for it. */
class BoundedOffsetsTest {

    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "copy.topics", "team-a",
            "object.events.topic", "events",
            "object.order", "modified",
            "offsets.late.window.ms", "3600000",
            "columns", "brand:string,category_id:int64",
            "batch.max.rows", "7",
            "poll.interval.ms", "1"));
    private final MovableClock clock = new MovableClock();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneWatermarkPerLaneReplacesTheEntriesOfOldObjects(boolean transactional) throws InterruptedException {
        FakeWorker worker = new FakeWorker(transactional);
        Polling polling = new Polling(store, properties, clock, worker);
        int objects = 1_500;
        for (int i = 0; i < objects; i++) {
            put("old/" + i + ".csv", i, NOW.minus(Duration.ofDays(2)).plusSeconds(i));
        }
        put("young.csv", objects, NOW.minusSeconds(60));
        List<SourceRecord> records = new ArrayList<>();
        int most = polling.runUntilIdle(polling.task(), records);

        assertThat(Polling.ids(records)).hasSize(objects + 1).doesNotHaveDuplicates();
        assertThat(worker.stored().keySet())
                .filteredOn(partition -> partition.contains("object="))
                .containsExactly("{object=s3://catalog/young.csv}");
        assertThat(worker.stored()).hasSizeLessThanOrEqualTo(1 + 64);
        assertThat(most).isLessThan(objects);

        put("late.csv", -1, NOW.minusSeconds(3_000));
        List<SourceRecord> later = new ArrayList<>();
        store.openings.clear();
        polling.runUntilIdle(polling.task(), later);
        assertThat(Polling.ids(later)).containsExactly(-1L);
        assertThat(store.openings).hasSize(1);
    }

    @Test
    @Tag("soak")
    void hundredThousandSmallObjectsAreAllReadWithFewEntriesAndFewListings() throws InterruptedException {
        MemoryStore bucket = new MemoryStore(1_000);
        FakeWorker worker = new FakeWorker(true);
        properties.put("batch.max.rows", "2000");
        int objects = 100_000;
        for (int i = 0; i < objects; i++) {
            bucket.put(
                    "old/" + i + ".csv",
                    ("brand,category_id\nHP," + i + "\n").getBytes(UTF_8),
                    NOW.minus(Duration.ofDays(10)).plusSeconds(i));
        }
        Polling polling = new Polling(bucket, properties, clock, worker);
        List<SourceRecord> records = new ArrayList<>();

        int most = polling.runUntilIdle(polling.task(), records);

        System.out.printf(
                "%d objects, %d pages listed, at most %d entries at a time, %d at the end%n",
                objects, bucket.listings.size(), most, worker.stored().size());
        assertThat(Polling.ids(records)).hasSize(objects).doesNotHaveDuplicates();
        assertThat(most).isLessThan(10_000);
        assertThat(worker.stored()).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"brand\nHP\n", "brand,category_id\nHP,1\nHP,x\nHP,x\n"})
    void skippedOrDeletedObjectDoesNotHoldBackAWatermark(String bad) throws InterruptedException {
        properties.putAll(Map.of(
                "bad.objects", "skip",
                "bad.rows", "skip",
                "bad.rows.max", "1",
                "s3.retry.backoff.ms", "0",
                "batch.max.rows", "1"));
        FakeWorker worker = new FakeWorker(true);
        Polling polling = new Polling(store, properties, clock, worker);
        for (int i = 0; i < 300; i++) {
            if (i % 3 == 0) {
                store.put(
                        i + ".csv",
                        bad.getBytes(UTF_8),
                        NOW.minus(Duration.ofDays(2)).plusSeconds(i));
            } else {
                put(i + ".csv", i, NOW.minus(Duration.ofDays(2)).plusSeconds(i));
            }
        }
        S3CsvSourceTask task = polling.task();
        for (SourceRecord record : Polling.poll(task)) {
            worker.deliver(List.of(record));
            task.commitRecord(record, Polling.METADATA);
        }
        for (int i = 200; i < 240; i++) {
            store.delete(i + ".csv");
        }
        polling.runUntilIdle(task, new ArrayList<>());

        assertThat(worker.stored().keySet()).isNotEmpty().allMatch(partition -> partition.contains("lane="));
        store.openings.clear();
        assertThat(polling.all()).isEmpty();
        assertThat(store.openings).isEmpty();
        store.put("0.csv", "brand,category_id\nHP,1000\n".getBytes(UTF_8), NOW);
        assertThat(Polling.ids(polling.all())).containsExactly(1000L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oldObjectThatCouldNotBeOpenedIsReadLater(boolean restarted) throws InterruptedException {
        FakeWorker worker = new FakeWorker(true);
        Polling polling = new Polling(store, properties, clock, worker);
        put("a.csv", 1, NOW.minus(Duration.ofDays(2)));
        store.keepListed("a.csv");
        S3CsvSourceTask task = polling.task();
        polling.runUntilIdle(task, new ArrayList<>());
        assertThat(store.openings).hasSizeGreaterThan(1).containsOnly("a.csv@0");
        store.repair("a.csv");

        List<SourceRecord> records = new ArrayList<>();
        polling.runUntilIdle(restarted ? polling.task() : task, records);

        assertThat(Polling.ids(records)).containsExactly(1L);
        assertThat(worker.stored().keySet()).singleElement().asString().contains("lane=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ignore", "redeliver"})
    void objectReplacedBeforeItIsOpenedDoesNotHoldBackAWatermark(String changed) throws InterruptedException {
        properties.put("object.changed", changed);
        FakeWorker worker = new FakeWorker(true);
        Polling polling = new Polling(store, properties, clock, worker);
        for (int i = 0; i < 300; i++) {
            put(i + ".csv", i, NOW.minus(Duration.ofDays(2)).plusSeconds(i));
        }
        store.onOpen(() -> {
            store.onOpen(null);
            put("0.csv", 1_000, NOW.minus(Duration.ofDays(1)));
        });
        List<SourceRecord> records = new ArrayList<>();
        polling.runUntilIdle(polling.task(), records);

        assertThat(Polling.ids(records)).hasSize(changed.equals("ignore") ? 299 : 300);
        assertThat(worker.stored().keySet()).isNotEmpty().allMatch(partition -> partition.contains("lane="));
    }

    @Test
    void oldObjectThatIsOverwrittenIsReadAgain() throws InterruptedException {
        FakeWorker worker = new FakeWorker(false);
        Polling polling = new Polling(store, properties, clock, worker);
        put("a.csv", 1, NOW.minus(Duration.ofDays(2)));
        S3CsvSourceTask task = polling.task();
        polling.runUntilIdle(task, new ArrayList<>());
        assertThat(worker.stored().keySet()).noneMatch(partition -> partition.contains("object="));
        put("a.csv", 2, NOW);

        List<SourceRecord> records = new ArrayList<>();
        polling.runUntilIdle(task, records);

        assertThat(Polling.ids(records)).containsExactly(2L);
    }

    @Test
    void watermarkThatATransformationDropsDeletesNothing() throws InterruptedException {
        FakeWorker worker = new FakeWorker(false);
        Polling polling = new Polling(store, properties, clock, worker);
        put("a.csv", 1, NOW.minus(Duration.ofDays(2)));
        S3CsvSourceTask task = polling.task();
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofMillis(1));
            for (SourceRecord record : Polling.poll(task)) {
                if (record.sourcePartition().containsKey("lane")) {
                    task.commitRecord(record, null);
                } else {
                    worker.deliver(List.of(record));
                    task.commitRecord(record, Polling.METADATA);
                }
            }
            worker.commit();
            task.commit();
        }

        assertThat(worker.stored().keySet()).containsExactly("{object=s3://catalog/a.csv}");
    }

    @Test
    void noRowIsLostInAnyOrderOfEvents() throws InterruptedException {
        for (int seed = 0; seed < 10; seed++) {
            acknowledgeAndCrashAtRandom(seed);
        }
    }

    @Test
    @Tag("soak")
    void noRowIsLostInFourHundredOrdersOfEvents() throws InterruptedException {
        for (int seed = 0; seed < 400; seed++) {
            acknowledgeAndCrashAtRandom(seed);
        }
    }

    /** Acknowledgements in any order, commits and crashes at any moment. */
    private void acknowledgeAndCrashAtRandom(int seed) throws InterruptedException {
        Random random = new Random(seed);
        MemoryStore bucket = new MemoryStore(5);
        FakeWorker worker = new FakeWorker(false);
        MovableClock time = new MovableClock();
        Polling polling = new Polling(bucket, properties, time, worker);
        TreeSet<Long> expected = new TreeSet<>();
        TreeSet<Long> delivered = new TreeSet<>();
        List<SourceRecord> unacknowledged = new ArrayList<>();
        S3CsvSourceTask task = polling.task();
        for (int step = 0; step < 600; step++) {
            time.advance(Duration.ofMinutes(random.nextInt(10)));
            int action = random.nextInt(20);
            if (action < 3 && expected.size() < 150) {
                long id = expected.size();
                expected.add(id);
                bucket.put(
                        random.nextInt(1_000) + "-" + id + ".csv",
                        ("brand,category_id\nHP," + id + "\n").getBytes(UTF_8),
                        time.instant().minusSeconds(random.nextInt(1_800)));
            } else if (action < 9) {
                List<SourceRecord> batch = Polling.poll(task);
                worker.send(batch);
                unacknowledged.addAll(batch);
            } else if (action < 16) {
                for (int i = random.nextInt(8); i > 0 && !unacknowledged.isEmpty(); i--) {
                    SourceRecord record = unacknowledged.remove(random.nextInt(unacknowledged.size()));
                    worker.acknowledge(record);
                    task.commitRecord(record, Polling.METADATA);
                    delivered.addAll(Polling.ids(List.of(record)));
                }
            } else if (action < 19) {
                worker.commit();
                task.commit();
            } else if (random.nextInt(3) == 0) {
                worker.crash();
                unacknowledged.clear();
                task = polling.task();
            }
        }
        worker.crash();
        List<SourceRecord> rest = new ArrayList<>();
        time.advance(Duration.ofHours(2));
        polling.runUntilIdle(polling.task(), rest);
        delivered.addAll(Polling.ids(rest));

        assertThat(delivered).as("seed %d", seed).isEqualTo(expected);
        assertThat(worker.stored()).as("seed %d", seed).hasSizeLessThanOrEqualTo(64);
    }

    private void put(String key, int id, Instant modified) {
        store.put(key, ("brand,category_id\nHP," + id + "\n").getBytes(UTF_8), modified);
    }
}
