package io.catalogconnect.dryrun;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DryRunProcessTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CSV = "id,name\n1,Ann\n2,\n";

    @TempDir
    Path folder;

    @Test
    void fileAndItsDateAreDescribed() throws IOException {
        Path file = write("\uFEFFid,name\r\n1,Ann\r\n".getBytes(UTF_8));
        JsonNode answer = ask(file, "catalog/dt=2026-11-25/a.csv", Map.of());

        assertThat(answer.path("file").toString())
                .isEqualTo("{\"name\":\"" + file + "\",\"size\":19,\"compression\":\"none\",\"charset\":\"UTF-8\","
                        + "\"byteOrderMark\":true,\"lineEnd\":\"CRLF\"}");
        assertThat(answer.path("date").toString())
                .isEqualTo("{\"date\":\"2026-11-25\",\"pattern\":\"dt=(?<date>\\\\d{4}-\\\\d{2}-\\\\d{2})\","
                        + "\"format\":\"yyyy-MM-dd\"}");
        assertThat(answer.at("/connector/config/file.date.column").asText()).isEqualTo("file_date");
    }

    @Test
    void compressedFileIsRecognizedWhateverItsNameIs() throws IOException {
        JsonNode answer = ask(write(gzip(CSV)), "a.csv", Map.of());
        assertThat(answer.at("/file/compression").asText()).isEqualTo("gzip");
        assertThat(answer.path("rows").asLong()).isEqualTo(2);
    }

    @Test
    void valuesAreEscapedAndShortened() throws IOException {
        JsonNode answer = ask(
                write(("id,\u001B[31mname\n1,\u001B[31mA\u202E" + "x".repeat(100) + "\n").getBytes(UTF_8)),
                "a.csv",
                Map.of());
        assertThat(answer.at("/columns/1/name").asText()).isEqualTo("\\u001B[31mname");
        assertThat(answer.at("/firstRows/0/1").asText())
                .isEqualTo("\\u001B[31mA\\u202E" + "x".repeat(33) + "... (107 characters)");
        assertThat(answer.at("/connector/config/columns").asText())
                .as("the configuration has the name itself")
                .isEqualTo("id:int64,\u001B[31mname:string");
    }

    @Test
    void charsetIsRecognizedByABadByteFarFromTheStart() throws IOException {
        String many = "id,name\n" + "1,Ann\n".repeat(60_000) + "2,M\u00FCller\n";
        JsonNode answer = ask(write(many.getBytes(ISO_8859_1)), "a.csv", Map.of());
        assertThat(answer.at("/connector/config/csv.charset").asText()).isEqualTo("windows-1252");
        assertThat(answer.path("rows").asLong()).isEqualTo(60_001);
        assertThat(answer.path("malformedRows").asLong()).isZero();
    }

    @Test
    void configuredCharsetIsNotReplaced() throws IOException {
        JsonNode answer = ask(
                write("id,name\n1,M\u00FCller\n2,Ann\n".getBytes(ISO_8859_1)), "a.csv", Map.of("csv.charset", "UTF-8"));
        assertThat(answer.path("malformed").toString())
                .isEqualTo("[\"Row 1 of " + folder.resolve("a.csv")
                        + " (byte 8): it has a byte that is not UTF-8, at byte 11 (csv.charset names the encoding)\"]");
        assertThat(answer.path("rows").asLong()).isEqualTo(2);
    }

    @Test
    void columnOfTheFileDateDoesNotCollideWithAColumnOfTheFile() throws IOException {
        JsonNode answer = ask(write("file_date,x\na,b\n".getBytes(UTF_8)), "20261125.csv", Map.of());
        assertThat(answer.at("/connector/config/file.date.column").asText()).isEqualTo("file_date_");
        assertThat(answer.at("/connector/config/file.date.format").asText()).isEqualTo("yyyyMMdd");
    }

    @Test
    void fileThatCannotBeReadIsRefused() throws IOException {
        Path file = folder.resolve("a.csv");
        assertThat(error(file)).isEqualTo(file + " does not exist");
        assertThat(error(folder)).isEqualTo(folder + " is not a file that can be read");
        assertThat(error(Path.of("\u001B.csv"))).isEqualTo("\\u001B.csv does not exist");
        assertThat(error(write(new byte[0]))).isEqualTo(file + " is empty. It has neither a header nor a row");
        assertThat(error(write(gzip("")))).isEqualTo(file + " is empty. It has neither a header nor a row");
        byte[] gzip = gzip(CSV);
        assertThat(error(write(Arrays.copyOf(gzip, gzip.length - 10))))
                .startsWith(file + " is not a whole gzip file: ")
                .endsWith(". Upload it again, or correct csv.compression");
        assertThat(error(write("PK\u0003\u0004 archive".getBytes(ISO_8859_1))))
                .isEqualTo(
                        file + " is a ZIP archive, which is not supported. Upload the CSV file itself, uncompressed or"
                                + " compressed with gzip or zstd");
        assertThat(error(write(CSV.getBytes(UTF_16))))
                .isEqualTo(file + " starts with the byte order mark of UTF-16, which is not read. Convert the file to"
                        + " UTF-8");
    }

    @Test
    void settingsThatAreNotValidAreRefused() throws IOException {
        assertThat(ask(write(CSV.getBytes(UTF_8)), "a.csv", Map.of("csv.delimiter", ";;;;;;;;;;;;;;;;;"))
                        .path("error")
                        .asText())
                .startsWith("csv.delimiter is ';;;;;;;;;;;;;;;;;'");
    }

    private String error(Path file) throws IOException {
        return ask(file, "a.csv", Map.of()).path("error").asText();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.csv"), bytes);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static JsonNode ask(Path file, String key, Map<String, String> settings) throws IOException {
        return JSON.readTree(DryRunProcess.answer(
                JSON.writeValueAsString(Map.of("file", file.toString(), "key", key, "settings", settings))));
    }
}
