package io.catalogconnect.bigquery.commit;

import java.util.Map;

/**
 * The answer to one append. Each answer states whether the rows were written ({@link #fate}) and how a writer continues
 * when they were not ({@link #remedy}); nothing else interprets an answer.
 */
public sealed interface AppendAnswer {

    /** Whether the rows of an append are in the table. */
    enum Fate {
        WRITTEN,
        /** Certain: the service processed the request and wrote no row. */
        NOT_WRITTEN,
        /** The service may have written the rows, or may still write them. */
        UNKNOWN
    }

    /** How a writer continues after an append whose rows are not known to be written. */
    enum Remedy {
        /** Report the refused rows, send the others again. */
        REPORT_ROWS,
        /** Send the same request again. */
        RESEND,
        /** Send the same request again until the schema time-out ends. */
        AWAIT_SCHEMA,
        /** Send the same request again until the time for which a table may be unknown ends. */
        AWAIT_TABLE,
        /** Abandon the stream. */
        ABANDON_STREAM,
        /** Stop the task. */
        STOP
    }

    /**
     * Whether the rows are in the table.
     *
     * @param rowsEnd the stream offset after the append's last row
     */
    Fate fate(long rowsEnd);

    Remedy remedy();

    /** The reason, for messages. */
    String message();

    /** Reasons of refused rows, by the row's index in the request. */
    default Map<Integer, String> refusedRows() {
        return Map.of();
    }

    /** The rows are in the table. */
    record Appended() implements AppendAnswer {
        @Override
        public Fate fate(long rowsEnd) {
            return Fate.WRITTEN;
        }

        @Override
        public Remedy remedy() {
            return Remedy.RESEND;
        }

        @Override
        public String message() {
            return "appended";
        }
    }

    /**
     * The offset is below the stream's end, {@code streamEnd}. Only the stream's owner appends to it, so a request that
     * ends at or below the stream's end was written by an earlier attempt.
     */
    record BelowEnd(long streamEnd) implements AppendAnswer {
        @Override
        public Fate fate(long rowsEnd) {
            return streamEnd >= rowsEnd ? Fate.WRITTEN : Fate.UNKNOWN;
        }

        @Override
        public Remedy remedy() {
            return Remedy.ABANDON_STREAM;
        }

        @Override
        public String message() {
            return "the offset is below the stream's end " + streamEnd;
        }
    }

    /** The offset is above the stream's end, {@code streamEnd}. */
    record AboveEnd(long streamEnd) implements AppendAnswer {
        @Override
        public Fate fate(long rowsEnd) {
            return Fate.NOT_WRITTEN;
        }

        @Override
        public Remedy remedy() {
            return Remedy.ABANDON_STREAM;
        }

        @Override
        public String message() {
            return "the offset is above the stream's end " + streamEnd;
        }
    }

    /**
     * The service refused some rows and wrote none.
     *
     * @param refusedRows the reasons, by the row's index in the request
     */
    record RowsRefused(Map<Integer, String> refusedRows) implements AppendAnswer {
        public RowsRefused {
            refusedRows = Map.copyOf(refusedRows);
        }

        @Override
        public Fate fate(long rowsEnd) {
            return Fate.NOT_WRITTEN;
        }

        @Override
        public Remedy remedy() {
            return Remedy.REPORT_ROWS;
        }

        @Override
        public String message() {
            return refusedRows.size() + " rows were refused";
        }
    }

    /** The stream is finalized or does not exist any more. An earlier attempt may have written the rows. */
    record StreamClosed(String message) implements AppendAnswer {
        @Override
        public Fate fate(long rowsEnd) {
            return Fate.UNKNOWN;
        }

        @Override
        public Remedy remedy() {
            return Remedy.ABANDON_STREAM;
        }
    }

    /** The service does not know a column, or does not know it yet. */
    record SchemaUnknown(String message) implements AppendAnswer {
        @Override
        public Fate fate(long rowsEnd) {
            return Fate.NOT_WRITTEN;
        }

        @Override
        public Remedy remedy() {
            return Remedy.AWAIT_SCHEMA;
        }
    }

    /** The service does not know the table, or not yet, or does not permit its use. */
    record TableUnknown(String message) implements AppendAnswer {
        @Override
        public Fate fate(long rowsEnd) {
            return Fate.UNKNOWN;
        }

        @Override
        public Remedy remedy() {
            return Remedy.AWAIT_TABLE;
        }
    }

    /** The connection broke, the answer is overdue, or the service had an internal error. */
    record Unavailable(String message) implements AppendAnswer {
        @Override
        public Fate fate(long rowsEnd) {
            return Fate.UNKNOWN;
        }

        @Override
        public Remedy remedy() {
            return Remedy.RESEND;
        }
    }

    /** The service refuses the request; a retry does not help. */
    record Refused(String message) implements AppendAnswer {
        @Override
        public Fate fate(long rowsEnd) {
            return Fate.NOT_WRITTEN;
        }

        @Override
        public Remedy remedy() {
            return Remedy.STOP;
        }
    }
}
