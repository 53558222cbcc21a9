package io.catalogconnect.s3csv.csv;

import io.catalogconnect.s3csv.object.MessageText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A header as one line of RFC 4180, whatever the file's own dialect, so that progress can hold it. */
public final class HeaderLine {

    private static final Pattern QUOTED = Pattern.compile("[,\"\r\n]");
    private static final CsvDialect DIALECT = new CsvDialect(
            ",",
            '"',
            null,
            null,
            StandardCharsets.UTF_8,
            false,
            Integer.MAX_VALUE,
            0,
            CsvDialect.CarriageReturn.TEXT,
            null,
            false);

    private HeaderLine() {}

    public static String encode(List<String> names) {
        return names.size() == 1 && names.get(0).isEmpty()
                ? "\"\""
                : names.stream().map(HeaderLine::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String name) {
        return QUOTED.matcher(name).find() ? '"' + name.replace("\"", "\"\"") + '"' : name;
    }

    /**
     * The names in a line.
     *
     * @throws IllegalArgumentException when it is not one line of CSV
     */
    public static List<String> decode(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        // Not from byte 0, where a byte order mark is not part of the first name.
        try (CharacterCsvRecordReader reader =
                new CharacterCsvRecordReader(new ByteArrayInputStream(bytes), DIALECT, 1)) {
            if (reader.next() instanceof CsvRecord.Row row && reader.next() == null) {
                return List.copyOf(row.cells());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException("hdr is not one line of CSV: '" + MessageText.of(line) + "'");
    }

    /** As {@link #decode}, and null for null. */
    public static @Nullable List<String> decodeNullable(@Nullable String line) {
        return line == null ? null : decode(line);
    }
}
