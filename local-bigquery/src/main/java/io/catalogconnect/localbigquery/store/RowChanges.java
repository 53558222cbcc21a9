package io.catalogconnect.localbigquery.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Changes of rows by primary key (change data capture). An append only adds them to the table's log, in schema {@code changes}. They are
 * applied to the table before it is read next: of the changes of a key, the one with the highest sequence number counts, and of equal ones
 * the last. Schema {@code applied} keeps the number of each key, also of deleted ones, so that a change that arrives late has no effect.
 */
final class RowChanges {
    private static final String LOG = "changes";
    private static final String APPLIED = "applied";
    private static final String DELETES = "_partition_deletes";
    private static final String SEQUENCE = "_partition_sequence";
    private static final String ARRIVAL = "_partition_arrival";
    private static final String LAST = "temp._partition_last";

    private final DuckDBConnection connection;
    private final Set<String> pending;

    /** @param pending physical names of the tables with a log */
    RowChanges(DuckDBConnection connection, Set<String> pending) {
        this.connection = connection;
        this.pending = new HashSet<>(pending);
    }

    /** The physical names of the tables with a log in a file. */
    static Set<String> pending(Connection connection) throws SQLException {
        return SystemTables.tables(connection, LOG);
    }

    Set<String> pending() {
        return Set.copyOf(pending);
    }

    boolean exist(StoredTable table) throws SQLException {
        return pending.contains(table.physicalName()) || SystemTables.exists(connection, APPLIED, table.physicalName());
    }

    void add(StoredTable table, List<@Nullable Object[]> rows, List<RowChange> changes, @Nullable Instant arrived)
            throws SQLException {
        if (pending.add(table.physicalName())) {
            execute("CREATE TABLE " + log(table) + " AS SELECT CAST(NULL AS BOOLEAN) AS " + DELETES
                    + ", CAST(NULL AS VARCHAR) AS " + SEQUENCE + ", * FROM " + table.sqlName() + " LIMIT 0");
        }
        RowAppender.Lead arrival = RowAppender.Lead.of(arrived);
        try (RowAppender appender = new RowAppender(connection, LOG, table.physicalName(), table.columns())) {
            appender.append(rows, (row, index) -> {
                write(row, changes.get((int) index));
                arrival.write(row, index);
            });
        }
    }

    private static void write(DuckDBAppender row, RowChange change) throws SQLException {
        row.append(change.deletes());
        row.append(change.sequence());
    }

    /** Applies the logs of all tables. */
    void apply(Catalog catalog) throws SQLException {
        if (pending.isEmpty()) {
            return;
        }
        for (StoredTable table : catalog.tables()) {
            if (pending.remove(table.physicalName())) {
                apply(table);
            }
        }
    }

    private void apply(StoredTable table) throws SQLException {
        String key = names(table.primaryKey());
        String columns = columns(table);
        String applied = applied(table);
        execute("CREATE TABLE IF NOT EXISTS " + applied + " AS SELECT " + key + ", CAST(NULL AS VARCHAR) AS " + SEQUENCE
                + " FROM " + table.sqlName() + " LIMIT 0");
        execute("CREATE OR REPLACE TEMP TABLE _partition_last AS SELECT *, rowid AS " + ARRIVAL + " FROM " + log(table)
                + " QUALIFY row_number() OVER (PARTITION BY " + key + " ORDER BY " + SEQUENCE
                + " DESC, rowid DESC) = 1");
        execute("DELETE FROM " + LAST + " AS l USING " + applied + " AS r WHERE " + sameKey(table) + " AND r."
                + SEQUENCE + " > l." + SEQUENCE);
        execute("DELETE FROM " + table.sqlName() + " AS r USING " + LAST + " AS l WHERE " + sameKey(table));
        execute("INSERT INTO " + table.sqlName() + " (" + columns + ") SELECT " + columns + " FROM " + LAST
                + " WHERE NOT " + DELETES + " ORDER BY " + ARRIVAL);
        execute("DELETE FROM " + applied + " AS r USING " + LAST + " AS l WHERE " + sameKey(table));
        execute("INSERT INTO " + applied + " SELECT " + key + ", " + SEQUENCE + " FROM " + LAST);
        execute("DROP TABLE " + LAST);
        execute("DROP TABLE " + log(table));
    }

    /** Changes the type of a column of the primary key. */
    void changeType(StoredTable after, Column column) throws SQLException {
        if (after.primaryKey().contains(column) && SystemTables.exists(connection, APPLIED, after.physicalName())) {
            execute("ALTER TABLE " + applied(after) + " ALTER COLUMN " + Sql.quote(column.name()) + " TYPE "
                    + column.duckType());
        }
    }

    /** Removes all changes of a table that is dropped. */
    void drop(StoredTable table) throws SQLException {
        pending.remove(table.physicalName());
        execute("DROP TABLE IF EXISTS " + log(table));
        execute("DROP TABLE IF EXISTS " + applied(table));
    }

    private static String sameKey(StoredTable table) {
        return table.primaryKey().stream()
                .map(column -> Sql.quote(column.name()))
                .map(name -> "r." + name + " IS NOT DISTINCT FROM l." + name)
                .collect(Collectors.joining(" AND "));
    }

    private static String columns(StoredTable table) {
        List<String> names = new ArrayList<>();
        if (table.partitioning().byIngestionTime()) {
            names.add(Sql.quote(Partitioning.INGESTION_TIME));
        }
        names.add(names(table.columns()));
        return String.join(", ", names);
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(column -> Sql.quote(column.name())).collect(Collectors.joining(", "));
    }

    private static String log(StoredTable table) {
        return LOG + "." + Sql.quote(table.physicalName());
    }

    private static String applied(StoredTable table) {
        return APPLIED + "." + Sql.quote(table.physicalName());
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
