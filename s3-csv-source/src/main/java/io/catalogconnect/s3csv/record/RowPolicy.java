package io.catalogconnect.s3csv.record;

import java.util.List;

/**
 * What is allowed to differ between a file and the declared columns.
 *
 * @param missingColumnIsNull true when a nullable column that the header lacks is null in every row
 * @param extraColumnFails true when a column that is not declared makes the file bad
 * @param shortRowIsNull true when nullable cells that a short row lacks are null
 * @param longRowIsCut true when cells behind the last column are dropped
 * @param trim true when blanks around a cell are no part of it
 * @param nullValues cells that mean null, besides the empty one
 */
public record RowPolicy(
        boolean missingColumnIsNull,
        boolean extraColumnFails,
        boolean shortRowIsNull,
        boolean longRowIsCut,
        boolean trim,
        List<String> nullValues) {

    /** Everything must fit but columns that are not declared. */
    public static final RowPolicy STRICT = new RowPolicy(false, false, false, false, false, List.of());

    public RowPolicy {
        nullValues = List.copyOf(nullValues);
    }
}
