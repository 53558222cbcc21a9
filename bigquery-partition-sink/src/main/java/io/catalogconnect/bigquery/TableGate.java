package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.commit.Backoff;
import io.catalogconnect.bigquery.commit.RowFormat;
import io.catalogconnect.bigquery.commit.ServiceUnavailableException;
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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets rows of a format pass once their table takes them. Tables are made and changed on other threads, one change of a
 * table at a time; this object is used by the task's thread only.
 */
final class TableGate implements Predicate<RowFormat> {

    private static final Logger LOG = LoggerFactory.getLogger(TableGate.class);

    private static final class Passage {
        private final TableShape shape;
        private @Nullable CompletableFuture<Void> work;
        private boolean open;
        private long notBefore;
        private int failures;

        private Passage(TableShape shape) {
            this.shape = shape;
        }
    }

    private final TableProvisioner provisioner;
    private final Executor waiting;
    private final Backoff backoff;
    private final Clock clock;
    private final Runnable wakeUp;
    private final Map<RowFormat, Passage> passages = new HashMap<>();
    private final Set<String> busyTables = new HashSet<>();

    TableGate(TableProvisioner provisioner, Executor waiting, Backoff backoff, Clock clock, Runnable wakeUp) {
        this.provisioner = provisioner;
        this.waiting = waiting;
        this.backoff = backoff;
        this.clock = clock;
        this.wakeUp = wakeUp;
    }

    /** Makes a format known, and what its table must be. */
    void register(RowFormat format, TableShape shape) {
        passages.put(format, new Passage(shape));
    }

    /**
     * Whether the table takes rows of this format now; sees to it that it soon will.
     *
     * @throws RuntimeException if it never will, saying what to do
     */
    @Override
    public boolean test(RowFormat format) {
        Passage passage = passages.get(format);
        if (passage == null) {
            throw new IllegalStateException("a format of table " + format.table() + " that nobody registered");
        }
        if (passage.open) {
            return true;
        }
        CompletableFuture<Void> work = passage.work;
        if (work == null) {
            begin(format, passage);
            return false;
        }
        if (!work.isDone()) {
            return false;
        }
        passage.work = null;
        busyTables.remove(format.table());
        try {
            work.join();
            passage.open = true;
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof ServiceUnavailableException)) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
            long delay = backoff.delayMillis(passage.failures++);
            passage.notBefore = clock.millis() + delay;
            LOG.warn(
                    "Preparing table {} again in {} ms: {}",
                    format.table(),
                    delay,
                    e.getCause().getMessage());
        }
        return passage.open;
    }

    private void begin(RowFormat format, Passage passage) {
        if (clock.millis() < passage.notBefore || !busyTables.add(format.table())) {
            return;
        }
        CompletableFuture<Void> begun =
                CompletableFuture.runAsync(() -> provisioner.ensure(format.table(), passage.shape), waiting);
        passage.work = begun;
        var unused = begun.whenComplete((done, failure) -> wakeUp.run());
    }
}
