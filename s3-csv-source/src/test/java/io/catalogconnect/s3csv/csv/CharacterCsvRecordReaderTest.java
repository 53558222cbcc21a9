package io.catalogconnect.s3csv.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.s3csv.Allocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterCsvRecordReaderTest {

    @Test
    void emojiDoesNotShiftBytePositions() throws IOException {
        List<CsvRecord> records = read("a,😀é€\nb,2\n".getBytes(UTF_8));

        assertThat(records)
                .containsExactly(
                        new CsvRecord.Row(0, 12, List.of("a", "😀é€")), new CsvRecord.Row(12, 16, List.of("b", "2")));
    }

    @Test
    void quotedFieldMayHoldLineEndsAndQuotes() throws IOException {
        assertThat(read("a,\"x\r\ny \"\"z\"\"\nw\"\r\nb,2\r\n".getBytes(UTF_8)))
                .containsExactly(
                        new CsvRecord.Row(0, 18, List.of("a", "x\r\ny \"z\"\nw")),
                        new CsvRecord.Row(18, 23, List.of("b", "2")));
    }

    @Test
    void lastLineNeedsNoLineEnd() throws IOException {
        assertThat(read("a,1\nb,2".getBytes(UTF_8)))
                .containsExactly(
                        new CsvRecord.Row(0, 4, List.of("a", "1")), new CsvRecord.Row(4, 7, List.of("b", "2")));
    }

    @Test
    void smallFileIsReadWithSmallBuffers() throws Exception {
        byte[] file = "some text,1\n".repeat(80).getBytes(UTF_8);

        long allocated = Allocation.bytesOf(() -> read(file));

        assertThat(allocated).isBetween(1L, 40_000L);
    }

    @Test
    void shortReadsShareABuffer() throws Exception {
        byte[] file = "some text,1\n".repeat(10_000).getBytes(UTF_8);

        long allocated = Allocation.bytesOf(
                () -> drain(new CharacterCsvRecordReader(new ShortReads(file), CsvDialect.RFC_4180, 0)));

        assertThat(allocated).isBetween(1L, 8_000_000L);
    }

    @Test
    void byteOrderMarkIsNotPartOfTheFirstCell() throws IOException {
        assertThat(read("\uFEFFa,1\n".getBytes(UTF_8))).containsExactly(new CsvRecord.Row(3, 7, List.of("a", "1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void utf16IsRefused(String charset) {
        assertThatThrownBy(() -> read("\uFEFFa,1\n".getBytes(Charset.forName(charset))))
                .isInstanceOf(UnsupportedCsvException.class)
                .hasMessage("starts with the byte order mark of UTF-16, which is not read. Convert the file to UTF-8");
    }

    @Test
    void blankLinesBelongToNoRecord() throws IOException {
        assertThat(read("\n\na,1\n\r\n\nb,2\n\n".getBytes(UTF_8)))
                .containsExactly(
                        new CsvRecord.Row(2, 6, List.of("a", "1")), new CsvRecord.Row(9, 13, List.of("b", "2")));
    }

    @Test
    void strayQuoteMakesOnlyItsLineMalformed() throws IOException {
        assertThat(read("a,1\nb,\"x\"y\nc,3\nd,4\n".getBytes(UTF_8)))
                .containsExactly(
                        new CsvRecord.Row(0, 4, List.of("a", "1")),
                        new CsvRecord.Damaged(
                                4,
                                11,
                                "has characters between a closing quote and the next delimiter (double a quote within a cell; see also csv.escape)"),
                        new CsvRecord.Row(11, 15, List.of("c", "3")),
                        new CsvRecord.Row(15, 19, List.of("d", "4")));
    }

    @Test
    void unclosedQuoteMakesOnlyItsLineMalformed() throws IOException {
        assertThat(read("a,1\nb,\"x\nc,3\nd,4".getBytes(UTF_8)))
                .containsExactly(
                        new CsvRecord.Row(0, 4, List.of("a", "1")),
                        new CsvRecord.Damaged(
                                4, 9, "has a quote that never closes (csv.quote=none reads quotes as text)"),
                        new CsvRecord.Row(9, 13, List.of("c", "3")),
                        new CsvRecord.Row(13, 16, List.of("d", "4")));
    }

    @Test
    void unclosedQuoteStopsAtTheLimitAndNoLaterLineIsLost() throws IOException {
        StringBuilder text = new StringBuilder("a,\"x\n");
        for (int i = 0; i < 60_000; i++) {
            text.append("row,").append(i).append('\n');
        }
        CsvDialect dialect =
                new CsvDialect(",", '"', null, null, UTF_8, true, 1000, 0, CsvDialect.CarriageReturn.BAD, null, false);

        List<CsvRecord> records = read(text.toString().getBytes(UTF_8), dialect, 0);

        assertThat(records).hasSize(60_001);
        assertThat(records.get(0))
                .isEqualTo(new CsvRecord.Damaged(
                        0, 5, "is longer than csv.max.record.bytes (1000), as after a quote that never closes"));
        assertThat(records.subList(1, records.size())).allMatch(CsvRecord.Row.class::isInstance);
    }

    @Test
    void recordAboveTheLimitIsMalformedAndItsBytesAreCut() throws IOException {
        CsvDialect dialect =
                new CsvDialect(",", '"', null, null, UTF_8, true, 10, 0, CsvDialect.CarriageReturn.BAD, null, false);
        try (CharacterCsvRecordReader reader =
                new CharacterCsvRecordReader(stream("a,1\nbcdefghijkl,2\nc,3\n"), dialect, 0)) {
            assertThat(reader.next()).isEqualTo(new CsvRecord.Row(0, 4, List.of("a", "1")));
            assertThat(reader.next())
                    .isEqualTo(new CsvRecord.Damaged(
                            4, 18, "is longer than csv.max.record.bytes (10), as after a quote that never closes"));
            assertThat(reader.bytesOfLast()).asString(UTF_8).isEqualTo("bcdefghijk");
            assertThat(reader.next()).isEqualTo(new CsvRecord.Row(18, 22, List.of("c", "3")));
            assertThat(reader.next()).isNull();
            assertThat(reader.endOfStream()).isEqualTo(22);
        }
    }

    @Test
    void malformedUtf8DamagesItsRecordAlone() throws IOException {
        byte[] bytes = "a,1\nb,??\nc,3\n".getBytes(ISO_8859_1);
        bytes[6] = (byte) 0xC3;
        bytes[7] = '(';

        assertThat(read(bytes))
                .containsExactly(
                        new CsvRecord.Row(0, 4, List.of("a", "1")),
                        new CsvRecord.Damaged(
                                4, 9, "has a byte that is not UTF-8, at byte 6 (csv.charset names the encoding)"),
                        new CsvRecord.Row(9, 13, List.of("c", "3")));
    }

    @Test
    void characterCutByTheEndOfTheFileMakesTheLastRecordMalformed() throws IOException {
        byte[] bytes = Arrays.copyOf("a,1\nb,€".getBytes(UTF_8), 8);

        assertThat(read(bytes))
                .containsExactly(
                        new CsvRecord.Row(0, 4, List.of("a", "1")),
                        new CsvRecord.Damaged(
                                4, 8, "has a byte that is not UTF-8, at byte 6 (csv.charset names the encoding)"));
    }

    @Test
    void bytesOfARecordAreThoseOfTheFile() throws IOException {
        try (CharacterCsvRecordReader reader =
                new CharacterCsvRecordReader(stream("a,\"1\"\r\nb,\"x\"y\n€,3"), CsvDialect.RFC_4180, 0)) {
            assertThat(reader.next()).isNotNull();
            assertThat(reader.bytesOfLast()).asString(UTF_8).isEqualTo("a,\"1\"\r\n");
            assertThat(reader.next()).isNotNull();
            assertThat(reader.bytesOfLast()).asString(UTF_8).isEqualTo("b,\"x\"y\n");
            assertThat(reader.next()).isNotNull();
            assertThat(reader.bytesOfLast()).asString(UTF_8).isEqualTo("€,3");
        }
    }

    @Test
    void brokenStreamIsNotTheEndOfTheFile() {
        InputStream broken = new SequenceInputStream(stream("a,1\nb,2\nc"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("Connection reset");
            }
        });

        assertThatThrownBy(() -> drain(new CharacterCsvRecordReader(broken, CsvDialect.RFC_4180, 0)))
                .isInstanceOf(IOException.class)
                .hasMessage("Connection reset");
    }

    @Test
    void everyRecordStartOfRandomFilesLeadsToTheSameRecords() throws IOException {
        Random random = new Random(20260101);
        for (int file = 0; file < 300; file++) {
            byte[] bytes = RandomCsv.file(random).getBytes(UTF_8);
            List<CsvRecord> all = read(bytes);
            for (int i = 0; i < all.size(); i += 1 + random.nextInt(5)) {
                int start = (int) all.get(i).start();
                List<CsvRecord> rest = read(Arrays.copyOfRange(bytes, start, bytes.length), CsvDialect.RFC_4180, start);
                assertThat(rest).as("file %d from record %d", file, i).isEqualTo(all.subList(i, all.size()));
            }
        }
    }

    @Test
    void randomFilesOfRandomDialectsAreReadAgainFromTheStartOfEveryRecord() throws IOException {
        Random random = new Random(20260106);
        String[] pieces = {",", "\"", "\\", "|", "\r", "\n", "\r\n", "#", "N", "a", "é", "😀", " ", "\uFEFF"};
        int rows = 0;
        for (int file = 0; file < 2_000; file++) {
            CsvDialect dialect = new CsvDialect(
                    pick(random, ",", "||", "|,"),
                    random.nextBoolean() ? '"' : null,
                    random.nextBoolean() ? '\\' : null,
                    random.nextBoolean() ? '#' : null,
                    UTF_8,
                    random.nextBoolean(),
                    10_000,
                    0,
                    pick(random, CsvDialect.CarriageReturn.values()),
                    null,
                    random.nextBoolean());
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            if (bytes.length > 0 && random.nextInt(4) == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) 0xFF;
            }
            String name = dialect + " " + Arrays.toString(bytes);
            List<CsvRecord> all = read(bytes, dialect, 0);
            long end = 0;
            for (int i = 0; i < all.size(); i++) {
                int start = (int) all.get(i).start();
                assertThat((long) start).as(name).isGreaterThanOrEqualTo(end);
                end = all.get(i).end();
                assertThat(read(Arrays.copyOfRange(bytes, start, bytes.length), dialect, start))
                        .as("from record %d of %s", i, name)
                        .isEqualTo(all.subList(i, all.size()));
            }
            assertThat(end).as(name).isLessThanOrEqualTo(bytes.length);
            rows += (int) all.stream().filter(CsvRecord.Row.class::isInstance).count();
        }
        assertThat(rows).isGreaterThan(5_000);
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /** As MySQL writes files: every special character has an escape character before it. */
    @Test
    void escapedCellsAreReadBackFromTheStartOfEveryRecord() throws IOException {
        CsvDialect dialect = new CsvDialect(
                "||", null, '\\', null, UTF_8, true, 10_000, 0, CsvDialect.CarriageReturn.TEXT, null, false);
        String[] pieces = {"a", "N", "n", "é", "😀", "|", "||", "\\", "\n", "\r\n", "\t", "\"", "\\N", ""};
        Random random = new Random(20260105);
        for (int file = 0; file < 200; file++) {
            List<List<String>> rows = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int row = random.nextInt(30); row > 0; row--) {
                List<String> cells = new ArrayList<>();
                for (int cell = 1 + random.nextInt(4); cell > 0; cell--) {
                    StringBuilder value = new StringBuilder("x");
                    for (int i = random.nextInt(5); i > 0; i--) {
                        value.append(pieces[random.nextInt(pieces.length)]);
                    }
                    cells.add(value.toString());
                }
                rows.add(cells);
                text.append(cells.stream()
                                .map(CharacterCsvRecordReaderTest::escaped)
                                .collect(Collectors.joining("||")))
                        .append('\n');
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            List<CsvRecord> all = read(bytes, dialect, 0);
            assertThat(all.stream().map(record -> ((CsvRecord.Row) record).cells()))
                    .isEqualTo(rows);
            for (int i = 0; i < all.size(); i++) {
                int start = (int) all.get(i).start();
                assertThat(read(Arrays.copyOfRange(bytes, start, bytes.length), dialect, start))
                        .as("file %d from record %d", file, i)
                        .isEqualTo(all.subList(i, all.size()));
            }
        }
    }

    private static String escaped(String cell) {
        return cell.replaceAll("[|\\\\\n\r]", "\\\\$0");
    }

    @Test
    void cellsOfWellFormedFilesAreThoseOfCommonsCsv() throws IOException {
        Random random = new Random(20260104);
        for (int file = 0; file < 300; file++) {
            String text = RandomCsv.file(random);
            List<List<String>> cells = read(text.getBytes(UTF_8)).stream()
                    .map(record -> ((CsvRecord.Row) record).cells())
                    .toList();
            String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
            try (CSVParser parser = CSVParser.parse(
                    content,
                    CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get())) {
                assertThat(cells)
                        .as("file %d", file)
                        .isEqualTo(parser.stream().map(CSVRecord::toList).toList());
            }
        }
    }

    private static List<CsvRecord> read(byte[] bytes) throws IOException {
        return read(bytes, CsvDialect.RFC_4180, 0);
    }

    private static List<CsvRecord> read(byte[] bytes, CsvDialect dialect, long first) throws IOException {
        return drain(new CharacterCsvRecordReader(new ByteArrayInputStream(bytes), dialect, first));
    }

    private static List<CsvRecord> drain(CsvRecordReader reader) throws IOException {
        try (reader) {
            List<CsvRecord> records = new ArrayList<>();
            for (CsvRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
            return records;
        }
    }

    /** Returns at most a hundred bytes at a time. */
    private static final class ShortReads extends ByteArrayInputStream {

        ShortReads(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 100));
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
