package io.catalogconnect.localbigquery.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * One open DuckDB file: metadata, rows and transactions. Thread-safe: any number of concurrent readers, and one writer at a time in
 * first-come order.
 *
 * <p>A committed transaction survives a crash of the process. An uncommitted one leaves no trace.
 */
public final class Warehouse implements AutoCloseable {
    private final DuckDBConnection root;
    private final Clock clock;
    private final PrivateFiles files;
    private final ReentrantLock writing = new ReentrantLock(true);
    /** Ensures that the catalog and the DuckDB snapshot of a reader belong to the same commit. */
    private final ReentrantReadWriteLock publishing = new ReentrantReadWriteLock();

    private volatile Catalog catalog;
    /** Physical names of the tables with changes by primary key that are not applied. */
    private volatile Set<String> changedTables;
    /** Guarded by {@link #publishing}. */
    private Rewrites rewrites = Rewrites.NONE;

    private Warehouse(
            DuckDBConnection root, Clock clock, PrivateFiles files, Catalog catalog, Set<String> changedTables) {
        this.root = root;
        this.clock = clock;
        this.files = files;
        this.catalog = catalog;
        this.changedTables = changedTables;
    }

    /**
     * Opens a file, or creates it. Only the owner may read the file from then on.
     *
     * @param clock clock for creation times, ingestion times and expirations
     * @param memoryLimit memory limit of DuckDB, for example {@code 512MB}; null for half of the memory of the machine or container
     * @throws SQLException when the file is not a DuckDB database, or another process has it open
     */
    public static Warehouse open(Path file, Clock clock, @Nullable String memoryLimit) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        // A commit is durable once it is in the write-ahead log. The log is merged into the file when it reaches this
        // size.
        settings.setProperty("checkpoint_threshold", "256MB");
        // DuckDB would keep five row groups of a large INSERT, 600,000 rows, in memory before it writes them.
        settings.setProperty("write_buffer_row_group_count", "1");
        // DuckDB would take 80 percent, but the heap of the JVM and the clients need half of the memory.
        settings.setProperty("memory_limit", memoryLimit == null ? "50%" : memoryLimit);
        // A query that needs more memory continues in this directory.
        settings.setProperty("temp_directory", file.toAbsolutePath() + ".tmp");
        DuckDBConnection root =
                (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file.toAbsolutePath(), settings);
        try {
            try (Statement statement = root.createStatement()) {
                statement.execute("SET GLOBAL TimeZone = 'UTC'");
                // Compressing text takes two thirds of the time of a large INSERT or checkpoint, and saves only a third
                // of the file. DuckDB ignores this setting among those that open a file.
                statement.execute("SET GLOBAL disabled_compression_methods = 'dict_fsst,fsst'");
            }
            JavaFunctions.register(root);
            SystemTables.create(root);
            PrivateFiles files = new PrivateFiles(file);
            files.restrict();
            return new Warehouse(root, clock, files, SystemTables.load(root), RowChanges.pending(root));
        } catch (SQLException | RuntimeException e) {
            root.close();
            throw e;
        }
    }

    public Clock clock() {
        return clock;
    }

    /** The last committed metadata. */
    public Catalog catalog() {
        return catalog;
    }

    /**
     * Runs SQL on one snapshot. Readers run concurrently with each other and with the writer. Only if rows were changed by primary key, the
     * changes are applied first, in a write transaction.
     */
    public <T extends @Nullable Object> T read(ReadWork<T> work) throws SQLException {
        if (!changedTables.isEmpty() && !writing.isHeldByCurrentThread()) {
            boolean unused = inTransaction(session -> true);
        }
        try (Connection connection = root.duplicate()) {
            connection.setAutoCommit(false);
            try {
                return work.run(snapshot(connection));
            } finally {
                connection.rollback();
            }
        }
    }

    private ReadSession snapshot(Connection connection) throws SQLException {
        publishing.readLock().lock();
        try {
            SystemTables.touch(connection);
            return new Snapshot(connection, catalog, rewrites);
        } finally {
            publishing.readLock().unlock();
        }
    }

    private record Snapshot(Connection connection, Catalog catalog, Rewrites rewrites) implements ReadSession {
        @Override
        public long rewrites(StoredTable table) {
            return rewrites.of(table);
        }
    }

    /**
     * Runs a write transaction; no other one runs at the same time. The transaction is durable when this method returns. An exception of
     * the work rolls it back and is rethrown. Must not be called from inside another write transaction.
     */
    public <T extends @Nullable Object> T inTransaction(WriteWork<T> work) throws SQLException {
        return write(work, true);
    }

    /** Like {@link #inTransaction}, for work that only appends rows and does not change or remove any. */
    public <T extends @Nullable Object> T appending(WriteWork<T> work) throws SQLException {
        return write(work, false);
    }

    private <T extends @Nullable Object> T write(WriteWork<T> work, boolean rewriting) throws SQLException {
        if (writing.isHeldByCurrentThread()) {
            throw new IllegalStateException("A write transaction was begun inside another");
        }
        writing.lock();
        try (DuckDBConnection connection = root.duplicate()) {
            connection.setAutoCommit(false);
            // The driver starts a transaction with the first statement. An appender is not a statement: its rows would
            // be
            // committed separately.
            SystemTables.touch(connection);
            Session session = new Session(connection, catalog, clock, rewrites, changedTables);
            boolean done = false;
            try {
                boolean appliesChanges = rewriting && !changedTables.isEmpty();
                if (rewriting) {
                    session.applyChanges();
                }
                T result = work.run(session);
                if (!session.rollsBack()) {
                    Optional<Set<String>> rewritten = appliesChanges ? Optional.empty() : session.rewritten();
                    Rewrites after = rewritten.map(rewrites::after).orElseGet(rewrites::afterAny);
                    publish(connection, session, rewriting ? after : rewrites);
                    done = true;
                }
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        } finally {
            writing.unlock();
        }
    }

    private void publish(Connection connection, Session session, Rewrites after) throws SQLException {
        publishing.writeLock().lock();
        try {
            connection.commit();
            catalog = session.catalog();
            changedTables = session.changedTables();
            rewrites = after;
        } finally {
            publishing.writeLock().unlock();
        }
        files.restrict();
    }

    /** Waits for the running write transaction, then closes the file. Running reads fail. */
    @Override
    public void close() throws SQLException {
        writing.lock();
        try {
            root.close();
        } finally {
            writing.unlock();
        }
    }
}
