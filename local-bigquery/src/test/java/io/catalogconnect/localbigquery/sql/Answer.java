package io.catalogconnect.localbigquery.sql;

import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The answer of an engine to a query: rows or an error.
 *
 * @param types GoogleSQL types of the columns
 * @param rows values of each row, in a form that both engines share
 * @param error error message; empty if the query returned rows
 */
record Answer(List<String> types, List<String> rows, String error) {

    static Answer error(Throwable error) {
        return new Answer(List.of(), List.of(), Objects.requireNonNullElse(error.getMessage(), error.toString()));
    }

    boolean failed() {
        return !error.isEmpty();
    }

    /** Sorts the rows, for queries without ORDER BY. */
    Answer sorted() {
        List<String> sorted = new java.util.ArrayList<>(rows);
        Collections.sort(sorted);
        return new Answer(types, sorted, error);
    }

    /** Prints a floating point number with twelve digits, so that the order of additions makes no difference. */
    static String number(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) || value == 0
                ? Double.toString(value).replace("-0.0", "0.0")
                : String.format(java.util.Locale.ROOT, "%.12g", value);
    }
}
