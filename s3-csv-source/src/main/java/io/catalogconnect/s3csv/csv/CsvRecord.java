package io.catalogconnect.s3csv.csv;

import java.util.BitSet;
import java.util.List;

/**
 * One record of a CSV stream, with the bytes it came from: positions count from the first byte of the decoded stream.
 */
public sealed interface CsvRecord {

    /** The record's first byte, after blank lines and comments before it. */
    long start();

    /** One past the record's last byte, line end included. */
    long end();

    /**
     * A record that could be cut into cells.
     *
     * @param cells never null inside; an empty cell is an empty string
     * @param literals positions of the cells that are text even if they look like null, because they contain escape sequences,
     *     or are in quotes and the dialect marks these; must not be changed
     */
    record Row(long start, long end, List<String> cells, BitSet literals) implements CsvRecord {

        static final BitSet NO_LITERALS = new BitSet(0);

        /** A record without literals. */
        public Row(long start, long end, List<String> cells) {
            this(start, end, cells, NO_LITERALS);
        }
    }

    /**
     * Bytes that are no record: a stray quote, a malformed character, too many bytes. The next record begins at {@link
     * #end()}, or later if the line is very long: it is read to its end only if the record after it is requested.
     *
     * @param problem what is wrong, as a phrase that follows the record's place
     */
    record Damaged(long start, long end, String problem) implements CsvRecord {}

    /**
     * Not a record: a long run of blank lines and comments, after which the caller may stop. The next record begins at {@link
     * #end()} or later. Reading can resume only at {@link #start()}.
     */
    record Skipped(long start, long end) implements CsvRecord {}
}
