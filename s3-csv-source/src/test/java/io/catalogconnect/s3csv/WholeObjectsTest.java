package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.testkit.MovableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An object that fits into one transaction is visible whole or not at all, however it fails and whenever the worker is killed.
 * Objects a and b are in front of object x, which fails, and y is behind it.
 */
class WholeObjectsTest {

    private static final String HEADER = "brand,category_id\n";
    private static final int ROWS = 7;

    /** First ids of the rows of each version. */
    private static final long BROKEN = 1_000;

    private static final long CORRECTED = 2_000;

    private enum Failure {
        MALFORMED_ROW,
        DAMAGED_TRAILER,
        CUT_ARCHIVE,
        REPLACED,
        DELETED,
        OUTAGE
    }

    /** Failures that happen while the object is read, so that it may be whole before they do. */
    private static final Set<Failure> INTERRUPTIONS = EnumSet.of(Failure.REPLACED, Failure.DELETED, Failure.OUTAGE);

    private enum Boundary {
        CONNECTOR,
        POLL
    }

    private final List<Long> visibleIds = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "columns", "brand:string,category_id:int64",
            "object.events.topic", "events",
            "object.end.markers", "true",
            "poll.interval.ms", "1",
            "s3.retry.attempts", "2",
            "s3.retry.backoff.ms", "0"));
    /** Advances at each reading, so that no poll waits for the real time to pass. */
    private final MovableClock clock = new MovableClock(Instant.EPOCH, Duration.ofMillis(1));

    static Stream<Arguments> failures() {
        return Stream.of(Boundary.values())
                .flatMap(boundary -> Stream.of(Failure.values())
                        .flatMap(failure -> (failure == Failure.MALFORMED_ROW ? Stream.of(1, 4, ROWS) : Stream.of(0))
                                .flatMap(row -> Stream.of("fail", "skip")
                                        .map(policy -> Arguments.of(boundary, failure, row, policy)))));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void objectThatFailsIsNeverVisibleInPart(Boundary boundary, Failure failure, int row, String policy)
            throws Exception {
        properties.put("bad.objects", policy);
        int polls = run(boundary, failure, row, Integer.MAX_VALUE);
        assertThat(polls).isGreaterThan(2);
        for (int crash = 1; crash < polls; crash++) {
            run(boundary, failure, row, crash);
        }
    }

    /** Runs until everything is delivered; gives the number of polls. */
    private int run(Boundary boundary, Failure failure, int row, int crashAfter) throws Exception {
        boolean connector = boundary == Boundary.CONNECTOR;
        properties.put("batch.max.rows", connector ? "3" : "12");
        properties.put("transaction.rows", "12");
        put("a.csv", rows(10, 2, 0));
        put("b.csv", rows(20, 4, 0));
        put("y.csv", rows(30, 5, 0));
        String x = "x.csv" + (failure == Failure.DAMAGED_TRAILER || failure == Failure.CUT_ARCHIVE ? ".gz" : "");
        store.delete("x.csv");
        store.delete("x.csv.gz");
        store.put(x, broken(failure, row), Instant.EPOCH);
        store.cutAfter(INTERRUPTIONS.contains(failure) ? 25 : 1 << 20);
        ExactlyOnceWorker worker = new ExactlyOnceWorker(connector);
        S3CsvSourceTask task = task(worker);
        boolean struck = false;
        boolean failed = false;
        int polls = 0;
        for (int idle = 0; idle < 12; ) {
            clock.advance(Duration.ofMillis(1));
            boolean crashed = ++polls == crashAfter;
            assertThat(polls).as("polls until everything is delivered").isLessThan(200);
            if (!struck && readsX(failure)) {
                struck = strike(failure);
            }
            try {
                idle = worker.pass(task).isEmpty() ? idle + 1 : 0;
            } catch (RetriableException e) {
                idle = 0;
            } catch (ConnectException e) {
                failed = true;
                crashed = true;
                correct(x);
            }
            requireWholeObjects(worker.visible, failure);
            if (crashed) {
                worker.crash();
                task = task(worker);
                idle = 0;
            }
        }
        if (!failed) {
            if (failure != Failure.REPLACED) {
                correct(x);
            }
            S3CsvSourceTask last = task;
            for (int poll = 0; poll < 20; poll++) {
                clock.advance(Duration.ofMillis(1));
                worker.pass(last);
                requireWholeObjects(worker.visible, failure);
            }
        }
        List<Long> expected = new ArrayList<>(List.of(10L, 11L, 20L, 21L, 22L, 23L, 30L, 31L, 32L, 33L, 34L));
        LongStream.range(CORRECTED, CORRECTED + ROWS).forEach(expected::add);
        assertThat(Polling.ids(worker.visible).stream().filter(id -> id < BROKEN || id >= CORRECTED))
                .containsExactlyInAnyOrderElementsOf(expected);
        return polls;
    }

    private S3CsvSourceTask task(ExactlyOnceWorker worker) {
        return new Polling(store, properties, clock, worker.context()).task();
    }

    /** True when a part of x was read from the store. */
    private boolean readsX(Failure failure) {
        return INTERRUPTIONS.contains(failure)
                && store.openings.stream().anyMatch(opening -> opening.startsWith("x.csv@") && !opening.endsWith("@0"));
    }

    private boolean strike(Failure failure) {
        if (failure == Failure.REPLACED) {
            correct("x.csv");
        } else if (failure == Failure.DELETED) {
            store.delete("x.csv");
        } else {
            store.failNext(3);
        }
        return true;
    }

    private void correct(String key) {
        store.openings.clear();
        store.cutAfter(1 << 20);
        if (key.endsWith(".gz")) {
            store.put(key, gzip(rows(CORRECTED, ROWS, 0)), Instant.EPOCH);
        } else {
            put(key, rows(CORRECTED, ROWS, 0));
        }
    }

    /** No row of the broken version is visible; every other object is visible with all rows or with none, once. */
    private static void requireWholeObjects(List<SourceRecord> visible, Failure failure) {
        List<Long> ids = Polling.ids(visible);
        assertThat(ids).doesNotHaveDuplicates();
        Map<Long, Long> sizes = Map.of(10L, 2L, 20L, 4L, 30L, 5L, BROKEN, (long) ROWS, CORRECTED, (long) ROWS);
        sizes.forEach((first, size) -> {
            long seen =
                    ids.stream().filter(id -> id >= first && id < first + 10).count();
            assertThat(seen).as("rows from %d of %s", first, ids).isIn(0L, size);
            if (first == BROKEN && !INTERRUPTIONS.contains(failure)) {
                assertThat(seen).as("rows of the broken version").isZero();
            }
        });
    }

    private static byte[] broken(Failure failure, int row) {
        byte[] text = rows(BROKEN, ROWS, row);
        if (failure != Failure.DAMAGED_TRAILER && failure != Failure.CUT_ARCHIVE) {
            return text;
        }
        byte[] archive = gzip(text);
        if (failure == Failure.CUT_ARCHIVE) {
            return Arrays.copyOf(archive, archive.length - 9);
        }
        archive[archive.length - 8] ^= 1;
        return archive;
    }

    private void put(String key, byte[] text) {
        store.put(key, text, Instant.EPOCH);
    }

    private static byte[] rows(long first, int count, int malformedRow) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int row = 1; row <= count; row++) {
            text.append("HP,")
                    .append(row == malformedRow ? "x" : String.valueOf(first + row - 1))
                    .append('\n');
        }
        return text.toString().getBytes(UTF_8);
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream archive = new GZIPOutputStream(bytes)) {
            archive.write(plain);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void transactionIsAbortedOnlyIfRecordsOfTheFailedObjectWereSent() throws InterruptedException {
        properties.put("batch.max.rows", "3");
        put("a.csv", rows(10, 2, 0));
        put("x.csv", rows(BROKEN, ROWS, 1));
        ExactlyOnceWorker worker = new ExactlyOnceWorker(true);

        assertThat(failure(worker)).startsWith("Row 1 of s3://catalog/x.csv");
        assertThat(worker.aborts()).isZero();
        assertThat(Polling.ids(worker.visible)).containsExactly(10L, 11L);
    }

    @Test
    void failedEventSaysThatNoRowIsVisibleOfAnObjectThatFitsIntoATransaction() throws InterruptedException {
        properties.put("batch.max.rows", "3");
        put("a.csv", rows(10, 2, 0));
        put("x.csv", rows(BROKEN, ROWS, ROWS));
        ExactlyOnceWorker worker = new ExactlyOnceWorker(true);

        assertThat(failure(worker)).startsWith("Row 7 of s3://catalog/x.csv");
        assertThat(worker.aborts()).isEqualTo(2);
        assertThat(failedEvents(worker)).containsExactly("x.csv rows=0 bad_rows=0");
        assertThat(worker.context().stored()).containsOnlyKeys("{object=s3://catalog/a.csv}");
    }

    @Test
    void failedEventSaysHowManyRowsAreVisibleOfAnObjectAboveTheLimit() throws InterruptedException {
        properties.put("batch.max.rows", "3");
        properties.put("transaction.rows", "2");
        properties.put("transaction.max.bytes", "10");
        put("x.csv", rows(BROKEN, ROWS, 6));
        ExactlyOnceWorker worker = new ExactlyOnceWorker(true);

        assertThat(failure(worker)).startsWith("Row 6 of s3://catalog/x.csv");
        assertThat(Polling.ids(worker.visible)).hasSize(5);
        assertThat(failedEvents(worker)).containsExactly("x.csv rows=5 bad_rows=0");
    }

    @Test
    void objectThatDecompressesToMoreThanTheLimitIsVisibleInPart() throws InterruptedException {
        assertThat(failureOfCompressedObject(80)).startsWith("Row 80 of s3://catalog/x.csv.gz");
        assertThat(visibleIds).hasSize(79);
        assertThat(events).containsExactly("x.csv.gz rows=79 bad_rows=0");
    }

    @Test
    void noRowIsVisibleOfACompressedObjectThatFailsBeforeTheLimit() throws InterruptedException {
        assertThat(failureOfCompressedObject(40)).startsWith("Row 40 of s3://catalog/x.csv.gz");
        assertThat(visibleIds).isEmpty();
        assertThat(events).containsExactly("x.csv.gz rows=0 bad_rows=0");
    }

    /** Reads a compressed object, whose fiftieth row is the first one above the limit, in batches of three rows. */
    private String failureOfCompressedObject(int malformedRow) throws InterruptedException {
        byte[] plain = rows(BROKEN, 100, malformedRow);
        byte[] archive = gzip(plain);
        int limit = HEADER.length() + 49 * ("HP,1000\n".length() + 256);
        assertThat(limit).isBetween(archive.length, plain.length + 100 * 256);
        properties.put("batch.max.rows", "3");
        properties.put("transaction.rows", "2");
        properties.put("transaction.max.bytes", Integer.toString(limit));
        store.put("x.csv.gz", archive, Instant.EPOCH);
        ExactlyOnceWorker worker = new ExactlyOnceWorker(true);
        String failure = failure(worker);
        visibleIds.addAll(Polling.ids(worker.visible));
        events.addAll(failedEvents(worker));
        return failure;
    }

    @Test
    void objectOfAsManyBytesAsABatchMayHaveIsInOneBatch() throws InterruptedException {
        properties.remove("object.events.topic");
        properties.remove("object.end.markers");
        put("a.csv", Catalog.largeRows(10));
        put("b.csv", Catalog.largeRows(12));
        put("c.csv", Catalog.largeRows(1));
        S3CsvSourceTask task = new Polling(store, properties).task();

        assertThat(Polling.ids(Polling.poll(task))).hasSize(10);
        assertThat(Polling.ids(Polling.poll(task))).hasSize(13);
    }

    @Test
    void noTransactionIsAbortedIfConnectMayDropRecordsSilently() throws InterruptedException {
        properties.remove("object.end.markers");
        properties.put("errors.tolerance", "all");
        properties.put("batch.max.rows", "3");
        put("x.csv", rows(BROKEN, ROWS, ROWS));
        ExactlyOnceWorker worker = new ExactlyOnceWorker(true);

        assertThat(failure(worker)).startsWith("Row 7 of s3://catalog/x.csv");
        assertThat(worker.aborts()).isZero();
        assertThat(failedEvents(worker)).containsExactly("x.csv rows=6 bad_rows=0");
    }

    private String failure(ExactlyOnceWorker worker) throws InterruptedException {
        S3CsvSourceTask task = task(worker);
        for (int poll = 0; poll < 30; poll++) {
            clock.advance(Duration.ofMillis(1));
            try {
                worker.pass(task);
            } catch (ConnectException e) {
                worker.crash();
                return String.valueOf(e.getMessage());
            }
        }
        throw new IllegalStateException("The task has not failed");
    }

    private static List<String> failedEvents(ExactlyOnceWorker worker) {
        return worker.visible.stream()
                .filter(record -> record.topic().equals("events"))
                .map(record -> (Struct) record.value())
                .filter(event -> event.getString("event").equals("failed"))
                .map(event -> event.getString("key") + " rows=" + event.getInt64("rows") + " bad_rows="
                        + event.getInt64("bad_rows"))
                .toList();
    }
}
