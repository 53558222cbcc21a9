package io.catalogconnect.bigquery.commit;

import java.util.Map;

/** What became of one append. */
public sealed interface AppendAnswer {

    /** The rows are in the table. */
    record Appended() implements AppendAnswer {}

    /** Not written: the offset lies below the stream's end, which is {@code streamEnd}. */
    record BelowEnd(long streamEnd) implements AppendAnswer {}

    /** Not written: the offset lies above the stream's end, which is {@code streamEnd}. */
    record AboveEnd(long streamEnd) implements AppendAnswer {}

    /**
     * Not written, none of them: some rows are bad.
     *
     * @param reasons why, by the row's index in the request
     */
    record RowsRefused(Map<Integer, String> reasons) implements AppendAnswer {
        public RowsRefused {
            reasons = Map.copyOf(reasons);
        }
    }

    /** Not written: the stream takes no more rows, or is no more. */
    record StreamClosed(String message) implements AppendAnswer {}

    /** Not written: the service does not know a column yet, or any more. */
    record SchemaUnknown(String message) implements AppendAnswer {}

    /** Nobody can tell: the connection broke, or the service had trouble of its own. Asking again may help. */
    record Unavailable(String message) implements AppendAnswer {}

    /** Not written, and asking again will not help. */
    record Refused(String message) implements AppendAnswer {}
}
