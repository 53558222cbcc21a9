package io.catalogconnect.bigquery.commit;

import java.util.OptionalLong;

/**
 * Writes the rows of one lane. No method blocks; all calls come from one thread. {@link #advance} throws the exceptions
 * that stop the task: {@link FencedException}, {@link ServiceRefusedException}, or the failure of
 * {@link WriterEvents#refused}.
 */
public abstract class LaneWriter implements AutoCloseable {

    /** Time in milliseconds that writing fails before the table is checked, and between two checks. */
    private static final long TABLE_CHECK_MS = 5_000;
    /** Time in milliseconds for which BigQuery may not know the table; a new table may need some seconds. */
    private static final long TABLE_TIMEOUT_MS = 45_000;

    /** Reason to stop: no row can be reported, and the same append would be refused again. */
    static final String UNNAMED_ROWS = "BigQuery refused rows without naming them";

    private final LaneKey lane;
    private final WriterContext context;
    private final Outbox outbox;
    private long notBefore;
    private int failures;
    private long schemaUnknownSince = -1;
    private long tableUnknownSince = -1;
    private long tableCheckedAt = -1;
    private long stopSince = -1;

    LaneWriter(LaneKey lane, Outbox outbox, WriterContext context) {
        this.lane = lane;
        this.context = context;
        this.outbox = outbox;
    }

    /**
     * Adds a row. Offsets grow; a row whose offset is not above all earlier ones was redelivered and is ignored.
     *
     * @param now milliseconds of the task's clock
     */
    public final void add(Row row, long now) {
        outbox.add(row, now);
    }

    /** Does what can be done now. */
    public abstract void advance(long now);

    /** The lowest Kafka offset that was added and is not settled, or empty. */
    public final OptionalLong firstUnsettled() {
        return outbox.firstUnsettled();
    }

    /** Whether a row is waiting, in flight or being reported. */
    public final boolean hasUnsettledRows() {
        return outbox.hasUnsettledRows();
    }

    /** Whether {@link #advance} has no effect until the writer is given work. */
    public abstract boolean isIdle();

    /** Bytes of the rows that are not settled. */
    public final long unsettledBytes() {
        return outbox.unsettledBytes();
    }

    /** Appends sent and not answered. */
    public final int requestsInFlight() {
        return outbox.requestsInFlight();
    }

    /** Whether rows are being written now, rather than waiting for a take-over or for the service. */
    public abstract boolean isWriting();

    /** Stops writing at once and permanently; unsettled rows stay unsettled. */
    @Override
    public abstract void close();

    final LaneKey lane() {
        return lane;
    }

    final WriterSettings settings() {
        return context.settings();
    }

    final WriterEvents events() {
        return context.events();
    }

    final Outbox outbox() {
        return outbox;
    }

    /**
     * Postpones the next attempt after a failure and returns the delay in milliseconds. While failures continue, the table
     * is checked again: no retry helps if it was dropped or changed.
     */
    final long delayRetry(long now) {
        if (tableCheckedAt < 0) {
            tableCheckedAt = now;
        } else if (now - tableCheckedAt >= TABLE_CHECK_MS) {
            tableCheckedAt = now;
            context.tables().recheck(lane.table());
        }
        long delay = context.backoff().delayMillis(failures++);
        notBefore = now + delay;
        return delay;
    }

    /** Whether the delay after the last failure is over. */
    final boolean mayRetry(long now) {
        return now >= notBefore;
    }

    /** An append succeeded: the next failure is the first again. */
    final void resetFailures() {
        failures = 0;
        schemaUnknownSince = -1;
        tableUnknownSince = -1;
        tableCheckedAt = -1;
        stopSince = -1;
    }

    /** Stops the task once a column has been unknown for longer than the schema time-out. */
    final void checkSchemaTimeout(long now, AppendAnswer answer) {
        if (schemaUnknownSince < 0) {
            schemaUnknownSince = now;
        }
        if (now - schemaUnknownSince >= settings().schemaTimeout().toMillis()) {
            throw stop("BigQuery still does not accept the record's columns after "
                    + settings().schemaTimeout().toSeconds() + " s: " + answer.message()
                    + ". Compare the table's columns with the record's schema, then restart the task.");
        }
    }

    /** Stops the task once BigQuery has not known the table, or not permitted its use, for too long. */
    final void checkTableTimeout(long now, String message) {
        if (tableUnknownSince < 0) {
            tableUnknownSince = now;
        }
        if (now - tableUnknownSince >= TABLE_TIMEOUT_MS) {
            throw stop("BigQuery has not accepted the table for " + TABLE_TIMEOUT_MS / 1_000 + " s: " + message
                    + " If the table exists, grant the connector's account bigquery.tables.updateData on the dataset, for"
                    + " example with roles/bigquery.dataEditor, then restart the task.");
        }
    }

    /** The stream was lost, perhaps because the table was dropped or changed: checks it before the next take-over. */
    final void recheckTable() {
        context.tables().recheck(lane.table());
    }

    /**
     * Whether the table was checked after an append was refused: its state, which the check may report with a clear message,
     * may be the cause.
     */
    final boolean isCheckedBeforeStop(long now) {
        if (stopSince < 0) {
            stopSince = now;
            recheckTable();
        }
        return outbox.firstIsSendable() || now - stopSince >= TABLE_CHECK_MS;
    }

    /** Closes this writer and returns the exception to throw. */
    final ServiceRefusedException stop(String message) {
        close();
        return new ServiceRefusedException(lane + ": " + streamName() + ": " + message, null);
    }

    /** The stream as messages name it. */
    abstract String streamName();
}
