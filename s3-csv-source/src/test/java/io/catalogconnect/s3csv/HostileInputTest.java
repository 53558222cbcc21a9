package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that are made to exhaust a worker's memory or time, read with a heap of 256 MB. */
@Timeout(60)
class HostileInputTest {

    private static final int BLOCK = 1024 * 1024;

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "columns", "brand:string,category_id:int64",
            "poll.interval.ms", "1"));
    private final Polling polling = new Polling(store, properties);

    /** The archive is cut at its end: a row that is read to its end before it is refused would be reported as damage. */
    @ParameterizedTest
    @CsvSource({"gz, x", "zst, x", "gz, '\"'", "zst, '\"'"})
    void endlessRowFailsAtTheLimit(String suffix, String first) throws IOException {
        byte[] bomb = bomb("brand,category_id\nHP,1\n" + first, 96, "\nHP,2\n", suffix);
        byte[] endless = Arrays.copyOf(bomb, bomb.length - 9);
        store.put("a.csv." + suffix, endless, Instant.EPOCH);

        assertThatThrownBy(polling::all)
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("Row 2 of s3://catalog/a.csv." + suffix
                        + " (byte 23): it is longer than csv.max.record.bytes (4194304)");
    }

    @ParameterizedTest
    @CsvSource({"gz, 200", "zst, 1024"})
    void endlessRowIsSkippedInBoundedMemory(String suffix, int megabytes) throws Exception {
        requireSkipped(suffix, megabytes);
    }

    @Tag("soak")
    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    @Timeout(300)
    void rowOfGigabytesIsSkippedInBoundedMemory(String suffix) throws Exception {
        requireSkipped(suffix, 3_000);
    }

    @Test
    void heapIsLimited() {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(256L * BLOCK);
    }

    private void requireSkipped(String suffix, int megabytes) throws Exception {
        properties.put("bad.rows", "skip");
        store.put("a.csv." + suffix, bomb("brand,category_id\nHP,1\n", megabytes, "\nHP,2\n", suffix), Instant.EPOCH);

        S3CsvSourceTask task = polling.task();
        List<SourceRecord> records = new ArrayList<>();
        int polls = 0;
        for (; records.size() < 2; polls++) {
            records.addAll(Polling.poll(task));
        }

        // A worker can stop the task between two polls.
        assertThat(polls).isGreaterThanOrEqualTo(megabytes / 80);
        assertThat(Polling.ids(records)).containsExactly(1L, 2L);
        assertThat(Catalog.offset(records.get(0))).containsEntry("row", 2L).containsEntry("bad", 1L);
        assertThat(Catalog.offset(records.get(1))).containsEntry("row", 3L).containsEntry("bad", 1L);
    }

    /** Rows that are left out are not delivered either: the task must return to the worker between them. */
    @Test
    void taskReturnsToTheWorkerWhileItSkipsManyRows() throws Exception {
        properties.put("bad.rows", "skip");
        String row = "x".repeat(1_000) + "\n";
        store.put("a.csv.zst", repeated("brand,category_id\nHP,1\n", row, 150_000, "HP,2\n", "zst"), Instant.EPOCH);
        S3CsvSourceTask task = polling.task();

        assertThat(task.poll()).isNull();
        assertThat(task.poll()).isNull();
        assertThat(Polling.ids(polling.drain(task, 2))).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @CsvSource({"#xy\\n, ''", "\\n\\n\\n\\n, ''", "xxxx, '#'"})
    void taskReturnsToTheWorkerWhileItSkipsCommentsAndBlankLines(String block, String first) throws Exception {
        properties.put("csv.comment", "#");
        properties.put("batch.max.rows", "1");
        String lines = block.translateEscapes().repeat(BLOCK / 4);
        store.put(
                "a.csv.zst",
                repeated("brand,category_id\nHP,1\n" + first, lines, 40, "\nHP,2\n", "zst"),
                Instant.EPOCH);
        S3CsvSourceTask task = polling.task();

        List<SourceRecord> records = new ArrayList<>();
        int polls = 0;
        for (; records.size() < 2; polls++) {
            records.addAll(Polling.poll(task));
        }

        assertThat(polls).isGreaterThanOrEqualTo(4);
        assertThat(Polling.ids(records)).containsExactly(1L, 2L);
    }

    @Test
    void blankLinesBeforeTheHeaderAreLimited() throws Exception {
        store.put("a.csv.zst", repeated("", "\n".repeat(BLOCK), 20, "brand,category_id\n", "zst"), Instant.EPOCH);

        assertThatThrownBy(polling::all)
                .hasMessageMatching(
                        "s3://catalog/a\\.csv\\.zst: the header is not in the first \\d+ bytes, which are blank"
                                + " lines and comments\\. Correct the file");
    }

    /** A read that breaks while a long row is skipped resumes at the row, and counts it once. */
    @Test
    void readThatBreaksWithinASkippedRowResumesAtTheRow() throws Exception {
        properties.put("bad.rows", "skip");
        properties.put("csv.max.record.bytes", "1000");
        properties.put("s3.retry.attempts", "1");
        properties.put("batch.max.rows", "1");
        String text = "brand,category_id\nHP,1\nHP,2\n" + "x".repeat(6 * BLOCK) + "\nHP,3\n";
        store.put("a.csv", text);
        store.cutAfter(4 * BLOCK);
        S3CsvSourceTask task = polling.task();
        assertThat(Polling.ids(Polling.poll(task))).containsExactly(1L);
        assertThat(Polling.ids(Polling.poll(task))).containsExactly(2L);
        assertThatThrownBy(task::poll).hasMessageContaining("Connection reset");
        store.cutAfter(Integer.MAX_VALUE);

        List<SourceRecord> rest = polling.all(task);

        assertThat(Polling.ids(rest)).containsExactly(3L);
        assertThat(Catalog.offset(rest.get(0))).containsEntry("row", 4L).containsEntry("bad", 1L);
    }

    @Test
    void skippingALongRowEndsWhenTheThreadIsInterrupted() throws Exception {
        properties.put("bad.rows", "skip");
        store.put("a.csv.zst", bomb("brand,category_id\nHP,1\n", 200, "\nHP,2\n", "zst"), Instant.EPOCH);
        S3CsvSourceTask task = polling.task();
        Thread.currentThread().interrupt();

        assertThatThrownBy(task::poll).hasMessageContaining("was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void endlessHeaderIsDamage(String suffix) throws IOException {
        store.put("a.csv." + suffix, bomb("", 100, "\n1,2\n", suffix), Instant.EPOCH);

        assertThatThrownBy(polling::all)
                .isInstanceOf(ConnectException.class)
                .hasMessage("s3://catalog/a.csv." + suffix + ": the header (byte 0) is longer than csv.max.record.bytes"
                        + " (4194304), as after a quote that never closes");
    }

    @Test
    void millionColumnsAreCheckedInLinearTime() {
        StringBuilder header = new StringBuilder("c");
        for (int i = 1; i < 1_000_000; i++) {
            header.append(",c").append(i);
        }
        properties.put("csv.max.record.bytes", "20000000");
        store.put("a.csv", header + "\n");

        assertThatThrownBy(polling::all)
                .hasMessageContaining("the header has ")
                .hasMessageContaining(" characters, more than 524288, ")
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(1_000));
    }

    /** 80,000 columns took eleven seconds when each name was searched in the whole header. */
    @Test
    @Timeout(20)
    void manyColumnsAreReadInLinearTime() throws InterruptedException {
        StringBuilder header = new StringBuilder("_");
        StringBuilder row = new StringBuilder("1");
        for (int i = 1; i < 80_000; i++) {
            header.append(",").append(Integer.toString(i, 36));
            row.append(",");
        }
        properties.put("columns", "");
        store.put("a.csv", header + "\n" + row + "\n");

        assertThat(polling.all()).hasSize(1);
    }

    private static byte[] bomb(String start, int megabytes, String end, String suffix) throws IOException {
        return repeated(start, "x".repeat(BLOCK), megabytes, end, suffix);
    }

    /** Compresses a text that may be larger than the heap. */
    private static byte[] repeated(String start, String block, int times, String end, String suffix)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] encoded = block.getBytes(UTF_8);
        try (OutputStream archive =
                suffix.equals("gz") ? new GZIPOutputStream(bytes) : new ZstdOutputStreamNoFinalizer(bytes)) {
            archive.write(start.getBytes(UTF_8));
            for (int i = 0; i < times; i++) {
                archive.write(encoded);
            }
            archive.write(end.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
