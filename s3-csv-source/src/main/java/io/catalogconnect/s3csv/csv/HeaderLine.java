package io.catalogconnect.s3csv.csv;

import io.catalogconnect.s3csv.object.MessageText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** A header as one line of RFC 4180, whatever the file's own dialect, so that progress can hold it. */
public final class HeaderLine {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(false)
            .setRecordSeparator(null)
            .get();

    private HeaderLine() {}

    public static String encode(List<String> names) {
        return FORMAT.format(names.toArray());
    }

    /**
     * The names in a line.
     *
     * @throws IllegalArgumentException when it is not one line of CSV
     */
    public static List<String> decode(String line) {
        try (CSVParser parser = CSVParser.parse(line, FORMAT)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.size() != 1) {
                throw new IllegalArgumentException("hdr is not one line of CSV: '" + MessageText.of(line) + "'");
            }
            return List.copyOf(records.get(0).toList());
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("hdr is not one line of CSV: '" + MessageText.of(line) + "'", e);
        }
    }

    /** As {@link #decode}, and null for null. */
    public static @Nullable List<String> decodeNullable(@Nullable String line) {
        return line == null ? null : decode(line);
    }
}
