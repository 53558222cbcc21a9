package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.cleanup.Cleaner;
import io.catalogconnect.s3csv.object.ObjectDisposal;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Looks for objects to put away again and again, on a thread of the connector's own. What goes wrong is logged and tried again:
 * rows do not wait for it.
 */
final class Cleanup implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Cleanup.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);

    private final Cleaner cleaner;
    private final ObjectStore store;
    private final ObjectDisposal disposal;
    private final Duration interval;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /** What the worker has in every line of the connector's log, which a thread does not inherit; null for nothing. */
    private final @Nullable Map<String, String> logContext = MDC.getCopyOfContextMap();

    private Cleanup(Cleaner cleaner, ObjectStore store, ObjectDisposal disposal, Duration interval) {
        this.cleaner = cleaner;
        this.store = store;
        this.disposal = disposal;
        this.interval = interval;
        this.thread = new Thread(this::run, "s3-csv-source-cleanup");
        thread.setDaemon(true);
    }

    /** Starts; what it is given is closed with it. */
    static Cleanup start(Cleaner cleaner, ObjectStore store, ObjectDisposal disposal, Duration interval) {
        Cleanup cleanup = new Cleanup(cleaner, store, disposal, interval);
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
            log.debug("Stopped in the middle of a pass");
        }
    }

    private void pass() {
        try {
            cleaner.pass(() -> stopping.getCount() == 0);
        } catch (StoreException e) {
            log.warn("Objects that are done stay where they are for now. {}", e.getMessage());
        } catch (RuntimeException e) {
            if (stopping.getCount() > 0) {
                log.error("Objects that are done stay where they are for now", e);
            }
        }
    }

    /** Ends the pass that runs between two objects, and waits a little for that. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(STOP_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
