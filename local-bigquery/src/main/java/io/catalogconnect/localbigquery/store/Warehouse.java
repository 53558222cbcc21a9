package io.catalogconnect.localbigquery.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * One open DuckDB file with everything in it. Thread-safe: any number of readers, one writer at a time in the order they came.
 *
 * <p>What a transaction has committed survives the death of the process; what it has not leaves no trace.
 */
public final class Warehouse implements AutoCloseable {
    private final DuckDBConnection root;
    private final Clock clock;
    private final ReentrantLock writing = new ReentrantLock(true);
    /** Keeps a reader's catalog and its DuckDB snapshot of the same moment. */
    private final ReentrantReadWriteLock publishing = new ReentrantReadWriteLock();

    private volatile Catalog catalog;
    /** Guarded by {@link #publishing}. */
    private long rewrites;

    private Warehouse(DuckDBConnection root, Clock clock, Catalog catalog) {
        this.root = root;
        this.clock = clock;
        this.catalog = catalog;
    }

    /**
     * Opens a file, or makes it.
     *
     * @param clock tells creation times, ingestion times and what has expired
     * @param memoryLimit of DuckDB ({@code 512MB}); its own default, four fifths of the machine, when null
     * @throws SQLException when the file is not a DuckDB database, or another process has it open
     */
    public static Warehouse open(Path file, Clock clock, @Nullable String memoryLimit) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        // A commit is durable once it is in the write-ahead log; the log is folded into the file when it has this size.
        settings.setProperty("checkpoint_threshold", "256MB");
        if (memoryLimit != null) {
            settings.setProperty("memory_limit", memoryLimit);
        }
        DuckDBConnection root =
                (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file.toAbsolutePath(), settings);
        try {
            try (Statement statement = root.createStatement()) {
                statement.execute("SET GLOBAL TimeZone = 'UTC'");
            }
            JavaFunctions.register(root);
            SystemTables.create(root);
            return new Warehouse(root, clock, SystemTables.load(root));
        } catch (SQLException | RuntimeException e) {
            root.close();
            throw e;
        }
    }

    public Clock clock() {
        return clock;
    }

    /** The metadata as last committed. */
    public Catalog catalog() {
        return catalog;
    }

    /** Runs SQL on one snapshot; several readers run at the same time, and a writer does not disturb them. */
    public <T extends @Nullable Object> T read(ReadWork<T> work) throws SQLException {
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

    private record Snapshot(Connection connection, Catalog catalog, long rewrites) implements ReadSession {}

    /**
     * Runs a write transaction, alone. It is durable when this returns; an exception out of the work undoes it and is thrown on. Must not
     * be called from inside itself.
     */
    public <T extends @Nullable Object> T inTransaction(WriteWork<T> work) throws SQLException {
        return write(work, 1);
    }

    /** As {@link #inTransaction}, for work that does nothing to the rows of tables but add some at their end. */
    public <T extends @Nullable Object> T appending(WriteWork<T> work) throws SQLException {
        return write(work, 0);
    }

    private <T extends @Nullable Object> T write(WriteWork<T> work, int rewriting) throws SQLException {
        if (writing.isHeldByCurrentThread()) {
            throw new IllegalStateException("A write transaction was begun inside another");
        }
        writing.lock();
        try (DuckDBConnection connection = root.duplicate()) {
            connection.setAutoCommit(false);
            // The driver begins a transaction with the first statement, and an appender is none: its rows would be
            // committed by themselves.
            SystemTables.touch(connection);
            Session session = new Session(connection, catalog, clock, rewrites);
            boolean done = false;
            try {
                T result = work.run(session);
                publish(connection, session.catalog(), rewriting);
                done = true;
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

    private void publish(Connection connection, Catalog changed, int rewriting) throws SQLException {
        publishing.writeLock().lock();
        try {
            connection.commit();
            catalog = changed;
            rewrites += rewriting;
        } finally {
            publishing.writeLock().unlock();
        }
    }

    /** Waits for the writer of the moment, then closes the file. Readers still at work fail. */
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
