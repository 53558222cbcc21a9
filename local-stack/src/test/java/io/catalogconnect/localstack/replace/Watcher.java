package io.catalogconnect.localstack.replace;

import com.google.cloud.bigquery.BigQueryException;
import io.catalogconnect.localstack.bigquery.CatalogDataset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A reader that looks at a table all the time, and keeps what it must never see: a version in part, or two versions of one
 * object. A service that does not answer is asked again.
 */
final class Watcher {

    private final CatalogDataset dataset;
    private final String table;
    private final Map<String, Long> wholeVersions = new ConcurrentHashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean stopping;
    private final AtomicLong looks = new AtomicLong();

    Watcher(CatalogDataset dataset, String table) {
        this.dataset = dataset;
        this.table = table;
        this.thread = new Thread(this::watch, "watcher");
        thread.setDaemon(true);
        thread.start();
    }

    /** Says which versions there will be; before they are delivered. */
    void expect(Catalogue... catalogues) {
        for (Catalogue catalogue : catalogues) {
            wholeVersions.put(catalogue.date() + "/" + catalogue.tag(), (long) catalogue.rows());
        }
    }

    /** What was seen and must not be; empty if all was well. */
    List<String> violations() {
        return violations;
    }

    long looks() {
        return looks.get();
    }

    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    private void watch() {
        while (!stopping) {
            try {
                check(Shown.of(dataset, table));
                looks.incrementAndGet();
            } catch (BigQueryException e) {
                Thread.onSpinWait(); // not there yet, or being restarted
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void check(Shown shown) {
        Map<String, String> versionOf = new HashMap<>();
        shown.rows().forEach((version, rows) -> {
            if (!rows.equals(wholeVersions.get(version))) {
                violations.add(version + " with " + rows + " rows in " + shown);
            }
            String other = versionOf.put(version.substring(0, version.indexOf('#')), version);
            if (other != null) {
                violations.add(version + " beside " + other + " in " + shown);
            }
        });
    }
}
