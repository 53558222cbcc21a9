package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.ObjectStore;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Guarantees that other file connectors miss, one test each; INVARIANTS.md lists them. Variants of the same failures:
 * {@code S3CsvSourceTaskTest}, {@code FaultyStoreIT}, {@code CsvCasesTest}, {@code DiscoveryTest}.
 */
class DeliveryGuaranteesTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "columns", "brand:string,category_id:int64",
            "batch.max.rows", "500",
            "poll.interval.ms", "1"));
    private final Polling polling = new Polling(store, properties);

    @Test
    void completedObjectIsNotOpenedAfterARestart() throws InterruptedException {
        store.put("a.csv", "brand,category_id\nHP,1\n");
        polling.worker().deliver(polling.all());
        polling.worker().commit();
        store.openings.clear();

        assertThat(polling.all()).isEmpty();
        assertThat(store.openings).isEmpty();
    }

    @Test
    void sourcePartitionHasOneKey() throws InterruptedException {
        store.put("a.csv", "brand,category_id\nHP,1\n");

        assertThat(polling.all())
                .extracting(SourceRecord::sourcePartition)
                .hasSize(1)
                .allSatisfy(partition -> assertThat(partition).hasSize(1));
    }

    @Test
    void rowsAfterAMalformedRowAreSent() throws InterruptedException {
        properties.put("bad.rows", "skip");
        store.put("a.csv", "brand,category_id\nHP,1\nHP,x\n\"HP\"y,2\nHP,3,4\nHP\nHP,\nHP,5\n");

        assertThat(Polling.ids(polling.all())).containsExactly(1L, 5L);
    }

    @Test
    void brokenConnectionFailsNeitherTheObjectNorTheTask() throws InterruptedException {
        store.put("a.csv", "brand,category_id\nHP,1\nHP,2\nHP,3\n");
        store.cutAfter(10);
        S3CsvSourceTask task = polling.task();

        assertThat(Polling.ids(polling.all(task))).containsExactly(1L, 2L, 3L);
        assertThat(store.openings).hasSizeGreaterThan(1);
        store.put("b.csv", "brand,category_id\nHP,4\n");
        assertThat(Polling.ids(polling.all(task))).containsExactly(4L);
    }

    @Test
    void threeConsecutive503ResponsesDoNotFailTheTask() throws InterruptedException {
        properties.put("s3.retry.backoff.ms", "0");
        store.put("a.csv", "brand,category_id\nHP,1\n");
        store.failNext(3);

        assertThat(Polling.ids(polling.all())).containsExactly(1L);
        assertThat(store.failuresLeft()).isZero();
    }

    @Test
    void resumeAfterAnEmojiStartsAtTheRightByte() throws InterruptedException {
        properties.put("batch.max.rows", "1");
        store.put("a.csv", "brand,category_id\n\uD83D\uDCF1\u00E9\u4E16,1\nHP,2\nHP,3\n");
        polling.worker().deliver(Polling.poll(polling.task()));
        polling.worker().commit();
        store.openings.clear();

        assertThat(Polling.ids(polling.all())).containsExactly(2L, 3L);
        assertThat(store.openings).containsExactly("a.csv@0", "a.csv@30");
    }

    @Test
    void laterObjectWithTheSameModificationTimeIsRead() throws InterruptedException {
        store.put("b.csv", "brand,category_id\nHP,1\n");
        polling.worker().deliver(polling.all());
        polling.worker().commit();
        store.put("c.csv", "brand,category_id\nHP,2\n");

        assertThat(Polling.ids(polling.all())).containsExactly(2L);
    }

    @Test
    void lateObjectWithASmallerKeyIsRead() throws InterruptedException {
        store.put("b.csv", "brand,category_id\nHP,1\n");
        S3CsvSourceTask task = polling.task();
        polling.worker().deliver(polling.all(task));
        polling.worker().commit();
        store.put("a.csv", "brand,category_id\nHP,2\n".getBytes(UTF_8), Instant.EPOCH);

        assertThat(Polling.ids(polling.all(task))).containsExactly(2L);
    }

    @Test
    void overwrittenObjectIsReadAgain() throws InterruptedException {
        store.put("a.csv", "brand,category_id\nHP,1\n");
        polling.worker().deliver(polling.all());
        polling.worker().commit();
        store.put("a.csv", "brand,category_id\nHP,2\n");

        assertThat(Polling.ids(polling.all())).containsExactly(2L);
    }

    @Test
    void objectOverwrittenWhileItIsReadIsReadFromItsStart() throws InterruptedException {
        properties.put("batch.max.rows", "1");
        store.put("a.csv", "brand,category_id\nHP,1\nHP,2\n");
        polling.worker().deliver(Polling.poll(polling.task()));
        polling.worker().commit();
        store.put("a.csv", "brand,category_id\nHP,3\nHP,4\n");

        assertThat(Polling.ids(polling.all())).containsExactly(3L, 4L);
    }

    @Test
    void everyPageOfAListingHasThePrefix() throws InterruptedException {
        MemoryStore pages = new MemoryStore(2);
        properties.put("s3.prefix", "in/");
        for (int i = 1; i <= 5; i++) {
            pages.put("in/" + i + ".csv", "brand,category_id\nHP," + i + "\n");
        }
        pages.put("zz/6.csv", "brand,category_id\nHP,6\n");

        assertThat(Polling.ids(new Polling(pages, properties).all())).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(pages.listings).containsOnly("in/").hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void quotedFieldOfSeveralLinesIsOneCell() throws InterruptedException {
        store.put("a.csv", "brand,category_id\n\"H\n\r\n,P\",1\n");

        assertThat(Polling.ids(polling.all())).containsExactly(1L);
    }

    @Test
    void lastLineWithoutALineEndIsSent() throws InterruptedException {
        store.put("a.csv", "brand,category_id\nHP,1\nHP,2");

        assertThat(Polling.ids(polling.all())).containsExactly(1L, 2L);
    }

    /** The reader is at most a few buffers ahead of the row that was returned, however large the object is. */
    @Test
    void objectIsNeverCompletelyInMemory() throws InterruptedException {
        EndlessStore endless = new EndlessStore(400L * 1024 * 1024 * 1024);
        S3CsvSourceTask task = new S3CsvSourceTask(config -> endless, Clock.systemUTC(), new Random(1));
        task.initialize(new FakeWorker(false));
        task.start(properties);
        for (int poll = 0; poll < 200; poll++) {
            List<SourceRecord> batch = Polling.poll(task);
            assertThat(batch.get(batch.size() - 1).sourceOffset().get("byte"))
                    .isInstanceOfSatisfying(
                            Long.class,
                            reached -> assertThat(endless.position - reached).isLessThan(128 * 1024));
        }
        task.stop();
    }

    /** One object, larger than any heap, generated while it is read. */
    private static final class EndlessStore implements ObjectStore {

        private static final byte[] HEADER = "brand,category_id\n".getBytes(UTF_8);
        private static final byte[] ROW = ("\"" + "catalogue ".repeat(90) + "\",1\n").getBytes(UTF_8);

        private final long size;
        private long position;

        EndlessStore(long size) {
            this.size = size;
        }

        @Override
        public Page list(String prefix, @Nullable String continuation) {
            return new Page(List.of(new ObjectRef("catalog", "huge.csv", "e", size, Instant.EPOCH)), null);
        }

        @Override
        public InputStream open(ObjectRef object, long from) {
            position = from;
            return new InputStream() {
                @Override
                public int read() {
                    long at = position++;
                    return at < HEADER.length ? HEADER[(int) at] : ROW[(int) ((at - HEADER.length) % ROW.length)];
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    for (int i = 0; i < length; i++) {
                        target[offset + i] = (byte) read();
                    }
                    return length;
                }
            };
        }

        @Override
        public void close() {
            position = size;
        }
    }
}
