package io.catalogconnect.s3csv.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of cases in {@code csv-cases.txt}, each read whole, in small pieces, and again from every record's start. */
class CsvCasesTest {

    private static final int STREAM_PIECE = 3;

    record Case(String name, CsvDialect dialect, String input, List<String> expected) {

        byte[] bytes() {
            return raw(input, dialect.charset().equals(UTF_8) ? UTF_8 : Charset.forName("ISO-8859-1"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsTheRecords(Case one) throws IOException {
        assertThat(read(one, 0, false).stream()
                        .map(record -> shown(record, one.dialect().marksQuotes())))
                .isEqualTo(one.expected());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsTheSameWhenBytesComeInSmallPieces(Case one) throws IOException {
        assertThat(read(one, 0, true)).isEqualTo(read(one, 0, false));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resumesFromTheStartOfEveryRecord(Case one) throws IOException {
        List<CsvRecord> all = read(one, 0, false);
        for (int i = 0; i < all.size(); i++) {
            assertThat(read(one, (int) all.get(i).start(), false))
                    .as("from record %d", i)
                    .isEqualTo(all.subList(i, all.size()));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamThatBreaksAnywhereGivesOnlyRecordsOfTheFile(Case one) throws IOException {
        List<CsvRecord> all = read(one, 0, false);
        byte[] bytes = one.bytes();
        for (int length = 0; length <= bytes.length; length++) {
            InputStream head = new ByteArrayInputStream(bytes, 0, length);
            List<CsvRecord> records = new ArrayList<>();
            assertThatThrownBy(() -> {
                        try (CsvRecordReader reader =
                                CsvReaders.open(new SequenceInputStream(head, new Broken()), one.dialect(), 0)) {
                            for (CsvRecord record = reader.next(); record != null; record = reader.next()) {
                                records.add(record);
                            }
                        }
                    })
                    .as("broken after %d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasMessage("Connection reset");
            assertThat(records).as("broken after %d bytes", length).isEqualTo(all.subList(0, records.size()));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bytesOfTheRecordsAndTheirSeparatorsAreTheFile(Case one) throws IOException {
        byte[] bytes = one.bytes();
        long reached = 0;
        try (CsvRecordReader reader = CsvReaders.open(new ByteArrayInputStream(bytes), one.dialect(), 0)) {
            for (CsvRecord record = reader.next(); record != null; record = reader.next()) {
                assertThat(record.start()).isGreaterThanOrEqualTo(reached);
                byte[] own = Arrays.copyOfRange(bytes, (int) record.start(), (int) record.end());
                int kept = (int) Math.min(own.length, one.dialect().maxRecordBytes());
                assertThat(Arrays.copyOf(reader.bytesOfLast(), kept)).isEqualTo(Arrays.copyOf(own, kept));
                reached = record.end();
            }
            assertThat(reader.endOfStream()).isEqualTo(bytes.length);
        }
    }

    @Test
    void thereAreAtLeastSixtyCasesAndEachHasItsName() throws IOException {
        List<String> names = cases().map(Case::name).toList();

        assertThat(names).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    }

    private static List<CsvRecord> read(Case one, int from, boolean inPieces) throws IOException {
        byte[] bytes = one.bytes();
        InputStream in = new ByteArrayInputStream(bytes, from, bytes.length - from);
        List<CsvRecord> records = new ArrayList<>();
        try (CsvRecordReader reader = CsvReaders.open(inPieces ? new Pieces(in) : in, one.dialect(), from)) {
            for (CsvRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        }
        return records;
    }

    /** Literals have a leading ^ in the cases that are about them. */
    private static String shown(CsvRecord record, boolean marks) {
        return record instanceof CsvRecord.Row row
                ? "="
                        + IntStream.range(0, row.cells().size())
                                .mapToObj(i -> (marks && row.literals().get(i) ? "^" : "")
                                        + row.cells().get(i))
                                .collect(Collectors.joining("\u0000|"))
                : "!" + ((CsvRecord.Damaged) record).problem();
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(CsvCasesTest.class.getResourceAsStream("/csv-cases.txt"))) {
            String name = "";
            String input = "";
            CsvDialect dialect = CsvDialect.RFC_4180;
            List<String> expected = new ArrayList<>();
            for (String line : (new String(in.readAllBytes(), UTF_8) + "# end").split("\n", -1)) {
                if (line.startsWith("# ")) {
                    if (!name.isEmpty()) {
                        cases.add(new Case(name, dialect, input, expected));
                    }
                    name = line.substring(2);
                    dialect = CsvDialect.RFC_4180;
                    expected = new ArrayList<>();
                } else if (line.startsWith("@ ")) {
                    dialect = dialect(line.substring(2));
                } else if (line.startsWith(">")) {
                    input = line.substring(1);
                } else if (line.startsWith("=")) {
                    expected.add("=" + text(line.substring(1).replace("|", "\u0000|")));
                } else if (line.startsWith("!")) {
                    expected.add(line);
                }
            }
        }
        return cases.stream();
    }

    private static CsvDialect dialect(String options) {
        Map<String, String> map = new HashMap<>();
        for (String option : options.split(" ", -1)) {
            map.put(option.substring(0, option.indexOf('=')), text(option.substring(option.indexOf('=') + 1)));
        }
        String quote = map.getOrDefault("quote", "\"");
        return new CsvDialect(
                map.getOrDefault("delimiter", ","),
                quote.equals("none") ? null : quote.charAt(0),
                map.containsKey("escape") ? map.get("escape").charAt(0) : null,
                map.containsKey("comment") ? map.get("comment").charAt(0) : null,
                Charset.forName(map.getOrDefault("charset", "UTF-8")),
                !"row".equals(map.get("blank")),
                Long.parseLong(map.getOrDefault("max", "1000000")),
                0,
                CsvDialect.CarriageReturn.valueOf(map.getOrDefault("return", "BAD")),
                null,
                map.containsKey("literals"));
    }

    private static String text(String escaped) {
        return new String(raw(escaped, UTF_8), UTF_8);
    }

    private static byte[] raw(String escaped, Charset charset) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char kind = escaped.charAt(++i);
            switch (kind) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'p' -> text.append('|');
                case '\\' -> text.append('\\');
                case 'u' -> {
                    text.append((char) Integer.parseInt(escaped.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                case 'x' -> {
                    bytes.writeBytes(text.toString().getBytes(charset));
                    text.setLength(0);
                    bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> throw new IllegalArgumentException("Escape " + kind + " in " + escaped);
            }
        }
        bytes.writeBytes(text.toString().getBytes(charset));
        return bytes.toByteArray();
    }

    private static final class Broken extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("Connection reset");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("Connection reset");
        }
    }

    private static final class Pieces extends InputStream {

        private final InputStream in;

        Pieces(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, Math.min(length, STREAM_PIECE));
        }
    }
}
