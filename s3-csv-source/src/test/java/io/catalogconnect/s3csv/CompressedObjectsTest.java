package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedObjectsTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "columns", "brand:string,category_id:int64",
            "poll.interval.ms", "1",
            "s3.retry.backoff.ms", "0"));
    private final Polling polling = new Polling(store, properties);

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void everyRowIsReadAndResumedFromWhereverTheWorkerStopped(String suffix) throws Exception {
        byte[] plain = rows(0, 3_000, true);
        store.put("a.csv." + suffix, compressed(plain, suffix), Instant.EPOCH);
        properties.put("batch.max.rows", "700");
        for (int run = 0; run < 5; run++) {
            List<SourceRecord> batch = Polling.poll(polling.task());
            polling.worker().deliver(batch);
            polling.worker().commit();
            assertThat(Polling.ids(batch).get(0)).isEqualTo(run * 700L);
            assertThat(batch.get(batch.size() - 1).sourceOffset().get("st")).isEqualTo(run == 4 ? "done" : "open");
        }
        assertThat(polling.all(polling.task())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void aConnectionCutInACompressedObjectLosesAndDoublesNothing(String suffix) throws Exception {
        store.put("a.csv." + suffix, compressed(rows(0, 500, true), suffix), Instant.EPOCH);
        for (int cut = 1; cut < 40; cut += 3) {
            store.cutAfter(cut);
            assertThat(Polling.ids(new Polling(store, properties).all()))
                    .hasSize(500)
                    .isSorted();
        }
    }

    /** A file of several parts ends with its last part, wherever a connection or a buffer ends. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void aFileOfSeveralPartsIsReadWhole(String suffix) throws Exception {
        byte[] first = compressed(rows(0, 400, true), suffix);
        byte[] second = compressed(rows(400, 800, false), suffix);
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        store.put("a.csv." + suffix, joined, Instant.EPOCH);

        assertThat(Polling.ids(new Polling(store, properties).all()))
                .hasSize(800)
                .isSorted();
        store.cutAfter(first.length);
        assertThat(Polling.ids(new Polling(store, properties).all()))
                .hasSize(800)
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void aFileThatWasCutWhenItWasWrittenIsNoEndOfFile(String suffix) throws Exception {
        byte[] whole = compressed(rows(0, 3_000, true), suffix);
        store.put("a.csv." + suffix, Arrays.copyOf(whole, whole.length - 9), Instant.EPOCH);

        assertThatThrownBy(() -> polling.all(polling.task()))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("s3://catalog/a.csv." + suffix + " is no whole "
                        + (suffix.equals("gz") ? "gzip" : "zstd") + " file: ")
                .hasMessageEndingWith(". Upload it again, or correct csv.compression");
    }

    @Test
    void aFileThatIsNotCompressedAtAllIsNamed() {
        store.put("a.csv.gz", "brand,category_id\n");

        assertThatThrownBy(() -> polling.all(polling.task()))
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "s3://catalog/a.csv.gz is no whole gzip file: Not in GZIP format. Upload it again, or correct"
                                + " csv.compression");
    }

    @Test
    void compressionCanBeSetWhereTheKeyDoesNotSay() throws Exception {
        store.put("a.csv", compressed(rows(0, 3, true), "gz"), Instant.EPOCH);
        properties.put("csv.compression", "gzip");

        assertThat(Polling.ids(polling.all())).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aBadRestOfAnObjectIsLeftOutWhenToldSoAndEveryRowInFrontIsDelivered() throws Exception {
        properties.put("bad.objects", "skip");
        byte[] first = compressed(rows(0, 400, true), "gz");
        byte[] second = compressed(rows(400, 800, false), "gz");
        byte[] joined = Arrays.copyOf(first, first.length + second.length - 9);
        System.arraycopy(second, 0, joined, first.length, second.length - 9);
        store.put("a.csv.gz", joined, Instant.EPOCH);
        store.put("b.csv", "brand,category_id\nHP,-1\n");

        List<Long> ids = Polling.ids(polling.all());

        assertThat(ids).startsWith(0L, 1L).endsWith(-1L).hasSizeGreaterThan(400);
    }

    private static byte[] rows(int from, int to, boolean header) {
        StringBuilder text = new StringBuilder(header ? "brand,category_id\n" : "");
        for (int i = from; i < to; i++) {
            text.append("\"H\nP😀\",").append(i).append('\n');
        }
        return text.toString().getBytes(UTF_8);
    }

    private static byte[] compressed(byte[] plain, String suffix) throws IOException {
        if (suffix.equals("zst")) {
            return Zstd.compress(plain);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
