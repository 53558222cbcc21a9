package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.commit.Backoff;
import io.catalogconnect.bigquery.commit.RowFormat;
import io.catalogconnect.bigquery.commit.ServiceUnavailableException;
import io.catalogconnect.bigquery.commit.TableReadiness;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.TableMismatchException;
import io.catalogconnect.bigquery.table.TableProvisioner;
import io.catalogconnect.bigquery.table.TableShape;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares the tables of rows: creates or changes a table so that it accepts a format, on other threads and one change of
 * a table at a time. Used by the task's thread only.
 */
final class TablePreparation implements TableReadiness {

    private static final Logger LOG = LoggerFactory.getLogger(TablePreparation.class);

    /** Time in milliseconds after which a table that refused a format is read again, because it may have been changed. */
    private static final long REFUSAL_MS = 30_000;

    /** Calls about a table that are repeated while the service is unavailable. At most one such call runs for a table. */
    private final class Attempts<T> {
        private final String table;
        private @Nullable CompletableFuture<T> work;
        private long notBefore;
        private int failures;

        private Attempts(String table) {
            this.table = table;
        }

        /**
         * The result, or empty while the call has not ended.
         *
         * @throws RuntimeException if the call failed and a retry does not help
         */
        Optional<T> advance(Supplier<T> call) {
            if (work == null) {
                begin(call);
                return Optional.empty();
            }
            return result();
        }

        /** Begins a call unless it is too early, or another call about the table runs. */
        private void begin(Supplier<T> call) {
            if (clock.millis() >= notBefore && busyTables.add(table)) {
                CompletableFuture<T> begun = CompletableFuture.supplyAsync(call, blocking);
                work = begun;
                var unused = begun.whenComplete((done, failure) -> wakeUp.run());
            }
        }

