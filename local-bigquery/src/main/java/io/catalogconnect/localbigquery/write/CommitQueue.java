package io.catalogconnect.localbigquery.write;

import com.google.rpc.Code;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes appends in one transaction after the other. Appends that arrive during a commit share the next transaction (group commit), so that
 * durable commits are cheap. Outcomes are reported after the commit, in the order of the requests.
 */
final class CommitQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommitQueue.class);
    /** Maximum size of a batch: large enough to spread the cost of a commit, small enough that an append does not wait long. */
    private static final int MAX_BATCH_BYTES = 16 << 20;

    private final StreamStore ledger;
    private final AppendRules rules;
    private final BlockingQueue<AppendRequest> waiting = new LinkedBlockingQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    CommitQueue(StreamStore ledger, AppendRules rules) {
        this.ledger = ledger;
        this.rules = rules;
        this.thread = new Thread(this::run, "local-bigquery-commit");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Queues a request. Its outcome is reported on another thread. */
    void submit(AppendRequest request) {
        waiting.add(request);
        if (closed.get()) {
            refuseWaiting();
        }
    }

    private void run() {
        try {
            while (!closed.get()) {
                commit(next());
            }
        } catch (InterruptedException e) {
            LOG.debug("Closed while waiting for an append");
        } finally {
            refuseWaiting();
        }
    }

    private List<AppendRequest> next() throws InterruptedException {
        List<AppendRequest> batch = new ArrayList<>();
        AppendRequest request = waiting.take();
        int bytes = 0;
        while (request != null) {
            batch.add(request);
            bytes += request.size();
            request = bytes < MAX_BATCH_BYTES ? waiting.poll() : null;
        }
        return batch;
    }

    private void commit(List<AppendRequest> batch) {
        try {
            List<AppendOutcome> outcomes = apply(batch);
            for (int i = 0; i < outcomes.size(); i++) {
                batch.get(i).complete(outcomes.get(i));
            }
        } catch (SQLException | RuntimeException e) {
            if (batch.size() > 1) {
                // One of them caused the failure: try each again in a separate transaction.
                batch.forEach(request -> commit(List.of(request)));
            } else {
                LOG.error("Cannot store an append to {}", batch.get(0).stream(), e);
                batch.get(0)
                        .complete(new AppendOutcome.Refused(WriteException.plain(
                                Code.INTERNAL,
                                "The append to " + batch.get(0).stream() + " could not be stored: " + e.getMessage())));
            }
        }
    }

    private List<AppendOutcome> apply(List<AppendRequest> batch) throws SQLException {
        return ledger.change(change -> {
            List<AppendOutcome> outcomes = new ArrayList<>(batch.size());
            for (AppendRequest request : batch) {
                outcomes.add(rules.apply(change, request, ledger.now()));
            }
            return outcomes;
        });
    }

    private void refuseWaiting() {
        AppendRequest request = waiting.poll();
        while (request != null) {
            request.complete(
                    new AppendOutcome.Refused(WriteException.plain(Code.UNAVAILABLE, "The server is shutting down.")));
            request = waiting.poll();
        }
    }

    /** Waits for the running transaction. Queued requests are refused with UNAVAILABLE. */
    @Override
    public void close() {
        closed.set(true);
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
