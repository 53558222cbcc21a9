package io.catalogconnect.localbigquery.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Stores rows that are durable but not yet visible: rows of BUFFERED and PENDING streams, and rows whose visibility a fault delays. Each
 * table has at most one companion table for such rows. It is created when it is first needed and has the columns of the table, the holder
 * and the offset.
 */
final class InvisibleRows {
    private static final String HOLDER = "_partition_holder";
    private static final String OFFSET = "_partition_offset";

    private final DuckDBConnection connection;

    InvisibleRows(DuckDBConnection connection) {
        this.connection = connection;
    }

    static String sqlName(StoredTable table) {
        return "held." + Sql.quote(table.physicalName());
    }

    boolean exists(StoredTable table) throws SQLException {
        return SystemTables.exists(connection, "held", table.physicalName());
    }

    void drop(StoredTable table) throws SQLException {
        execute("DROP TABLE IF EXISTS " + sqlName(table));
    }

    void hold(
            StoredTable table, String holder, long offset, Iterable<@Nullable Object[]> rows, @Nullable Instant arrived)
            throws SQLException {
        if (!exists(table)) {
            execute("CREATE TABLE " + sqlName(table) + " AS SELECT CAST(NULL AS VARCHAR) AS " + HOLDER
                    + ", CAST(NULL AS BIGINT) AS " + OFFSET + ", * FROM " + table.sqlName() + " LIMIT 0");
        }
        RowAppender.Lead arrival = RowAppender.Lead.of(arrived);
        try (RowAppender appender = new RowAppender(connection, "held", table.physicalName(), table.columns())) {
            appender.append(rows, (row, index) -> {
                row.append(holder);
                row.append(offset + index);
                arrival.write(row, index);
            });
        }
    }

    long release(StoredTable table, String holder, long end) throws SQLException {
        if (!exists(table)) {
            return 0;
        }
        String columns = columns(table);
        long moved;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table.sqlName() + " (" + columns + ") SELECT " + columns + " FROM " + sqlName(table)
                        + " WHERE " + HOLDER + " = ? AND " + OFFSET + " < ? ORDER BY " + OFFSET)) {
            insert.setString(1, holder);
            insert.setLong(2, end);
            moved = insert.executeLargeUpdate();
        }
        delete(table, holder, end);
        return moved;
    }

    void discard(StoredTable table, String holder) throws SQLException {
        if (exists(table)) {
            delete(table, holder, Long.MAX_VALUE);
        }
    }

    private void delete(StoredTable table, String holder, long end) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM " + sqlName(table) + " WHERE " + HOLDER + " = ? AND " + OFFSET + " < ?")) {
            delete.setString(1, holder);
            delete.setLong(2, end);
            delete.executeUpdate();
        }
    }

    private static String columns(StoredTable table) {
        List<String> names =
                new ArrayList<>(table.columns().stream().map(Column::name).toList());
        if (table.partitioning().byIngestionTime()) {
            names.add(Partitioning.INGESTION_TIME);
        }
        return names.stream().map(Sql::quote).collect(Collectors.joining(", "));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