        /** As {@link #advance}, without beginning a call. */
        Optional<T> result() {
            CompletableFuture<T> running = work;
            if (running == null || !running.isDone()) {
                return Optional.empty();
            }
            work = null;
            busyTables.remove(table);
            try {
                return Optional.of(running.join());
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof ServiceUnavailableException unavailable)) {
                    throw e.getCause() instanceof RuntimeException cause ? cause : e;
                }
                long delay = backoff.delayMillis(failures++);
                pause(delay);
                LOG.warn("Table {}: retrying in {} ms: {}", table, delay, unavailable.getMessage());
                return Optional.empty();
            }
        }

        boolean isRunning() {
            return work != null;
        }

        void pause(long millis) {
            notBefore = clock.millis() + millis;
        }
    }

    private final class Preparation {
        private final String table;
        private final TableShape shape;
        private final Attempts<Boolean> attempts;
        private @Nullable TableMismatchException refusal;
        private @Nullable RuntimeException failure;
        private long failedAt;
        private boolean done;

        private Preparation(String table, TableShape shape) {
            this.table = table;
            this.shape = shape;
            this.attempts = new Attempts<>(table);
        }

        /**
         * Begins to prepare the table, unless a call runs.
         *
         * @throws RuntimeException if the last call failed and a retry does not help
         */
        private void advance() {
            end();
            RuntimeException last = failure;
            if (last != null) {
                failure = null;
                if (clock.millis() - failedAt < REFUSAL_MS) {
                    throw last;
                }
            }
            if (!done && !attempts.isRunning()) {
                attempts.begin(() -> provisioner.ensure(table, shape));
                if (attempts.isRunning()) {
                    running.add(this);
                }
            }
        }

        /** Keeps the result of the call if it has ended. A failure is thrown only if a row needs the table soon. */
        private void end() {
            try {
                attempts.result().ifPresent(typesChanged -> {
                    done = true;
                    refusal = null;
                    if (typesChanged) {
                        outdated.accept(table);
                    }
                });
            } catch (TableMismatchException e) {
                if (e.extent() == TableMismatchException.Extent.TABLE) {
                    fail(e);
                } else {
                    refuse(e);
                    outdated.accept(table);
                }
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void fail(RuntimeException reason) {
            failure = reason;
            failedAt = clock.millis();
        }

        private void refuse(TableMismatchException reason) {
            refusal = reason;
            attempts.pause(REFUSAL_MS);
        }
    }

    private final TableProvisioner provisioner;
    private final Executor blocking;
    private final Backoff backoff;
    private final Clock clock;
    private final Runnable wakeUp;
    private final Consumer<String> outdated;
    /** Without the formats that no row and no compiled schema has any more. */
    private final Map<RowFormat, Preparation> preparations = new WeakHashMap<>();

    private final Map<String, Attempts<Optional<List<Column>>>> reads = new HashMap<>();
    private final Set<String> busyTables = new HashSet<>();
    /** The preparations with a call whose end was not seen. They remain although no row has their formats any more. */
    private final Set<Preparation> running = new HashSet<>();

    private final List<CompletableFuture<?>> checks = new ArrayList<>();

    /** @param outdated receives each table whose types were changed, or that refused a format after it was registered */
    TablePreparation(
            TableProvisioner provisioner,
            Executor blocking,
            Backoff backoff,
            Clock clock,
            Runnable wakeUp,
            Consumer<String> outdated) {
        this.provisioner = provisioner;
        this.blocking = blocking;
        this.backoff = backoff;
        this.clock = clock;
        this.wakeUp = wakeUp;
        this.outdated = outdated;
    }

    /** Starts to check tables that will be written, so that a task fails at its start if one of them accepts no rows. */
    void check(Collection<String> tables) {
        for (String table : tables) {
            CompletableFuture<?> check = CompletableFuture.supplyAsync(() -> provisioner.columns(table), blocking);
            checks.add(check);
            var unused = check.whenComplete((done, failure) -> wakeUp.run());
        }
    }

    /** Whether a check has not ended. */
    boolean isChecking() {
        return !checks.isEmpty();
    }

    /**
     * Removes the checks that have ended.
     *
     * @throws RuntimeException if a table accepts no rows; the message says what to do
     */
    void endChecks() {
        for (Iterator<CompletableFuture<?>> each = checks.iterator(); each.hasNext(); ) {
            CompletableFuture<?> check = each.next();
            if (check.isDone()) {
                each.remove();
                try {
                    check.join();
                } catch (CompletionException e) {
                    if (!(e.getCause() instanceof ServiceUnavailableException)) {
                        throw e.getCause() instanceof RuntimeException cause ? cause : e;
                    }
                    // The table is checked again before its first row is written.
                }
            }
        }
    }

    /**
     * Ends the preparations whose calls have ended, also those that no row waits for any more: until then, nothing else can
     * be done with their tables.
     */
    void endPreparations() {
        running.removeIf(preparation -> {
            preparation.end();
            return !preparation.attempts.isRunning();
        });
    }

    /**
     * Passes on the columns of a table when they are read. Until then it is called again, and this task does not change the table.
     *
     * @throws RuntimeException if they cannot be read
     */
    void read(String table, Consumer<Optional<List<Column>>> whenRead) {
        reads.computeIfAbsent(table, Attempts::new)
                .advance(() -> provisioner.columns(table))
                .ifPresent(columns -> {
                    reads.remove(table);
                    whenRead.accept(columns);
                });
    }

    /** Adds a format and the table that it needs; see {@link io.catalogconnect.bigquery.record.RowFactory.Tables}. */
    boolean register(RowFormat format, TableShape shape, Optional<List<Column>> columns) {
        Preparation preparation = new Preparation(format.table(), shape);
        preparations.put(format, preparation);
        if (columns.isPresent()) {
            try {
                provisioner.compare(format.table(), columns.get(), shape.columns());
            } catch (TableMismatchException e) {
                if (e.extent() != TableMismatchException.Extent.TABLE) {
                    preparation.refuse(e);
                    return false;
                }
                // The preparation reports that no row can be written.
            }
        }
        return true;
    }

    /**
     * Whether the table accepts rows of this format now; if not, starts to prepare it.
     *
     * @throws RuntimeException if the table cannot be prepared for any format; the message says what to do
     */
    @Override
    public boolean accepts(RowFormat format) {
        Preparation preparation = preparation(format);
        if (!preparation.done) {
            preparation.advance();
        }
        return preparation.done;
    }

    @Override
    public Optional<TableMismatchException> refusal(RowFormat format) {
        Preparation preparation = preparation(format);
        boolean isReadAgain = preparation.attempts.isRunning();
        return isReadAgain ? Optional.empty() : Optional.ofNullable(preparation.refusal);
    }

    private Preparation preparation(RowFormat format) {
        Preparation preparation = preparations.get(format);
        if (preparation == null) {
            throw new IllegalStateException("an unregistered format of table " + format.table());
        }
        return preparation;
    }

    @Override
    public void recheck(String table) {
        preparations.forEach((format, preparation) -> {
            if (format.table().equals(table)) {
                preparation.done = false;
            }
        });
    }
}
