package io.catalogconnect.s3csv.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Syntax of a CSV file. Immutable.
 *
 * @param delimiter delimiter between two cells, one or more characters
 * @param quote quote character around cells with a delimiter, a line end or a doubled quote; null for no quoting
 * @param escape escape character; null for no escaping
 * @param comment first character of a comment line, ASCII; null for no comments
 * @param charset UTF-8 or a charset with one byte per character
 * @param skipBlankLines true to ignore blank lines, false to read them as records with one empty cell
 * @param maxRecordBytes a longer record is damaged; this limits the memory that an unclosed quote can use
 * @param skipLines number of lines before the first record of a file
 * @param carriageReturn meaning of a carriage return outside of quotes that does not belong to a line end
 * @param footer matches each line after the last row, without its line end; null for no footer
 * @param marksQuotes true if cells in quotes are literals of their record
 */
public record CsvDialect(
        String delimiter,
        @Nullable Character quote,
        @Nullable Character escape,
        @Nullable Character comment,
        Charset charset,
        boolean skipBlankLines,
        long maxRecordBytes,
        int skipLines,
        CarriageReturn carriageReturn,
        @Nullable Pattern footer,
        boolean marksQuotes) {

    /**
     * Meaning of a carriage return outside of quotes. Carriage returns before a line feed, and at the end of the file, belong to
     * the line end in any case.
     */
    public enum CarriageReturn {
        /** Makes the record damaged. */
        BAD,
        /** Is a character of the cell. */
        TEXT,
        /** Ends the record. */
        LINE_END
    }

    /** RFC 4180 with UTF-8: comma, double quotes, no escape, no comments, blank lines skipped, records up to 4 MiB. */
    public static final CsvDialect RFC_4180 = new CsvDialect(
            ",", '"', null, null, StandardCharsets.UTF_8, true, 4L * 1024 * 1024, 0, CarriageReturn.BAD, null, false);

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
        if (delimiter.isEmpty() || delimiter.indexOf('\r') >= 0 || delimiter.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("delimiter is empty or contains a line end");
        }
        requireNotIn(delimiter, "quote", quote);
        requireNotIn(delimiter, "escape", escape);
        requireNotIn(delimiter.substring(0, 1), "comment", comment);
        requireDifferent("quote", quote, "comment", comment);
        requireDifferent("quote", quote, "escape", escape);
        requireDifferent("escape", escape, "comment", comment);
    }

    private static void requireNotIn(String delimiter, String name, @Nullable Character character) {
        if (character != null && delimiter.indexOf(character) >= 0) {
            throw new IllegalArgumentException(
                    delimiter.length() == 1
                            ? "delimiter and " + name + " are both '" + character + "'"
                            : "delimiter '" + delimiter + "' contains " + name + " '" + character + "'");
        }
    }

    private static void requireDifferent(
            String name, @Nullable Character character, String otherName, @Nullable Character other) {
        if (character != null && character.equals(other)) {
            throw new IllegalArgumentException(name + " and " + otherName + " are both '" + character + "'");
        }
    }
}
