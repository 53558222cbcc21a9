package io.catalogconnect.s3csv.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Bounds of a footer. Files with footers are in {@code file-dialects.txt}. */
class FooterReaderTest {

    private static final CsvDialect DIALECT = new CsvDialect(
            ",",
            '"',
            null,
            null,
            UTF_8,
            true,
            1_000_000,
            0,
            CsvDialect.CarriageReturn.BAD,
            Pattern.compile("T.*"),
            false);

    @Test
    void readingResumesBeforeTheFooter() throws IOException {
        try (CsvRecordReader reader = open("a\nT1\nT2\nb\n")) {
            assertThat(reader.next()).isEqualTo(new CsvRecord.Row(0, 2, List.of("a")));
            assertThat(reader.nextStart()).isEqualTo(2);
            assertThatThrownBy(reader::next)
                    .isInstanceOf(UnsupportedCsvException.class)
                    .hasMessage(
                            "has a row at byte 8, after the footer that starts at byte 2. Correct csv.footer.pattern,"
                                    + " so that it matches every line of the footer and no row");
            assertThat(reader.nextStart()).isEqualTo(2);
        }
    }

    @Test
    void patternThatMatchesManyLinesIsRefused() throws IOException {
        assertThat(records("a\n" + "T\n".repeat(100))).hasSize(1);
        assertThatThrownBy(() -> records("a\n" + "T\n".repeat(101)))
                .isInstanceOf(UnsupportedCsvException.class)
                .hasMessage("has more than 100 lines that match csv.footer.pattern, from byte 2 on. Correct"
                        + " csv.footer.pattern, so that it matches the footer only");
    }

    @Test
    void longLineIsARow() throws IOException {
        assertThat(records("T" + "x".repeat(4094) + "\n")).isEmpty();
        assertThat(records("T" + "x".repeat(4095) + "\n")).hasSize(1);
    }

    private static List<CsvRecord> records(String text) throws IOException {
        try (CsvRecordReader reader = open(text)) {
            List<CsvRecord> records = new ArrayList<>();
            for (CsvRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
            return records;
        }
    }

    private static CsvRecordReader open(String text) throws IOException {
        return FooterReader.of(CsvReaders.open(new ByteArrayInputStream(text.getBytes(UTF_8)), DIALECT, 0), DIALECT);
    }
}
