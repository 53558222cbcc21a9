package io.catalogconnect.s3csv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The send loop of a worker with exactly-once sources. As in Connect, an aborted transaction stores the offsets of its records,
 * and the records that were acknowledged before the abort are reported to the task. With {@code transaction.boundary=poll} every
 * batch is a transaction.
 */
final class ExactlyOnceWorker {

    private final FakeWorker worker;
    private final boolean connectorTransactions;
    private final List<SourceRecord> open = new ArrayList<>();
    private final Map<Map<String, ?>, @Nullable Map<String, ?>> offsets = new LinkedHashMap<>();
    private int endsUsed;
    private int aborts;

    /** Records of committed transactions. */
    final List<SourceRecord> visible = new ArrayList<>();

    ExactlyOnceWorker(boolean connectorTransactions) {
        this.worker = new FakeWorker(connectorTransactions);
        this.connectorTransactions = connectorTransactions;
    }

    FakeWorker context() {
        return worker;
    }

    /** Number of aborted transactions. */
    int aborts() {
        return aborts;
    }

    /** Polls once, and passes the records on. */
    List<SourceRecord> pass(S3CsvSourceTask task) throws InterruptedException {
        List<SourceRecord> batch = task.poll();
        if (batch == null) {
            return List.of();
        }
        for (SourceRecord record : batch) {
            open.add(record);
            offsets.put(record.sourcePartition(), record.sourceOffset());
            if (connectorTransactions && endsWith(record)) {
                commit(task, open);
            }
        }
        endBatch(task);
        return batch;
    }

    private boolean endsWith(SourceRecord record) {
        List<SourceRecord> ends = worker.transactions().ends;
        if (endsUsed < ends.size() && ends.get(endsUsed).equals(record)) {
            endsUsed++;
            return true;
        }
        return false;
    }

    private void endBatch(S3CsvSourceTask task) {
        if (!connectorTransactions) {
            commit(task, open);
            return;
        }
        FakeWorker.FakeTransactions transactions = worker.transactions();
        if (transactions.abortOfBatch) {
            if (open.isEmpty()) {
                throw new IllegalStateException("No transaction is open that could be aborted");
            }
            List<SourceRecord> acknowledged = new ArrayList<>(open.subList(0, open.size() / 2));
            open.clear();
            aborts++;
            commit(task, acknowledged);
        } else if (transactions.endOfBatch) {
            commit(task, open);
        }
        transactions.abortOfBatch = false;
        transactions.endOfBatch = false;
    }

    private void commit(S3CsvSourceTask task, List<SourceRecord> acknowledged) {
        offsets.forEach(worker::store);
        offsets.clear();
        visible.addAll(open);
        for (SourceRecord record : acknowledged) {
            task.commitRecord(record, Polling.METADATA);
        }
        open.clear();
        task.commit();
    }

    /** The worker process ends, or the task fails: the open transaction disappears. */
    void crash() {
        open.clear();
        offsets.clear();
        if (connectorTransactions) {
            worker.transactions().ends.clear();
            worker.transactions().endOfBatch = false;
            worker.transactions().abortOfBatch = false;
            endsUsed = 0;
        }
    }
}
