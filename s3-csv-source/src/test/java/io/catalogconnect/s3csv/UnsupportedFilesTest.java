package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no CSV are damaged objects, and the message says what they are. */
class UnsupportedFilesTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET, "topic", "raw", "csv.charset", "ISO-8859-1", "poll.interval.ms", "1"));
    private final Polling polling = new Polling(store, properties);

    @ParameterizedTest
    @CsvFileSource(resources = "/file-kinds.txt", delimiter = '|')
    void fileIsNamedByItsFirstBytes(String kind, String hex) {
        store.put("a.csv", bytes(hex), Instant.EPOCH);

        assertThatThrownBy(polling::all).isInstanceOf(ConnectException.class).hasMessage(message("a.csv", kind));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/file-kinds.txt", delimiter = '|')
    void compressedFileIsNamedByItsFirstBytes(String kind, String hex) throws IOException {
        store.put("a.csv", gzip(bytes(hex)), Instant.EPOCH);

        assertThatThrownBy(polling::all).isInstanceOf(ConnectException.class).hasMessage(message("a.csv", kind));
    }

    @Test
    void compressedTarArchiveIsNamed() throws IOException {
        byte[] archive = new byte[1024];
        System.arraycopy("ustar".getBytes(ISO_8859_1), 0, archive, 257, 5);
        archive[0] = 'a';
        store.put("a.tar.gz", gzip(archive), Instant.EPOCH);

        assertThatThrownBy(polling::all).hasMessage(message("a.tar.gz", "a tar archive"));
    }

    @Test
    void unsupportedFileIsLeftOutIfDamagedObjectsAreSkipped() throws InterruptedException {
        properties.put("bad.objects", "skip");
        store.put("a.csv", bytes("504B030414000000080000002158"), Instant.EPOCH);
        store.put("b.csv", "brand,category_id\nHP,1\n");

        assertThat(polling.all()).hasSize(1);
    }

    /** Headers that start as other files do. */
    @ParameterizedTest
    @ValueSource(strings = {"PAR1,b", "PK,b", "ORC,b", "BZh1,b", "Obj,b", "P,K", "%,b", "Rar!,b", "(x,b"})
    void csvFileWithASimilarStartIsRead(String header) throws InterruptedException {
        store.put("a.csv", header + "\n1,2\n");

        assertThat(polling.all()).hasSize(1);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private static String message(String key, String kind) {
        return "s3://catalog/" + key + " is " + kind + ", which is not supported. "
                + (kind.startsWith("a text")
                        ? "Convert it to UTF-8"
                        : "Upload the CSV file itself, uncompressed or compressed with gzip or zstd");
    }
}
