package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.ReadAheadStore;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.TransientStoreException;
import io.catalogconnect.testkit.MovableClock;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A task whose store opens objects early. */
final class ReadAheadTest {

    private static final Map<String, String> PROPERTIES = Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "columns", "brand:string,category_id:int64",
            "poll.interval.ms", "1");

    private final MemoryStore bucket = new MemoryStore();
    private final MovableClock clock = new MovableClock();

    @Test
    void severalObjectsAreOpenedAtTheSameTimeAndReadOnceInOrder() throws InterruptedException {
        putObjects(40);
        OverlappingStore store = new OverlappingStore(bucket, 5);

        List<SourceRecord> records = read(store, 40);

        assertThat(store.allStarted()).isTrue();
        assertThat(Polling.ids(records))
                .containsExactlyElementsOf(LongStream.range(0, 40).boxed().toList());
        assertThat(bucket.openings).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void refusalsOfEarlyOpeningsAreRetriedWithoutLoss() throws InterruptedException {
        putObjects(40);
        bucket.cutAfter(30);

        List<SourceRecord> records = read(new RefusingStore(new OverlappingStore(bucket, 1)), 40);

        assertThat(Polling.ids(records))
                .containsExactlyElementsOf(LongStream.range(0, 40).boxed().toList());
    }

    private void putObjects(int count) {
        for (int id = 0; id < count; id++) {
            bucket.put(String.format("%03d.csv", id), "brand,category_id\nHP," + id + "\n");
        }
    }

    private List<SourceRecord> read(ObjectStore store, int rows) throws InterruptedException {
        S3CsvSourceTask task = new S3CsvSourceTask(
                config -> new ReadAheadStore(store, Executors.newCachedThreadPool(), 4), clock, new Random(1));
        task.initialize(new FakeWorker(false));
        Map<String, String> properties = new HashMap<>(PROPERTIES);
        properties.put("s3.retry.backoff.ms", "0");
        properties.put("s3.retry.backoff.max.ms", "0");
        task.start(properties);
        try {
            List<SourceRecord> records = new ArrayList<>();
            while (Polling.ids(records).size() < rows) {
                clock.advance(Duration.ofMillis(1));
                records.addAll(Polling.poll(task));
            }
            return records;
        } finally {
            task.stop();
        }
    }

    /** For several threads. No object is open before a number of openings have started. */
    private static final class OverlappingStore implements ObjectStore {

        private final MemoryStore store;
        private final CountDownLatch started;

        OverlappingStore(MemoryStore store, int overlapping) {
            this.store = store;
            this.started = new CountDownLatch(overlapping);
        }

        boolean allStarted() {
            return started.getCount() == 0;
        }

        @Override
        public Page list(String prefix, @Nullable String continuation) throws StoreException {
            synchronized (store) {
                return store.list(prefix, continuation);
            }
        }

        @Override
        public InputStream open(ObjectRef object, long from) throws StoreException {
            started.countDown();
            try {
                if (!started.await(10, TimeUnit.SECONDS)) {
                    throw new StoreException("Only some openings have started", null);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException("Interrupted", e);
            }
            synchronized (store) {
                return store.open(object, from);
            }
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** Refuses the first opening of each object. */
    private static final class RefusingStore implements ObjectStore {

        private final ObjectStore store;
        private final Map<String, Integer> openings = new HashMap<>();

        RefusingStore(ObjectStore store) {
            this.store = store;
        }

        @Override
        public Page list(String prefix, @Nullable String continuation) throws StoreException {
            return store.list(prefix, continuation);
        }

        @Override
        public synchronized InputStream open(ObjectRef object, long from) throws StoreException {
            if (openings.merge(object.key(), 1, Integer::sum) == 1) {
                throw new TransientStoreException("503 Slow Down", null);
            }
            return store.open(object, from);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
