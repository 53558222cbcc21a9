package io.catalogconnect.s3csv.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stream after the lines that do not belong to the CSV: the first {@code csv.skip.lines} lines, and Excel's line
 * {@code sep=;}.
 *
 * @param in the stream, which starts with the first record
 * @param bytes number of bytes before it
 */
record Preamble(InputStream in, long bytes) {

    private static final int BLOCK_BYTES = 8192;
    private static final int LONGEST_SEPARATOR_LINE = 32;
    private static final Pattern SEPARATOR =
            Pattern.compile("(?:\u00EF\u00BB\u00BF)?\"?sep=([^\r\n]+?)\"?(?:\r?\n|\r(?!\n))");

    /** Reads over the preamble of a whole file. */
    static Preamble skip(InputStream file, CsvDialect dialect) throws IOException {
        PushbackInputStream in =
                new PushbackInputStream(file, dialect.skipLines() == 0 ? LONGEST_SEPARATOR_LINE : BLOCK_BYTES);
        long skipped = skipLines(in, dialect);
        return new Preamble(in, skipped + skipSeparatorLine(in, dialect));
    }

    private static long skipLines(PushbackInputStream in, CsvDialect dialect) throws IOException {
        int left = dialect.skipLines();
        if (left == 0) {
            return 0;
        }
        boolean carriageReturnEnds = dialect.carriageReturn() == CsvDialect.CarriageReturn.LINE_END;
        byte[] block = new byte[BLOCK_BYTES];
        long skipped = 0;
        while (left > 0) {
            int count = in.read(block);
            if (count < 0) {
                return skipped;
            }
            int at = 0;
            while (at < count && left > 0) {
                byte value = block[at++];
                if (value == '\n' || (carriageReturnEnds && value == '\r' && !lineFeedFollows(in, block, at, count))) {
                    left--;
                }
            }
            in.unread(block, at, count - at);
            skipped += at;
        }
        return skipped;
    }

    private static boolean lineFeedFollows(PushbackInputStream in, byte[] block, int at, int count) throws IOException {
        if (at < count) {
            return block[at] == '\n';
        }
        int next = in.read();
        if (next >= 0) {
            in.unread(next);
        }
        return next == '\n';
    }

    private static long skipSeparatorLine(PushbackInputStream in, CsvDialect dialect) throws IOException {
        byte[] head = in.readNBytes(LONGEST_SEPARATOR_LINE);
        Matcher line = SEPARATOR.matcher(new String(head, StandardCharsets.ISO_8859_1));
        if (!line.lookingAt()) {
            in.unread(head);
            return 0;
        }
        String separator = line.group(1);
        byte[] delimiter = dialect.delimiter().getBytes(dialect.charset());
        if (!separator.equals(new String(delimiter, StandardCharsets.ISO_8859_1))) {
            if (separator.length() > 1) {
                in.unread(head); // a header with this name
                return 0;
            }
            throw new UnsupportedCsvException("starts with the line sep=" + separator
                    + ", but csv.delimiter is another character. Correct csv.delimiter");
        }
        in.unread(head, line.end(), head.length - line.end());
        return line.end();
    }
}
