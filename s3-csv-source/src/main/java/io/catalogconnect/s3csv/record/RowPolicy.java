package io.catalogconnect.s3csv.record;

import java.util.List;

/**
 * Allowed differences between a file and the declared columns. Immutable.
 *
 * @param missingColumnIsNull true to fill a nullable column that the header lacks with null
 * @param extraColumnFails true to reject a file with an undeclared column
 * @param shortRowIsNull true to fill missing nullable cells of a short row with null
 * @param longRowIsCut true to drop the cells after the last column
 * @param trim true to remove white space at both ends of each cell
 * @param nullValues cells that mean null
 * @param emptyIsText true if an empty cell of a nullable string column is the empty string, false if it is null
 * @param matchesIgnoringCase true to find columns by name in any case
 * @param ignoresTrailingDelimiter true to ignore an empty cell after the last column, also in the header
 */
public record RowPolicy(
        boolean missingColumnIsNull,
        boolean extraColumnFails,
        boolean shortRowIsNull,
        boolean longRowIsCut,
        boolean trim,
        List<String> nullValues,
        boolean emptyIsText,
        boolean matchesIgnoringCase,
        boolean ignoresTrailingDelimiter) {

    /** Allows nothing but undeclared columns. */
    public static final RowPolicy STRICT =
            new RowPolicy(false, false, false, false, false, List.of(), false, false, false);

    public RowPolicy {
        nullValues = List.copyOf(nullValues);
    }
}
