package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.commit.Backoff;
import io.catalogconnect.bigquery.commit.RowFormat;
import io.catalogconnect.bigquery.commit.ServiceUnavailableException;
import io.catalogconnect.bigquery.commit.TableReadiness;
import io.catalogconnect.bigquery.table.TableProvisioner;
import io.catalogconnect.bigquery.table.TableShape;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares the tables of rows: creates or changes a table so that it accepts a format, on other threads and one change of
 * a table at a time. Used by the task's thread only.
 */
final class TablePreparation implements TableReadiness {

    private static final Logger LOG = LoggerFactory.getLogger(TablePreparation.class);

    private static final class Preparation {
        private final TableShape shape;
        private @Nullable CompletableFuture<Void> work;
        private boolean done;
        private long notBefore;
        private int failures;

        private Preparation(TableShape shape) {
            this.shape = shape;
        }
    }

    private final TableProvisioner provisioner;
    private final Executor blocking;
    private final Backoff backoff;
    private final Clock clock;
    private final Runnable wakeUp;
    private final Map<RowFormat, Preparation> preparations = new HashMap<>();
    private final Set<String> busyTables = new HashSet<>();

    TablePreparation(TableProvisioner provisioner, Executor blocking, Backoff backoff, Clock clock, Runnable wakeUp) {
        this.provisioner = provisioner;
        this.blocking = blocking;
        this.backoff = backoff;
        this.clock = clock;
        this.wakeUp = wakeUp;
    }

    /** Adds a format and the table that it needs. */
    void register(RowFormat format, TableShape shape) {
        preparations.put(format, new Preparation(shape));
    }

    /**
     * Whether the table accepts rows of this format now; if not, starts to prepare it.
     *
     * @throws RuntimeException if the table cannot be prepared; the message says what to do
     */
    @Override
    public boolean accepts(RowFormat format) {
        Preparation preparation = preparations.get(format);
        if (preparation == null) {
            throw new IllegalStateException("an unregistered format of table " + format.table());
        }
        if (preparation.done) {
            return true;
        }
        CompletableFuture<Void> work = preparation.work;
        if (work == null) {
            begin(format, preparation);
            return false;
        }
        if (!work.isDone()) {
            return false;
        }
        preparation.work = null;
        busyTables.remove(format.table());
        try {
            work.join();
            preparation.done = true;
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof ServiceUnavailableException)) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
            long delay = backoff.delayMillis(preparation.failures++);
            preparation.notBefore = clock.millis() + delay;
            LOG.warn(
                    "Table {}: retrying the preparation in {} ms: {}",
                    format.table(),
                    delay,
                    e.getCause().getMessage());
        }
        return preparation.done;
    }

    @Override
    public void recheck(String table) {
        preparations.forEach((format, preparation) -> {
            if (format.table().equals(table)) {
                preparation.done = false;
            }
        });
    }

    private void begin(RowFormat format, Preparation preparation) {
        if (clock.millis() < preparation.notBefore || !busyTables.add(format.table())) {
            return;
        }
        CompletableFuture<Void> begun =
                CompletableFuture.runAsync(() -> provisioner.ensure(format.table(), preparation.shape), blocking);
        preparation.work = begun;
        var unused = begun.whenComplete((done, failure) -> wakeUp.run());
    }
}
