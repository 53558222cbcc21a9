package io.catalogconnect.localbigquery.sql;

import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * What an engine says to a query: rows, or that it is wrong.
 *
 * @param types of the columns, in GoogleSQL
 * @param rows each row's values in a form both engines share
 * @param error why there are no rows, empty otherwise
 */
record Answer(List<String> types, List<String> rows, String error) {

    static Answer error(Throwable error) {
        return new Answer(List.of(), List.of(), Objects.requireNonNullElse(error.getMessage(), error.toString()));
    }

    boolean failed() {
        return !error.isEmpty();
    }

    /** Rows in an order of their own, for queries without one. */
    Answer sorted() {
        List<String> sorted = new java.util.ArrayList<>(rows);
        Collections.sort(sorted);
        return new Answer(types, sorted, error);
    }

    /** A floating point number to twelve digits, so that the order of additions does not matter. */
    static String number(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) || value == 0
                ? Double.toString(value).replace("-0.0", "0.0")
                : String.format(java.util.Locale.ROOT, "%.12g", value);
    }
}
