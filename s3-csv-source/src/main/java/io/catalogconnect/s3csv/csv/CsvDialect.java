package io.catalogconnect.s3csv.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How bytes are cut into records and cells. Immutable.
 *
 * @param delimiter between two cells
 * @param quote around a cell that holds a delimiter, a line end or a doubled quote; null when nothing is quoted
 * @param escape takes the meaning from the character after it; null when there is none
 * @param comment starts a line that is no record; ASCII; null when there is none
 * @param charset UTF-8 or one that uses a single byte for each character
 * @param skipBlankLines true when an empty line is nothing, false when it is a record with one empty cell
 * @param maxRecordBytes a longer record is damaged, which bounds what one stray quote can pull into memory
 */
public record CsvDialect(
        char delimiter,
        @Nullable Character quote,
        @Nullable Character escape,
        @Nullable Character comment,
        Charset charset,
        boolean skipBlankLines,
        long maxRecordBytes) {

    /** RFC 4180 with UTF-8: comma, double quotes, no escape, no comments, blank lines skipped, records up to 4 MiB. */
    public static final CsvDialect RFC_4180 =
            new CsvDialect(',', '"', null, null, StandardCharsets.UTF_8, true, 4L * 1024 * 1024);

    public CsvDialect {
        if (!StandardCharsets.UTF_8.equals(charset)
                && (!charset.canEncode() || charset.newEncoder().maxBytesPerChar() != 1.0f)) {
            throw new IllegalArgumentException(
                    "it must be UTF-8 or a charset with one byte per character, because offsets are byte positions. Convert the"
                            + " files to UTF-8");
        }
        if (comment != null && comment >= 128) {
            throw new IllegalArgumentException("comment is '" + comment + "', not an ASCII character");
        }
        if (maxRecordBytes < 1) {
            throw new IllegalArgumentException("maxRecordBytes is " + maxRecordBytes + ", not positive");
        }
        requireDifferent("delimiter", delimiter, "quote", quote);
        requireDifferent("delimiter", delimiter, "escape", escape);
        requireDifferent("delimiter", delimiter, "comment", comment);
        requireDifferent("quote", quote, "comment", comment);
        requireDifferent("quote", quote, "escape", escape);
        requireDifferent("escape", escape, "comment", comment);
        if (delimiter == '\r' || delimiter == '\n') {
            throw new IllegalArgumentException("delimiter is a line end");
        }
    }

    private static void requireDifferent(
            String name, @Nullable Character character, String otherName, @Nullable Character other) {
        if (character != null && character.equals(other)) {
            throw new IllegalArgumentException(name + " and " + otherName + " are both '" + character + "'");
        }
    }
}
