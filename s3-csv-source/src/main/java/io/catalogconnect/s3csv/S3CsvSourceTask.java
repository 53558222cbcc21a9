package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.assign.Counters;
import io.catalogconnect.s3csv.assign.Discovery;
import io.catalogconnect.s3csv.assign.ObjectChangedPolicyException;
import io.catalogconnect.s3csv.assign.OffsetMove;
import io.catalogconnect.s3csv.assign.Retirement;
import io.catalogconnect.s3csv.object.Compression;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.Pause;
import io.catalogconnect.s3csv.object.ResumingObjectStream;
import io.catalogconnect.s3csv.object.Retries;
import io.catalogconnect.s3csv.object.TransientStoreException;
import io.catalogconnect.s3csv.object.s3.S3ObjectStore;
import io.catalogconnect.s3csv.read.BadRowException;
import io.catalogconnect.s3csv.read.Item;
import io.catalogconnect.s3csv.read.RowFeed;
import io.catalogconnect.s3csv.record.BadObjectException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the objects of its lanes. Every method is called by the worker's thread for this task but {@link #stop}. */
public final class S3CsvSourceTask extends SourceTask {

    private static final Logger log = LoggerFactory.getLogger(S3CsvSourceTask.class);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    private final Function<S3CsvSourceConfig, ObjectStore> stores;
    private final Clock clock;
    private final Random random;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Running running;
    private @Nullable Long outageSince;
    private @Nullable ConnectException failure;

    /** What is there between start and stop. */
    private record Running(
            ObjectStore store,
            String bucket,
            Discovery discovery,
            Retirement retirement,
            RowFeed feed,
            RecordFactory records,
            TransactionBoundaries transactions,
            TaskMetrics metrics,
            HandOverWatch watch,
            int batchMaxRows,
            long outageMaxMillis) {}

    public S3CsvSourceTask() {
        this(config -> S3ObjectStore.open(config.s3()), Clock.systemUTC(), new Random());
    }

