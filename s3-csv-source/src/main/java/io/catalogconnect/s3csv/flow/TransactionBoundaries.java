package io.catalogconnect.s3csv.flow;

import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * Decides where transactions end with {@code transaction.boundary=connector}: at the end of an object after enough records,
 * within an object that is too large for one transaction, and when no object is waiting. For one thread.
 */
final class TransactionBoundaries {

    private static final String SUPPORT = "exactly.once.support";

    private final @Nullable TransactionContext context;
    private final int rows;
    private final long maxBytes;
    private long open;

    /**
     * @param context null if the worker decides, or runs no transactions
     * @param rows number of records after which a transaction ends at the next boundary
     * @param maxBytes objects up to this size are never split between transactions
     */
    TransactionBoundaries(@Nullable TransactionContext context, int rows, long maxBytes) {
        this.context = context;
        this.rows = rows;
        this.maxBytes = maxBytes;
    }

    /**
     * Checks that a worker that must run transactions does. A standalone worker ignores {@code exactly.once.support}. Connect
     * tells a task about its transactions only with {@code transaction.boundary=connector}; with another boundary nothing is
     * checked.
     *
     * @param settings the task's configuration
     * @param context what the worker gave to the task
     * @throws ConnectException if the connector requires transactions that the worker does not run
     */
    static void checkSupport(Map<String, String> settings, @Nullable TransactionContext context) {
        if (context == null
                && "required".equalsIgnoreCase(settings.get(SUPPORT))
                && "connector".equalsIgnoreCase(settings.get(SourceTask.TRANSACTION_BOUNDARY_CONFIG))) {
            throw new ConnectException(SUPPORT + " is required, but this worker runs no transactions for its source"
                    + " connectors: a standalone worker never does. Run the connector on a distributed worker with"
                    + " exactly.once.source.support=enabled, or set " + SUPPORT
                    + " to requested, with which a row can be delivered more than once");
        }
    }

    /**
     * Counts an item, and ends the transaction with it if this is a boundary.
     *
     * @param record the last record of the item
     * @param objectBytes size of the item's object
     * @param last true for the last record of the object
     * @param closing true if the records that end the object follow, which belong to its last row
     */
    void delivered(SourceRecord record, long objectBytes, boolean last, boolean closing) {
        if (context == null) {
            return;
        }
        open++;
        if (open >= rows && (last || (objectBytes > maxBytes && !closing))) {
            context.commitTransaction(record);
            open = 0;
        }
    }

    /**
     * Ends the open transaction with the current batch.
     *
     * @return true if a transaction was open, so that the batch must be returned even if it is empty
     */
    boolean endWithBatch() {
        if (context == null || open == 0) {
            return false;
        }
        context.commitTransaction();
        open = 0;
        return true;
    }
}
