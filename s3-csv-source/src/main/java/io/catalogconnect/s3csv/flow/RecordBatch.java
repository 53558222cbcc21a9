package io.catalogconnect.s3csv.flow;

import io.catalogconnect.s3csv.assign.OffsetMove;
import io.catalogconnect.s3csv.assign.Retirement;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.read.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/** The records of one poll. Each record that is added is reported to the transaction and to retirement. For one thread. */
final class RecordBatch {

    private final RecordFactory factory;
    private final Retirement retirement;
    private final TransactionBoundaries transactions;
    private final List<SourceRecord> records = new ArrayList<>();

    RecordBatch(RecordFactory factory, Retirement retirement, TransactionBoundaries transactions) {
        this.factory = factory;
        this.retirement = retirement;
        this.transactions = transactions;
    }

    /**
     * Adds the records of an item.
     *
     * @param closing true if the next item belongs to the last row of this object
     */
    void add(Item item, boolean closing) {
        List<SourceRecord> added = factory.recordsOf(item);
        records.addAll(added);
        ObjectRef object = item.provenance().object();
        boolean done = item.after().done();
        retirement.sent(object, added.size(), done);
        transactions.delivered(added.get(added.size() - 1), object.size(), done, closing);
    }

    /** Adds the changes of stored offsets that are possible now. */
    void addOffsetMoves(String bucket, Instant now, boolean idle) {
        for (OffsetMove move : retirement.moves(now, idle)) {
            SourceRecord record = factory.recordOf(move, bucket, now);
            records.add(record);
            transactions.delivered(record, 0, false, false);
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

    List<SourceRecord> records() {
        return records;
    }
}
