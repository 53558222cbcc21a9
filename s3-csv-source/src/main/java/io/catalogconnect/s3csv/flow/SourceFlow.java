package io.catalogconnect.s3csv.flow;

import io.catalogconnect.s3csv.assign.Discovery;
import io.catalogconnect.s3csv.assign.ObjectChangedPolicyException;
import io.catalogconnect.s3csv.assign.Retirement;
import io.catalogconnect.s3csv.assign.StoredProgress;
import io.catalogconnect.s3csv.assign.TaskLanes;
import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.metrics.Counters;
import io.catalogconnect.s3csv.metrics.TaskMetrics;
import io.catalogconnect.s3csv.object.Compression;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.ResumingObjectStream;
import io.catalogconnect.s3csv.object.Retries;
import io.catalogconnect.s3csv.object.TransientStoreException;
import io.catalogconnect.s3csv.read.Item;
import io.catalogconnect.s3csv.read.ItemReader;
import io.catalogconnect.s3csv.read.MalformedRowException;
import io.catalogconnect.s3csv.record.DamagedObjectException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    private @Nullable ConnectException failure;

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
        StoredProgress stored = new StoredProgress(context.offsetStorageReader());
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
                settings.delivery().transactionRows(),
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
                (object, from) -> compression.open(
                        object,
                        from,
                        at -> new ResumingObjectStream(store, object, at, retries, counters.reopens::incrementAndGet)),
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
        if (failure != null) {
            throw failure;
        }
        RecordBatch batch = new RecordBatch(records, retirement, transactions);
        try {
            for (int rows = 0; rows < settings.delivery().batchMaxRows() || items.isClosing(); rows++) {
                Item item = items.next();
                outage.end();
                if (item == null) {
                    return idle(batch);
                }
                batch.add(item, items.isClosing());
            }
            batch.addOffsetMoves(settings.s3().bucket(), clock.instant(), false);
            return batch.records();
        } catch (TransientStoreException e) {
            if (batch.endTransaction()) {
                return batch.records();
            }
            throw outage.failure(e);
        } catch (MalformedRowException | DamagedObjectException | ObjectChangedPolicyException | IOException e) {
            ConnectException failed = new ConnectException(e.getMessage(), e);
            if (batch.endTransaction()) {
                // The rows before the failure are sent first.
                failure = failed;
                return batch.records();
            }
            throw failed;
        }
    }

    private @Nullable List<SourceRecord> idle(RecordBatch batch) throws InterruptedException {
        batch.addOffsetMoves(settings.s3().bucket(), clock.instant(), true);
        if (batch.endTransaction()) {
            return batch.records();
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
