package io.catalogconnect.localstack.replace;

import com.google.cloud.bigquery.BigQueryException;
import io.catalogconnect.localstack.bigquery.CatalogDataset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A reader that looks at a table all the time, and keeps what it must never see. A service that does not answer is asked
 * again.
 */
final class Watcher {

    /** The machine has more to do than to answer us. */
    private static final long PAUSE_MILLIS = 50;

    private final CatalogDataset dataset;
    private final String table;
    private final WholeVersions allowed;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong troubles = new AtomicLong();
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Watcher(CatalogDataset dataset, String table, WholeVersions allowed) {
        this.dataset = dataset;
        this.table = table;
        this.allowed = allowed;
        this.thread = new Thread(this::watch, "watcher");
        thread.setDaemon(true);
        thread.start();
    }

    /** Says which versions there will be; before they are delivered. */
    void expect(Catalogue... catalogues) {
        allowed.expect(catalogues);
    }

    /** What was seen and must not be; empty if all was well. */
    List<String> violations() {
        return violations;
    }

    /** How often the table was looked at. */
    long looks() {
        return looks.get();
    }

    /** How often it was not as at the look before. */
    long changes() {
        return changes.get();
    }

    /** How often there was no answer, or no table. */
    long troubles() {
        return troubles.get();
    }

    void stop() throws InterruptedException {
        stopping.countDown();
        thread.join();
    }

    private void watch() {
        Shown before = Shown.exactly();
        while (true) {
            try {
                if (stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                Shown now = Shown.of(dataset, table);
                for (String wrong : allowed.violations(now)) {
                    violations.add(wrong + " in " + now);
                }
                changes.addAndGet(now.equals(before) ? 0 : 1);
                before = now;
                looks.incrementAndGet();
            } catch (BigQueryException e) {
                troubles.incrementAndGet(); // does not exist yet, or is being restarted
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