    S3CsvSourceTask(Function<S3CsvSourceConfig, ObjectStore> stores, Clock clock, Random random) {
        this.stores = stores;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public void start(Map<String, String> props) {
        S3CsvSourceConfig config = new S3CsvSourceConfig(props);
        TransactionContext transactions = context.transactionContext();
        TransactionBoundaries.checkSupport(props, transactions);
        DeliveryOptions delivery = config.delivery();
        ObjectStore store = stores.apply(config);
        Pause pause = duration -> stopping.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        Retries retries = new Retries(config.retryPolicy(), pause, random);
        StoredProgress stored = new StoredProgress(context.offsetStorageReader());
        String scope = "s3://" + config.s3().bucket() + "/" + config.getString(DeliveryOptions.PREFIX);
        Retirement retirement =
                new Retirement(config.lateWindow(), transactions != null, scope, stored.watermarks(scope));
        Counters counters = new Counters();
        TaskMetrics metrics = new TaskMetrics(counters, clock);
        metrics.register(context);
        Discovery discovery = new Discovery(
                store,
                retries,
                delivery.plan(config.s3().bucket()),
                TaskLane.of(props),
                retirement,
                stored,
                counters,
                clock);
        Compression compression = config.compression();
        RowFeed feed = new RowFeed(
                discovery,
                config.format(),
                (object, from) -> compression.open(
                        object,
                        from,
                        at -> new ResumingObjectStream(store, object, at, retries, counters.reopens::incrementAndGet)),
                config.skipBadObjects(),
                () -> stopping.getCount() == 0,
                counters);
        log.info(
                "Rows are delivered {}",
                transactions != null
                        ? "exactly once, in transactions that this connector ends"
                        : "as the worker is set up: exactly once if exactly.once.source.support is enabled (then set"
                                + " transaction.boundary=connector for speed), at least once if not");
        running = new Running(
                store,
                config.s3().bucket(),
                discovery,
                retirement,
                feed,
                new RecordFactory(delivery.topic(), config.copyTopics(), config.badRowsTopic(), delivery.eventsTopic()),
                new TransactionBoundaries(transactions, delivery.transactionRows(), delivery.transactionMaxBytes()),
                metrics,
                HandOverWatch.start(clock, topics(config)),
                delivery.batchMaxRows(),
                config.outageMaxMillis());
    }

    private static List<String> topics(S3CsvSourceConfig config) {
        List<String> topics = new ArrayList<>(List.of(config.delivery().topic()));
        topics.addAll(config.copyTopics());
        Stream.of(config.badRowsTopic(), config.delivery().eventsTopic())
                .filter(Objects::nonNull)
                .forEach(topics::add);
        return topics;
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        Running now = running;
        if (now == null) {
            return null;
        }
        now.watch().askedForMore();
        List<SourceRecord> records = records(now);
        if (records != null) {
            now.watch().handedOver();
        }
        return records;
    }

    private @Nullable List<SourceRecord> records(Running now) throws InterruptedException {
        if (failure != null) {
            throw failure;
        }
        List<SourceRecord> batch = new ArrayList<>();
        try {
            for (int rows = 0; rows < now.batchMaxRows() || now.feed().isClosing(); rows++) {
                Item item = now.feed().next();
                outageSince = null;
                if (item == null) {
                    return endOfWork(now, batch);
                }
                int before = batch.size();
                now.records().addTo(batch, item);
                now.retirement()
                        .sent(
                                item.provenance().object(),
                                batch.size() - before,
                                item.after().done());
                now.transactions()
                        .delivered(
                                batch.get(batch.size() - 1),
                                item.provenance().object().size(),
                                item.after().done(),
                                now.feed().isClosing());
            }
            moveOffsets(now, batch, false);
            return batch;
        } catch (TransientStoreException e) {
            return outage(now, batch, e);
        } catch (BadRowException | BadObjectException | ObjectChangedPolicyException | IOException e) {
            ConnectException end = new ConnectException(e.getMessage(), e);
            if (now.transactions().endWithBatch() || !batch.isEmpty()) {
                // What is good goes out first.
                failure = end;
                return batch;
            }
            throw end;
        }
    }

    private @Nullable List<SourceRecord> endOfWork(Running now, List<SourceRecord> batch) throws InterruptedException {
        moveOffsets(now, batch, true);
        if (now.transactions().endWithBatch() || !batch.isEmpty()) {
            return batch;
        }
        now.metrics().registerRest();
        Duration wait = now.discovery().untilListing();
        Duration bounded = wait.compareTo(LONGEST_POLL) < 0 ? wait : LONGEST_POLL;
        if (stopping.await(bounded.toNanos(), TimeUnit.NANOSECONDS)) {
            log.debug("Stopping while nothing waits");
        }
        return null;
    }

    private void moveOffsets(Running now, List<SourceRecord> batch, boolean idle) {
        Instant time = clock.instant();
        for (OffsetMove move : now.retirement().moves(time, idle)) {
            SourceRecord record = now.records().moved(move, now.bucket(), time);
            batch.add(record);
            now.transactions().delivered(record, 0, false, false);
        }
    }

    /** Called on the producer's thread, or after the transaction; metadata is null when a transformation dropped the record. */
    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        Running now = running;
        if (now != null) {
            now.retirement().acknowledged(record.sourcePartition(), metadata != null);
        }
    }

    /** Called on the worker's thread after it stored the offsets that it might. */
    @Override
    public void commit() {
        Running now = running;
        if (now != null) {
            now.retirement().committed();
        }
    }

    private List<SourceRecord> outage(Running now, List<SourceRecord> batch, TransientStoreException cause) {
        if (now.transactions().endWithBatch() || !batch.isEmpty()) {
            return batch;
        }
        long time = clock.millis();
        Long since = outageSince;
        if (since == null) {
            since = time;
            outageSince = since;
        }
        if (now.outageMaxMillis() >= 0 && time - since >= now.outageMaxMillis()) {
            throw new ConnectException(
                    cause.getMessage() + ". The store has been away for " + (time - since) + " ms, longer than "
                            + S3Options.OUTAGE_MAX + " allows. Restart the connector when the store is back: it goes on"
                            + " where it stopped",
                    cause);
        }
        throw new RetriableException(cause.getMessage(), cause);
    }

    @Override
    public void stop() {
        stopping.countDown();
        Running now = running;
        running = null;
        if (now != null) {
            try {
                now.feed().close();
            } catch (IOException e) {
                log.warn("Closing the object that was being read failed", e);
            }
            now.watch().close();
            now.store().close();
        }
    }
}
