package io.catalogconnect.localbigquery.job;

import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.store.TableRef;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * BigQuery's limits for concurrent statements, and the time that statements take. UPDATE, DELETE, MERGE and TRUNCATE: 2 run for each
 * table, and 20 wait. INSERT: the first 1,500 of 24 hours run at once; then 10 run for each table, and 100 wait. SELECT has no limit.
 *
 * <p>Statements that change rows of a table without partitions conflict if they overlap, which they do only if statements take time: the
 * one that ends later runs again, at most three times. INSERT never conflicts. Conflicts of partitioned tables are not simulated, because
 * they depend on the partitions that a statement changes. Thread-safe.
 */
final class DmlLimits {

    private static final Set<String> MUTATING = Set.of("UPDATE", "DELETE", "MERGE", "TRUNCATE_TABLE");
    private static final int MOST_RERUNS = 3;
    private static final int FREE_INSERTS = 1_500;
    private static final Duration DAY = Duration.ofHours(24);

    /** Runs a statement. */
    @FunctionalInterface
    interface Execution {
        JobOutcome run() throws SQLException;
    }

    private static final class Outstanding {
        private final StatementQueue changes = new StatementQueue(2, 20);
        private final StatementQueue inserts = new StatementQueue(10, 100);
        private final Deque<Long> recentInserts = new ArrayDeque<>();
        /** Number of changes. Guarded by this object, also while a change is executed. */
        private long version;

        /** Whether an INSERT may run at once. */
        boolean isFree(long now) {
            synchronized (recentInserts) {
                while (!recentInserts.isEmpty() && recentInserts.getFirst() <= now - DAY.toMillis()) {
                    recentInserts.removeFirst();
                }
                if (recentInserts.size() >= FREE_INSERTS) {
                    return false;
                }
                recentInserts.addLast(now);
                return true;
            }
        }

        synchronized long version() {
            return version;
        }
    }

    private final Clock clock;
    private final Runnable latency;
    private final Map<TableRef, Outstanding> tables = new ConcurrentHashMap<>();

    /** @param latency takes the time that a statement runs at least */
    DmlLimits(Clock clock, Runnable latency) {
        this.clock = clock;
        this.latency = latency;
    }

    /**
     * Runs a statement when its table permits it.
     *
     * @throws ServiceError if too many statements wait, or if the statement conflicts with others
     */
    JobOutcome run(RunningJob job, StatementPlan plan, Execution execution) throws SQLException {
        if (!(plan instanceof StatementPlan.Dml dml)) {
            latency.run();
            return execution.run();
        }
        TableRef table = dml.target().ref();
        Outstanding outstanding = tables.computeIfAbsent(table, each -> new Outstanding());
        if (MUTATING.contains(dml.statementType())) {
            boolean conflicts = !dml.target().partitioning().isPartitioned();
            return queued(outstanding.changes, job, table, () -> change(outstanding, table, conflicts, execution));
        }
        Execution insert = () -> {
            latency.run();
            return execution.run();
        };
        return outstanding.isFree(clock.millis()) ? insert.run() : queued(outstanding.inserts, job, table, insert);
    }

    private static JobOutcome queued(StatementQueue queue, RunningJob job, TableRef table, Execution execution)
            throws SQLException {
        if (!queue.tryEnter()) {
            if (!queue.join()) {
                throw new ServiceError(
                        400,
                        "resourcesExceeded",
                        "Resources exceeded during query execution: Too many DML statements outstanding against table "
                                + table + ", limit is " + queue.mostWaiting() + ".");
            }
            job.queued(true);
            queue.await();
            job.queued(false);
        }
        try {
            return execution.run();
        } finally {
            queue.leave();
        }
    }

    private JobOutcome change(Outstanding table, TableRef name, boolean conflicts, Execution execution)
            throws SQLException {
        for (int reruns = 0; reruns <= MOST_RERUNS; reruns++) {
            long version = table.version();
            latency.run();
            synchronized (table) {
                if (version == table.version || !conflicts) {
                    JobOutcome outcome = execution.run();
                    table.version += outcome.changedRows() > 0 ? 1 : 0;
                    return outcome;
                }
            }
        }
        throw new ServiceError(
                400, "invalidQuery", "Could not serialize access to table " + name + " due to concurrent update");
    }
}
