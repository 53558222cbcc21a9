package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.flow.SourceFlow;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.ReadAheadStore;
import io.catalogconnect.s3csv.object.s3.S3ObjectStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Reads the objects of its lanes. The worker's thread for this task calls every method except {@link #stop}. */
public final class S3CsvSourceTask extends SourceTask {

    /** Number of small objects that a task opens early. */
    private static final int READ_AHEAD = 8;

    private final Function<SourceSettings, ObjectStore> stores;
    private final Clock clock;
    private final Random random;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable SourceFlow flow;

    public S3CsvSourceTask() {
        this(
                settings -> new ReadAheadStore(
                        S3ObjectStore.open(settings.s3()),
                        Executors.newCachedThreadPool(S3CsvSourceTask::daemon),
                        READ_AHEAD),
                Clock.systemUTC(),
                new Random());
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "s3-csv-source-read-ahead");
        thread.setDaemon(true);
        return thread;
    }

    S3CsvSourceTask(Function<SourceSettings, ObjectStore> stores, Clock clock, Random random) {
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
        SourceSettings settings = SourceSettings.parse(props);
        flow = new SourceFlow(settings, props, context, () -> stores.apply(settings), clock, random, stopping);
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        SourceFlow running = flow;
        return running == null ? null : running.poll();
    }

    /**
     * Called on the producer's thread, or after the transaction.
     *
     * @param metadata null if a transformation dropped the record
     */
    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        SourceFlow running = flow;
        if (running != null) {
            running.acknowledge(record, metadata != null);
        }
    }

    /** Called on the worker's thread after it committed offsets. */
    @Override
    public void commit() {
        SourceFlow running = flow;
        if (running != null) {
            running.committed();
        }
    }

    @Override
    public void stop() {
        stopping.countDown();
        SourceFlow running = flow;
        flow = null;
        if (running != null) {
            running.close();
        }
    }
}
