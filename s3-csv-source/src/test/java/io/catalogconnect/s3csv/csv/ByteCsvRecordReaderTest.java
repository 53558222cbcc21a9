package io.catalogconnect.s3csv.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast reader returns the same records as {@link CharacterCsvRecordReader} for every file. */
class ByteCsvRecordReaderTest {

    private static final byte[] UNUSUAL = {'"', '\r', '\n', ',', (byte) 0xC3, (byte) 0xFF, (byte) 0xED, 0, ' '};
    private static final CsvDialect SMALL =
            new CsvDialect(",", '"', null, null, UTF_8, true, 400, 0, CsvDialect.CarriageReturn.BAD, null, false);

    private static final CsvDialect MARKING =
            new CsvDialect(",", '"', null, null, UTF_8, true, 1_000_000, 0, CsvDialect.CarriageReturn.TEXT, null, true);

    /** A record and its position as a reader returns them. */
    private record Said(CsvRecord record, String bytes, long nextStart) {}

    @Test
    void randomFilesAreReadAsByTheGeneralReader() throws IOException {
        Random random = new Random(20260102);
        for (int file = 0; file < 100; file++) {
            byte[] bytes = (RandomCsv.file(random) + "\n".repeat(random.nextInt(3))).getBytes(UTF_8);
            checkSame(bytes, random, "file " + file);
        }
    }

    @Test
    void damagedFilesAreReadAsByTheGeneralReader() throws IOException {
        Random random = new Random(20260103);
        for (int file = 0; file < 250; file++) {
            byte[] bytes = (RandomCsv.file(random) + "\n".repeat(random.nextInt(3))).getBytes(UTF_8);
            for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = UNUSUAL[random.nextInt(UNUSUAL.length)];
            }
            checkSame(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)), random, "file " + file);
        }
    }

    @Test
    void plainFilesAreReadToTheEndWithoutHelp() throws IOException {
        StringBuilder text = new StringBuilder("\uFEFFbrand,comment,image\r\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("HP,\"é \"\"")
                    .append(i)
                    .append("\"\",\r\n😀\",")
                    .append("x".repeat(i % 90))
                    .append("\r\n");
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        ByteCsvRecordReader reader = new ByteCsvRecordReader(new ByteArrayInputStream(bytes), CsvDialect.RFC_4180, 0);
        List<Said> said = drain(reader);
        assertThat(said).hasSize(20_002);
        assertThat(reader.hasHandedOver()).isFalse();
        assertThat(said.get(5).record())
                .isInstanceOfSatisfying(
                        CsvRecord.Row.class,
                        row -> assertThat(row.cells()).containsExactly("HP", "é \"4\",\r\n😀", "xxxx"));
        assertThat(said)
                .isEqualTo(
                        drain(new CharacterCsvRecordReader(new ByteArrayInputStream(bytes), CsvDialect.RFC_4180, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,\"1\"\r\nb,2\nc,3\n", "a,1\n\nb,2\n", "\uFEFFa,é\nb,\"x\"y\nc,3\n", "a,1\rb,2\n"})
    void streamThatBreaksAnywhereIsNotTheEndOfTheFileAndLosesNoWholeRow(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            byte[] head = Arrays.copyOf(bytes, length);
            List<CsvRecord> ours = new ArrayList<>();
            List<CsvRecord> theirs = new ArrayList<>();
            assertThatThrownBy(() -> readAll(new ByteCsvRecordReader(breaking(head), CsvDialect.RFC_4180, 0), ours))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Connection reset");
            assertThatThrownBy(
                            () -> readAll(new CharacterCsvRecordReader(breaking(head), CsvDialect.RFC_4180, 0), theirs))
                    .hasMessage("Connection reset");
            assertThat(ours).as("broken after %d bytes", length).startsWith(theirs.toArray(new CsvRecord[0]));
        }
    }

    @Test
    void otherDialectsAreNotForIt() {
        CsvDialect escaping =
                new CsvDialect(",", '"', '\\', null, UTF_8, true, 400, 0, CsvDialect.CarriageReturn.BAD, null, false);
        assertThatThrownBy(() -> new ByteCsvRecordReader(InputStream.nullInputStream(), escaping, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not for " + escaping);
    }

    private static void checkSame(byte[] bytes, Random random, String name) throws IOException {
        checkSame(bytes, CsvDialect.RFC_4180, random, name);
        checkSame(bytes, SMALL, random, name);
        checkSame(bytes, MARKING, random, name);
    }

    private static void checkSame(byte[] bytes, CsvDialect dialect, Random random, String name) throws IOException {
        List<Said> expected = drain(new CharacterCsvRecordReader(new ByteArrayInputStream(bytes), dialect, 0));
        assertThat(shown(drain(new ByteCsvRecordReader(new ByteArrayInputStream(bytes), dialect, 0)), dialect))
                .as(name)
                .isEqualTo(shown(expected, dialect));
        assertThat(shown(
                        drain(new ByteCsvRecordReader(new Pieces(bytes, 1 + random.nextInt(40)), dialect, 0)), dialect))
                .as(name + " in pieces")
                .isEqualTo(shown(expected, dialect));
    }

    /** Of a record that is too long and has a stray quote too, how the bytes come decides what is said. */
    private static List<Said> shown(List<Said> said, CsvDialect dialect) {
        return said.stream()
                .map(one -> dialect.equals(SMALL) && one.record() instanceof CsvRecord.Damaged
                        ? new Said(
                                new CsvRecord.Damaged(
                                        one.record().start(), one.record().end(), "damaged"),
                                one.bytes(),
                                one.nextStart())
                        : one)
                .toList();
    }

    private static List<Said> drain(CsvRecordReader reader) throws IOException {
        try (reader) {
            List<Said> said = new ArrayList<>();
            for (CsvRecord record = reader.next(); record != null; record = reader.next()) {
                said.add(new Said(record, new String(reader.bytesOfLast(), UTF_8), reader.nextStart()));
            }
            said.add(new Said(new CsvRecord.Damaged(reader.endOfStream(), 0, "end"), "", 0));
            return said;
        }
    }

    private static void readAll(CsvRecordReader reader, List<CsvRecord> records) throws IOException {
        try (reader) {
            for (CsvRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        }
    }

    private static InputStream breaking(byte[] head) {
        return new SequenceInputStream(new ByteArrayInputStream(head), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("Connection reset");
            }
        });
    }

    private static final class Pieces extends ByteArrayInputStream {
        private final int piece;

        Pieces(byte[] bytes, int piece) {
            super(bytes);
            this.piece = piece;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, piece));
        }
    }
}
