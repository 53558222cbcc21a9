package io.catalogconnect.s3csv.flow;

import io.catalogconnect.s3csv.assign.Discovery;
import io.catalogconnect.s3csv.assign.ObjectChangedPolicyException;
import io.catalogconnect.s3csv.assign.Retirement;
import io.catalogconnect.s3csv.assign.StoredProgress;
import io.catalogconnect.s3csv.assign.TaskLanes;
import io.catalogconnect.s3csv.assign.UnreadObject;
import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.metrics.Counters;
import io.catalogconnect.s3csv.metrics.TaskMetrics;
import io.catalogconnect.s3csv.object.Compression;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.ResumingObjectStream;
import io.catalogconnect.s3csv.object.Retries;
import io.catalogconnect.s3csv.object.TransientStoreException;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.offset.SourcePartition;
import io.catalogconnect.s3csv.read.Item;
import io.catalogconnect.s3csv.read.ItemReader;
import io.catalogconnect.s3csv.read.UnfinishedObjectException;
import io.catalogconnect.s3csv.read.UnfinishedObjectException.Treatment;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flow of a running task: reads the objects of its lanes and returns their records in batches. {@link #acknowledge} and
 * {@link #committed} may be called by any thread, everything else by one thread at a time.
 */
public final class SourceFlow implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SourceFlow.class);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    private final SourceSettings settings;
    private final ObjectStore store;
    private final Clock clock;
    private final CountDownLatch stopping;
    private final Retirement retirement;
    private final Discovery discovery;
    private final ItemReader items;
    private final RecordFactory records;
    private final TransactionBoundaries transactions;
    private final TaskMetrics metrics;
    private final HandOverWatch watch;
    private final Outage outage;
    private final StoredProgress stored;

    /** Objects that failed in a transaction with others: each starts a transaction when it is read again. */
    private final Set<ObjectRef> alone = new HashSet<>();

    private @Nullable ConnectException failure;
    private @Nullable Rollback rollback;
    private @Nullable RecordBatch carried;
    private @Nullable Item held;

    /**
     * Starts; no request is sent yet.
     *
     * @param taskConfiguration the task's configuration, which contains its share of the lanes
     * @param stores opens the store, which is closed with the flow
     * @param stopping counted down when the task must stop; ends every wait
     */
    public SourceFlow(
            SourceSettings settings,
            Map<String, String> taskConfiguration,
            SourceTaskContext context,
            Supplier<ObjectStore> stores,
            Clock clock,
            Random random,
            CountDownLatch stopping) {
        TransactionContext transactionContext = context.transactionContext();
        TransactionBoundaries.checkSupport(taskConfiguration, transactionContext);
        this.settings = settings;
        this.store = stores.get();
        this.clock = clock;
        this.stopping = stopping;
        this.stored = new StoredProgress(context.offsetStorageReader());
        String scope = settings.discovery().scope();
        this.retirement = new Retirement(
                settings.discovery().lateWindow(), transactionContext != null, scope, stored.watermarks(scope));
        Counters counters = new Counters();
        this.metrics = new TaskMetrics(counters, clock);
        metrics.register(context);
        Retries retries = new Retries(
                settings.retryPolicy(), wait -> stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS), random);
        this.discovery = new Discovery(
                store,
                retries,
                settings.discovery(),
                TaskLanes.of(taskConfiguration),
                retirement,
                stored,
                counters,
                clock);
        this.items = itemReader(retries, counters);
        this.records = new RecordFactory(settings.delivery().topics());
        this.transactions = new TransactionBoundaries(
                transactionContext,
                !"all".equalsIgnoreCase(taskConfiguration.get("errors.tolerance")),
                settings.delivery().transactionRows(),
                1 + settings.delivery().topics().copies().size(),
                settings.delivery().transactionMaxBytes());
        this.outage = new Outage(settings.delivery().outageMax(), clock);
        this.watch = HandOverWatch.start(clock, settings.delivery().topics().all());
        log.info(
                "Rows are delivered {}",
                transactionContext != null
                        ? "exactly once, in transactions that this connector ends"
                        : "exactly once if the worker has exactly.once.source.support=enabled (then set"
                                + " transaction.boundary=connector for larger transactions), otherwise at least once");
    }

    private ItemReader itemReader(Retries retries, Counters counters) {
        Compression compression = settings.compression();
        return new ItemReader(
                discovery,
                settings.format(),
                (object, from) -> {
                    store.expect(object, discovery.upcoming(store.readAhead()));
                    return compression.open(
                            object,
                            from,
                            at -> new ResumingObjectStream(
                                    store, object, at, retries, counters.reopens::incrementAndGet));
                },
                settings.skipDamagedObjects(),
                () -> stopping.getCount() == 0,
                counters);
    }

    /**
     * The next batch, or null after a wait if no object is waiting. An empty batch ends a transaction.
     *
     * @throws ConnectException if the task must fail; one that is retriable if S3 is unavailable
     */
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        watch.askedForMore();
        List<SourceRecord> batch = nextBatch();
        if (batch != null) {
            watch.handedOver();
        }
        return batch;
    }

    private @Nullable List<SourceRecord> nextBatch() throws InterruptedException {
        try {
            Rollback open = rollback;
            if (open != null && !open.isAborted()) {
                abort(open);
                return List.of();
            }
            RecordBatch batch = carried == null ? newBatch() : carried;
            carried = null;
            if (open != null) {
                rollback = null;
                retirement.aborted(open.partitions());
                List<SourceRecord> ended = resume(batch, open);
                if (ended != null) {
                    return ended;
                }
            }
            if (failure != null) {
                throw failure;
            }
            return fill(batch);
        } catch (ObjectChangedPolicyException | IOException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    private RecordBatch newBatch() {
        return new RecordBatch(records, retirement, transactions);
    }

    private @Nullable List<SourceRecord> fill(RecordBatch batch)
            throws InterruptedException, IOException, ObjectChangedPolicyException {
        while (!batch.isFull(settings.delivery().batchMaxRows()) || items.isClosing()) {
            try {
                Item item = held == null ? items.next() : held;
                held = null;
                outage.end();
                if (item == null && items.isPaused()) {
                    carried = batch;
                    return null;
                }
                if (item == null) {
                    return idle(batch);
                }
                if (mustStartTransaction()) {
                    held = item;
                    batch.endTransaction();
                    return batch.handOver();
                }
                batch.add(item, items);
            } catch (UnfinishedObjectException e) {
                List<SourceRecord> ended = withdraw(batch, e);
                if (ended != null) {
                    return ended;
                }
            } catch (TransientStoreException e) {
                return unavailable(batch, e);
            } catch (ObjectChangedPolicyException | IOException e) {
                return fail(batch, new ConnectException(e.getMessage(), e));
            }
        }
        if (!transactions.areEndedHere()) {
            carried = batch.split();
        }
        batch.addOffsetMoves(settings.s3().bucket(), clock.instant(), false);
        return batch.handOver();
    }

    /** True before the first item of an object that failed in a transaction with others, if a transaction is open. */
    private boolean mustStartTransaction() {
        return !alone.isEmpty() && alone.remove(items.object()) && transactions.isOpen();
    }

    /**
     * Takes back what was sent of an object that cannot be read to its end now.
     *
     * @return the records to return from this poll; null to continue reading
     */
    private @Nullable List<SourceRecord> withdraw(RecordBatch batch, UnfinishedObjectException e) {
        UnreadObject start = batch.withdraw(e.rest().object());
        if (start != null) {
            return treat(batch, e, start);
        }
        List<Delivery> open = transactions.abortable(e.rest().object());
        if (open.isEmpty()) {
            return treat(batch, e, e.rest());
        }
        log.warn("{}. The open transaction is aborted, so that no row of the object is visible", e.getMessage());
        Rollback started = new Rollback(e, open);
        rollback = started;
        return started.restoring(stored.of(started.partitions()));
    }

    private void abort(Rollback open) throws InterruptedException {
        // Connect logs an error for each record that the producer has not sent yet.
        stopping.await(settings.retryPolicy().base().toNanos(), TimeUnit.NANOSECONDS);
        transactions.abort();
        open.setAborted();
    }

    /** Continues after an abort. An object that failed in a transaction with others is tried once more in a separate one. */
    private @Nullable List<SourceRecord> resume(RecordBatch batch, Rollback aborted) {
        UnfinishedObjectException e = aborted.failure();
        ObjectRef failed = e.rest().object();
        UnreadObject start = e.rest();
        for (UnreadObject again : aborted.again()) {
            if (again.object().equals(failed)) {
                start = again;
            } else {
                discovery.readLater(again);
            }
        }
        if (aborted.again().size() > 1 && (e.treatment() == Treatment.FAIL || e.treatment() == Treatment.READ_LATER)) {
            discovery.readLater(start);
            alone.add(failed);
            return null;
        }
        return treat(batch, e, start);
    }

    /**
     * Treats an object that cannot be read to its end now.
     *
     * @param rest the object, with the progress up to which its records were passed on
     * @return the records to return from this poll; null to continue reading
     */
    private @Nullable List<SourceRecord> treat(RecordBatch batch, UnfinishedObjectException e, UnreadObject rest) {
        ObjectRef object = rest.object();
        switch (e.treatment()) {
            case READ_LATER -> {
                discovery.readLater(rest);
                return unavailable(batch, e);
            }
            case REPLACED -> {
                try {
                    discovery.vanished(object);
                    return null;
                } catch (ObjectChangedPolicyException changed) {
                    return fail(batch, new ConnectException(changed.getMessage(), changed));
                }
            }
            case LEAVE_OUT -> {
                log.error(
                        "{}. The object is left out (bad.objects=skip) after {} of its rows",
                        e.getMessage(),
                        rest.from().rows());
                discovery.leftOut(object);
                addFailure(batch, rest);
                return null;
            }
            case FAIL -> {
                addFailure(batch, rest);
                return fail(batch, new ConnectException(e.getMessage(), e.getCause()));
            }
        }
        throw new IllegalStateException("Unknown treatment " + e.treatment());
    }

    private void addFailure(RecordBatch batch, UnreadObject rest) {
        if (settings.delivery().topics().events() != null) {
            SourceOffset progress = rest.isWhole()
                    ? stored.of(List.of(SourcePartition.of(rest.object()))).get(SourcePartition.of(rest.object()))
                    : rest.from();
            batch.addFailure(rest.object(), records.failed(rest, progress));
        }
    }

    private List<SourceRecord> unavailable(RecordBatch batch, Exception e) {
        if (batch.endTransaction()) {
            return batch.handOver();
        }
        throw outage.failure(e);
    }

    /** Fails the task, after the records in front of the failure are sent. */
    private List<SourceRecord> fail(RecordBatch batch, ConnectException failed) {
        if (batch.endTransaction()) {
            failure = failed;
            return batch.handOver();
        }
        throw failed;
    }

    private @Nullable List<SourceRecord> idle(RecordBatch batch) throws InterruptedException {
        batch.addOffsetMoves(settings.s3().bucket(), clock.instant(), true);
        if (batch.endTransaction()) {
            return batch.handOver();
        }
        metrics.registerRest();
        Duration wait = discovery.untilListing();
        Duration bounded = wait.compareTo(LONGEST_POLL) < 0 ? wait : LONGEST_POLL;
        if (stopping.await(bounded.toNanos(), TimeUnit.NANOSECONDS)) {
            log.debug("Stopping while no object is waiting");
        }
        return null;
    }

    /**
     * A record is acknowledged.
     *
     * @param sent false if a transformation dropped the record, and its offset with it
     */
    public void acknowledge(SourceRecord record, boolean sent) {
        retirement.acknowledged(record.sourcePartition(), sent);
    }

    /** The worker has committed offsets. */
    public void committed() {
        retirement.committed();
    }

    @Override
    public void close() {
        try {
            items.close();
        } catch (IOException e) {
            log.warn("Closing the current object failed", e);
        }
        watch.close();
        store.close();
    }
}
