package io.catalogconnect.s3csv.flow;

import io.catalogconnect.s3csv.assign.OffsetMove;
import io.catalogconnect.s3csv.assign.Retirement;
import io.catalogconnect.s3csv.assign.UnreadObject;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.read.Item;
import io.catalogconnect.s3csv.read.ItemReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of one poll. The records of an object that fails can be withdrawn until the batch is handed over. For one thread.
 */
final class RecordBatch {

    /** Number of decompressed bytes after which a batch is full: its records are in memory until the worker has sent them. */
    static final long FULL_BYTES = 16L * 1024 * 1024;

    private final RecordFactory factory;
    private final Retirement retirement;
    private final TransactionBoundaries transactions;
    private final List<SourceRecord> records = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private @Nullable Delivery current;
    private int items;
    private long decodedBytes;

    /** Index of the first delivery after the last end of a transaction. */
    private int firstOpen;

    RecordBatch(RecordFactory factory, Retirement retirement, TransactionBoundaries transactions) {
        this.factory = factory;
        this.retirement = retirement;
        this.transactions = transactions;
    }

    /**
     * Adds the records of an item.
     *
     * @param reader the reader that returned the item last
     */
    void add(Item item, ItemReader reader) {
        List<SourceRecord> added = factory.recordsOf(item);
        SourceRecord last = added.get(added.size() - 1);
        Delivery delivery = current;
        if (delivery == null || !delivery.object().equals(reader.object())) {
            delivery = new Delivery(reader.beforeLast(), records.size(), last);
            deliveries.add(delivery);
            current = delivery;
        }
        delivery.add(item, added);
        records.addAll(added);
        items++;
        decodedBytes += item.decodedBytes();
        boolean ended = transactions.delivered(last, added.size(), item, reader.object(), reader.isClosing());
        if (ended || delivery.isDone()) {
            current = null;
        }
        if (ended) {
            firstOpen = deliveries.size();
        }
    }

    /** True if the batch has the maximum number of items, or the number of bytes after which no item is added. */
    boolean isFull(int maxItems) {
        return items >= maxItems || decodedBytes >= FULL_BYTES;
    }

    /** Adds the event that an object failed. */
    void addFailure(ObjectRef object, SourceRecord event) {
        records.add(event);
        retirement.sent(object, 1, false);
        transactions.deliveredEvent();
    }

    /**
     * Removes the records of an object that cannot be read to its end, if no record of this version was handed over before.
     *
     * @return where to read the object again; null if nothing was removed
     */
    @Nullable
    UnreadObject withdraw(ObjectRef object) {
        Delivery delivery = current;
        if (delivery == null
                || !delivery.object().equals(object)
                || !delivery.start().isWhole()) {
            return null;
        }
        remove(delivery);
        transactions.withdrawn(delivery);
        return delivery.start();
    }

    /**
     * Moves the object at the end, if it is not complete and others precede it, to a new batch, so that one transaction
     * for each batch has it whole if it fits into a batch.
     *
     * @return null if the batch stays as it is
     */
    @Nullable
    RecordBatch split() {
        Delivery delivery = current;
        if (delivery == null || delivery.firstRecord() == 0 || !delivery.start().isWhole()) {
            return null;
        }
        RecordBatch next = new RecordBatch(factory, retirement, transactions);
        next.records.addAll(records.subList(delivery.firstRecord(), records.size()));
        next.deliveries.add(delivery);
        next.items = delivery.items();
        next.decodedBytes = delivery.decodedBytes();
        next.current = delivery;
        remove(delivery);
        delivery.moveToStart();
        return next;
    }

    private void remove(Delivery last) {
        records.subList(last.firstRecord(), records.size()).clear();
        deliveries.remove(deliveries.size() - 1);
        items -= last.items();
        decodedBytes -= last.decodedBytes();
        current = null;
    }

    /** Adds the changes of stored offsets that are possible now. */
    void addOffsetMoves(String bucket, Instant now, boolean idle) {
        for (OffsetMove move : retirement.moves(now, idle)) {
            SourceRecord record = factory.recordOf(move, bucket, now);
            records.add(record);
            transactions.deliveredEvent();
        }
    }

    /**
     * Ends the open transaction.
     *
     * @return true if the batch must be returned to the worker: it has records, or it ends a transaction
     */
    boolean endTransaction() {
        return transactions.endWithBatch() || !records.isEmpty();
    }

    /** The records, which are handed over to the worker with this call. */
    List<SourceRecord> handOver() {
        for (Delivery delivery : deliveries) {
            retirement.sent(delivery.object(), delivery.records(), delivery.isDone());
        }
        transactions.handedOver(deliveries.subList(firstOpen, deliveries.size()));
        return records;
    }
}
