package io.catalogconnect.s3csv.flow;

import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.read.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * Decides where transactions end with {@code transaction.boundary=connector}: at the end of an object after enough records
 * or bytes, within an object that is too large for one transaction, and when no object is waiting. For one thread.
 */
final class TransactionBoundaries {

    /**
     * Number of bytes that a record counts in addition to the bytes of its row, so that short rows cannot fill the heap: Connect
     * keeps each record of a transaction, with its headers and metadata, until the transaction ends. The true size is a few
     * times as large.
     */
    static final long RECORD_BYTES = 256;

    private static final String SUPPORT = "exactly.once.support";

    private final @Nullable TransactionContext context;
    private final int rows;
    private final int recordsPerRow;
    private final long maxBytes;
    private final List<Delivery> handedOver = new ArrayList<>();
    private final boolean canAbort;
    private long open;
    private long openBytes;

    /**
     * @param canAbort false if Connect may drop records silently, so that an aborted transaction could not be taken back
     * @param context null if the worker decides, or runs no transactions
     * @param rows number of records after which a transaction ends at the next boundary
     * @param recordsPerRow number of topics that a row is sent to
     * @param maxBytes objects up to this size are never split between transactions: stored, and decompressed with
     *     {@link #RECORD_BYTES} for each record; also the number of these bytes after which a transaction ends at the next
     *     boundary, if it is more than a batch has
     */
    TransactionBoundaries(
            @Nullable TransactionContext context, boolean canAbort, int rows, int recordsPerRow, long maxBytes) {
        this.context = context;
        this.canAbort = canAbort;
        this.rows = rows;
        this.recordsPerRow = recordsPerRow;
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
     * @param records number of records of the item
     * @param closing true if the records that end the object follow, which belong to its last row
     * @return true if the transaction ends with this record
     */
    boolean delivered(SourceRecord record, int records, Item item, ObjectRef object, boolean closing) {
        if (context == null) {
            return false;
        }
        open++;
        openBytes += item.decodedBytes() + records * RECORD_BYTES;
        boolean isEnough = open >= rows || openBytes >= Math.max(maxBytes, RecordBatch.FULL_BYTES);
        if (isEnough && (item.after().done() || (isTooLarge(object, item) && !closing))) {
            context.commitTransaction(record);
            closed();
            return true;
        }
        return false;
    }

    /** The decompressed size of an object and its number of rows are known only as far as it was read. */
    private boolean isTooLarge(ObjectRef object, Item item) {
        SourceOffset read = item.after();
        return Math.max(object.size(), read.nextByte() + read.rows() * recordsPerRow * RECORD_BYTES) > maxBytes;
    }

    /** Counts a record that never ends a transaction. */
    void deliveredEvent() {
        if (context != null) {
            open++;
            openBytes += RECORD_BYTES;
        }
    }

    private void closed() {
        open = 0;
        openBytes = 0;
        handedOver.clear();
    }

    /** The records at the end of the current batch were removed from it. */
    void withdrawn(Delivery delivery) {
        if (context != null) {
            open -= delivery.items();
            openBytes -= delivery.decodedBytes() + delivery.records() * RECORD_BYTES;
        }
    }

    /** Records of the open transaction were handed over to the worker. */
    void handedOver(List<Delivery> deliveries) {
        if (open > 0) {
            handedOver.addAll(deliveries);
        }
    }

    /** True if the connector ends transactions; false if the worker does, or runs none. */
    boolean areEndedHere() {
        return context != null;
    }

    /** True if a transaction is open. */
    boolean isOpen() {
        return open > 0;
    }

    /**
     * The objects with handed-over records in the open transaction, in order, if the transaction can be aborted and contains
     * every record of this object; otherwise empty.
     */
    List<Delivery> abortable(ObjectRef object) {
        boolean whole = handedOver.stream()
                .anyMatch(delivery ->
                        delivery.object().equals(object) && delivery.start().isWhole());
        return canAbort && whole ? List.copyOf(handedOver) : List.of();
    }

    /** Aborts the open transaction with the current batch, which is empty. Connect stores the offsets that its records carry. */
    void abort() {
        if (context != null) {
            context.abortTransaction();
        }
        closed();
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
        closed();
        return true;
    }
}
