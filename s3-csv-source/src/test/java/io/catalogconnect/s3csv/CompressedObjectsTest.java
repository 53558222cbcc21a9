package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.catalogconnect.s3csv.object.Compression;
import io.catalogconnect.s3csv.object.ObjectRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
import org.junit.jupiter.params.provider.CsvSource;
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
    void readingResumesAtEveryRow(String suffix) throws Exception {
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
    void noRowIsLostOrDuplicatedIfAConnectionBreaksWithinACompressedObject(String suffix) throws Exception {
        store.put("a.csv." + suffix, compressed(rows(0, 500, true), suffix), Instant.EPOCH);
        for (int cut = 1; cut < 40; cut += 3) {
            store.cutAfter(cut);
            assertThat(Polling.ids(new Polling(store, properties).all()))
                    .hasSize(500)
                    .isSorted();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void bytesBeforeTheResumedRowAreDiscardedInOneBuffer(String suffix) throws Exception {
        byte[] archive = compressed("a".repeat(32 << 20).getBytes(UTF_8), suffix);

        long allocated = Allocation.bytesOf(() -> firstByte(archive, suffix, (32 << 20) - 1));

        assertThat(allocated).isBetween(1L, 1_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void smallObjectIsDecompressedWithSmallBuffers(String suffix) throws Exception {
        byte[] archive = compressed("a,b\n".getBytes(UTF_8), suffix);

        assertThat(Allocation.bytesOf(() -> firstByte(archive, suffix, 0))).isBetween(1L, 20_000L);
    }

    private static int firstByte(byte[] archive, String suffix, long from) throws IOException {
        ObjectRef object = new ObjectRef("catalog", "a.csv." + suffix, "etag", archive.length, Instant.EPOCH);
        try (InputStream decoded = Compression.AUTO.open(object, from, at -> new ByteArrayInputStream(archive))) {
            int first = decoded.read();
            assertThat(first).isEqualTo('a');
            return first;
        }
    }

    /** A file of several parts ends with its last part, wherever a connection or a buffer ends. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void multipartObjectIsReadCompletely(String suffix) throws Exception {
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
    void truncatedFileIsNotTheEndOfTheFile(String suffix) throws Exception {
        byte[] whole = compressed(rows(0, 3_000, true), suffix);
        store.put("a.csv." + suffix, Arrays.copyOf(whole, whole.length - 9), Instant.EPOCH);

        assertThatThrownBy(() -> polling.all(polling.task()))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("s3://catalog/a.csv." + suffix + " is not a whole "
                        + (suffix.equals("gz") ? "gzip" : "zstd") + " file: ")
                .hasMessageEndingWith(". Upload it again, or correct csv.compression");
    }

    /** Each byte after the last member would be lost rows. */
    @ParameterizedTest
    @CsvSource({
        "gz, plain text",
        "gz, garbage",
        "gz, second member behind garbage",
        "gz, start of a member",
        "zst, plain text",
        "zst, garbage",
        "zst, second member behind garbage",
        "zst, start of a member"
    })
    void bytesBehindTheCompressedDataDamageTheObject(String suffix, String rest) throws Exception {
        byte[] first = compressed(rows(0, 3, true), suffix);
        byte[] second = compressed(rows(3, 6, false), suffix);
        byte[] behind = switch (rest) {
            case "plain text" -> rows(3, 6, false);
            case "garbage" -> new byte[] {1, 2, 3, 4, 5, 6, 7};
            case "start of a member" -> Arrays.copyOf(second, 3);
            default -> joined(new byte[] {1, 2, 3, 4, 5}, second);
        };
        byte[] object = joined(first, behind);
        store.put("a.csv." + suffix, object, Instant.EPOCH);

        assertThatThrownBy(() -> polling.all(polling.task()))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("s3://catalog/a.csv." + suffix + " is not a whole ")
                .hasMessageContaining(" of " + object.length + ". Upload it again");
    }

    @Test
    void damageIsReportedWithItsPosition() throws Exception {
        byte[] first = compressed(rows(0, 3, true), "gz");
        store.put("a.csv.gz", joined(first, rows(3, 6, false)), Instant.EPOCH);

        assertThatThrownBy(() -> polling.all(polling.task()))
                .hasMessage(
                        "s3://catalog/a.csv.gz is not a whole gzip file: bytes that are not gzip follow the compressed"
                                + " data, at byte " + first.length + " of " + (first.length + 36)
                                + ". Upload it again, or correct csv.compression");
    }

    @Test
    void zeroBytesBehindTheCompressedDataArePadding() throws Exception {
        store.put("a.csv.gz", joined(compressed(rows(0, 3, true), "gz"), new byte[500]), Instant.EPOCH);

        assertThat(Polling.ids(polling.all())).containsExactly(0L, 1L, 2L);
    }

    /** No damage yields other rows: the object is refused, or the byte has no meaning. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void everyCutAndEveryChangedByteIsDamage(String suffix) throws Exception {
        byte[] whole =
                suffix.equals("gz") ? compressed(rows(0, 20, true), suffix) : zstdWithChecksum(rows(0, 20, true));
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            store.put("a.csv." + suffix, Arrays.copyOf(whole, at), Instant.EPOCH);
            if (at > 0) {
                assertThatThrownBy(() -> new Polling(store, properties).all())
                        .isInstanceOf(ConnectException.class)
                        .hasMessageStartingWith("s3://catalog/a.csv." + suffix + " is not a whole ");
            }
            byte[] changed = whole.clone();
            changed[at] ^= 0x55;
            store.put("a.csv." + suffix, changed, Instant.EPOCH);
            try {
                assertThat(Polling.ids(new Polling(store, properties).all()))
                        .hasSize(20)
                        .isSorted();
            } catch (ConnectException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length - 12);
    }

    private static byte[] zstdWithChecksum(byte[] plain) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            return context.setChecksum(true).compress(plain);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    @Test
    void plainFileWithTheSuffixOfACompressedOneIsRefused() {
        store.put("a.csv.gz", "brand,category_id\n");

        assertThatThrownBy(() -> polling.all(polling.task()))
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "s3://catalog/a.csv.gz is not a whole gzip file: it does not start as a gzip file, at byte 0 of"
                                + " 18. Upload it again, or correct csv.compression");
    }

    @ParameterizedTest
    @CsvSource({"gz, a.csv", "gz, a.csv.gzip", "gz, a", "zst, a.csv", "zst, a.csv.gz"})
    void compressionIsDetectedForEveryKey(String suffix, String key) throws Exception {
        store.put(key, compressed(rows(0, 3, true), suffix), Instant.EPOCH);
        properties.put("batch.max.rows", "2");
        polling.worker().deliver(Polling.poll(polling.task()));
        polling.worker().commit();

        assertThat(Polling.ids(polling.all())).containsExactly(2L);
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, is not a whole gzip file: it does not start as a gzip file",
        "'aws-chunked, X-GZIP', is not a whole gzip file: it does not start as a gzip file",
        "zstd, is not a whole zstd file: it does not start as a zstd file",
        "br, has a Content-Encoding that is not supported"
    })
    void objectThatIsNotWhatItsContentEncodingDeclaresIsDamaged(String encoding, String problem) {
        store.contentEncoding(encoding);
        store.put("a.csv", "brand,category_id\nHP,1\n");

        assertThatThrownBy(() -> polling.all(polling.task()))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("s3://catalog/a.csv " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "aws-chunked", ""})
    void contentEncodingWithoutCompressionIsIgnored(String encoding) throws InterruptedException {
        store.contentEncoding(encoding);
        store.put("a.csv", "brand,category_id\nHP,1\n");

        assertThat(Polling.ids(polling.all())).containsExactly(1L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"none | contains a gzip file that is not decompressed", "zstd | is not a whole zstd file"})
    void gzipFileIsRefusedIfAnotherCompressionIsConfigured(String compression, String problem) throws Exception {
        store.put("a.csv", compressed(rows(0, 3, true), "gz"), Instant.EPOCH);
        properties.put("csv.compression", compression);

        assertThatThrownBy(() -> polling.all(polling.task())).hasMessageStartingWith("s3://catalog/a.csv " + problem);
    }

    @Test
    void fileThatIsCompressedTwiceIsRefused() throws Exception {
        store.put("a.csv.gz", compressed(compressed(rows(0, 3, true), "gz"), "gz"), Instant.EPOCH);

        assertThatThrownBy(() -> polling.all(polling.task()))
                .hasMessage(
                        "s3://catalog/a.csv.gz contains a gzip file that is not decompressed: it is compressed twice, or"
                                + " csv.compression=none. Upload the CSV file compressed once, or set csv.compression=auto");
    }

    @Test
    void compressionCanBeSetWhereTheKeyDoesNotSay() throws Exception {
        store.put("a.csv", compressed(rows(0, 3, true), "gz"), Instant.EPOCH);
        properties.put("csv.compression", "gzip");

        assertThat(Polling.ids(polling.all())).containsExactly(0L, 1L, 2L);
    }

    @Test
    void damagedRestOfAnObjectIsLeftOutAfterTheBatchesInFrontOfIt() throws Exception {
        properties.put("bad.objects", "skip");
        properties.put("batch.max.rows", "100");
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
