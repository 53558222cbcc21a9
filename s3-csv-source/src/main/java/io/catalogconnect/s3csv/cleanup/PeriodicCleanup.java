package io.catalogconnect.s3csv.cleanup;

import io.catalogconnect.s3csv.assign.DiscoveryPlan;
import io.catalogconnect.s3csv.assign.ProgressLookup;
import io.catalogconnect.s3csv.object.ObjectDisposal;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.s3.S3ObjectStore;
import io.catalogconnect.s3csv.object.s3.S3Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs clean-up passes at an interval, on a separate thread of the connector. A pass that fails is logged and repeated: rows do
 * not wait for it.
 */
public final class PeriodicCleanup implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PeriodicCleanup.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(4);

    private final Cleaner cleaner;
    private final ObjectStore store;
    private final ObjectDisposal disposal;
    private final Duration interval;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /** The worker's context for log lines of the connector, which a new thread does not inherit; null for none. */
    private final @Nullable Map<String, String> logContext = MDC.getCopyOfContextMap();

    private PeriodicCleanup(Cleaner cleaner, ObjectStore store, ObjectDisposal disposal, Duration interval) {
        this.cleaner = cleaner;
        this.store = store;
        this.disposal = disposal;
        this.interval = interval;
        this.thread = new Thread(this::run, "s3-csv-source-cleanup");
        thread.setDaemon(true);
    }

    /**
     * Starts the passes.
     *
     * @param committed gives the connector's committed progress; asked only if there is something to do
     * @return null if completed objects stay as they are
     */
    public static @Nullable PeriodicCleanup start(
            CleanupSettings settings,
            S3Settings s3,
            DiscoveryPlan plan,
            Supplier<ProgressLookup> committed,
            Clock clock) {
        ObjectDisposal disposal = settings.openDisposal(s3);
        if (disposal == null) {
            return null;
        }
        ObjectStore store = S3ObjectStore.open(s3);
        return start(new Cleaner(store, plan, committed.get(), disposal, clock), store, disposal, settings.interval());
    }

    /** Starts the passes; the store and the disposal are closed with them. */
    static PeriodicCleanup start(Cleaner cleaner, ObjectStore store, ObjectDisposal disposal, Duration interval) {
        PeriodicCleanup cleanup = new PeriodicCleanup(cleaner, store, disposal, interval);
        cleanup.thread.start();
        return cleanup;
    }

    private void run() {
        if (logContext != null) {
            MDC.setContextMap(logContext);
        }
        try (store;
                disposal) {
            while (!stopping.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                pass();
            }
        } catch (InterruptedException e) {
            log.debug("Stopped during a pass");
        }
    }

    private void pass() {
        try {
            cleaner.pass(() -> stopping.getCount() == 0);
        } catch (StoreException e) {
            log.warn("Clean-up is delayed until the next pass. {}", e.getMessage());
        } catch (RuntimeException e) {
            if (stopping.getCount() > 0) {
                log.error("Clean-up is delayed until the next pass", e);
            }
        }
    }

    /** Ends the current pass between two objects, and waits for that for a few seconds. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
