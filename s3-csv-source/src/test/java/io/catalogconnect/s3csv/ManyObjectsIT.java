package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.s3.S3ObjectStore;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small objects of many days in a real S3 server: each is read once, and neither entries nor listings grow with them. */
class ManyObjectsIT {

    /** The server's objects are of today; this is when they are read. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));

    @TempDir
    Path folder;

    @Test
    void fourHundredObjectsOfTwentyDaysAreReadOnce() throws Exception {
        readAll(20, 20);
    }

    @Test
    @Tag("soak")
    void hundredThousandObjectsOfAHundredDaysAreReadOnce() throws Exception {
        readAll(100, 1_000);
    }

    private void readAll(int days, int objectsOfADay) throws Exception {
        int objects = days * objectsOfADay;
        try (S3Server server = S3Server.startOver(folder)) {
            LocalDate today = LocalDate.ofInstant(LATER.instant(), ZoneOffset.UTC);
            IntStream.range(0, objects)
                    .parallel()
                    .forEach(id -> server.put(
                            "in/dt=" + today.minusDays(id % days) + "/" + id + ".csv",
                            ("brand,category_id,comment\nHP," + id + ",\n").getBytes(UTF_8)));
            Map<String, String> properties =
                    S3CsvSourceIT.properties(server.endpoint().toString(), "in/dt={yyyy-MM-dd}/");
            properties.putAll(Map.of(
                    "s3.prefix.lookback.days", Integer.toString(days - 1),
                    "object.events.topic", "events",
                    "object.order", "modified",
                    "offsets.late.window.ms", "3600000",
                    "poll.interval.ms", "600000"));
            FakeWorker worker = new FakeWorker(true);
            S3ObjectStore bucket =
                    S3ObjectStore.open(SourceSettings.parse(properties).s3());
            CountingStore store = new CountingStore(bucket);
            int most = read(properties, worker, store, objects);
            int entries = worker.stored().size();
            int firstListing = store.listings;

            assertThat(read(properties, worker, store, 0)).isLessThanOrEqualTo(entries);
            System.out.printf(
                    "%d objects: %d openings, %d listing calls, %d more after a restart; at most %d entries, %d at the end;"
                            + " %d MiB of heap after it%n",
                    objects,
                    store.openings,
                    firstListing,
                    store.listings - firstListing,
                    most,
                    entries,
                    heapInMebibytes());
            bucket.close();
            assertThat(store.openings).isEqualTo(objects);
            assertThat(firstListing).isEqualTo(days * ((objectsOfADay + 999) / 1_000));
            assertThat(most).isLessThan(2_500 + 64);
            assertThat(entries).isLessThanOrEqualTo(64);
        }
    }

    /** Reads until every object's end is committed; gives the most entries there were at a time. */
    private static int read(Map<String, String> properties, FakeWorker worker, CountingStore store, int objects)
            throws InterruptedException {
        S3CsvSourceTask task = new S3CsvSourceTask(config -> store, LATER, new Random(1));
        task.initialize(worker);
        task.start(properties);
        BitSet ids = new BitSet();
        int most = 0;
        for (List<SourceRecord> batch = Polling.poll(task); !batch.isEmpty(); batch = Polling.poll(task)) {
            for (long id : Polling.ids(batch)) {
                assertThat(ids.get((int) id))
                        .as("row of object %d came before", id)
                        .isFalse();
                ids.set((int) id);
            }
            worker.deliver(batch);
            batch.forEach(record -> task.commitRecord(record, Polling.METADATA));
            worker.commit();
            task.commit();
            most = Math.max(most, worker.stored().size());
        }
        assertThat(ids.cardinality()).isEqualTo(objects);
        task.stop();
        return most;
    }

    private static long heapInMebibytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    /** Counts what is asked of a store, and outlives its tasks. */
    private static final class CountingStore implements ObjectStore {

        private final ObjectStore store;
        private int listings;
        private int openings;

        CountingStore(ObjectStore store) {
            this.store = store;
        }

        @Override
        public Page list(String prefix, @Nullable String continuation) throws StoreException {
            listings++;
            return store.list(prefix, continuation);
        }

        @Override
        public InputStream open(ObjectRef object, long from) throws StoreException {
            openings++;
            return store.open(object, from);
        }

        @Override
        public void close() {
            // The next task uses it, too.
        }
    }
}
