package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import io.catalogconnect.localbigquery.sql.plan.TableBytes;
import io.catalogconnect.localbigquery.store.ReadSession;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Row counts and sizes of tables. Counts a table once and afterwards only its new rows. Also removes tables and partitions. */
public final class TableStatistics {

    private static final int MAX_KNOWN = 10_000;

    private final Warehouse warehouse;
    private final Map<Key, Known> known = new ConcurrentHashMap<>();

    /** Key of a table, or of one of its partitions, by its physical name, which a recreated table does not share. */
    private record Key(String table, String partition) {}

    /** The counts up to and including a row id. */
    private record Known(long rewrites, long lastRow, long rows, long bytes) {}

    public TableStatistics(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * Returns the resource with the number of rows and bytes.
     *
     * @param partition the id of a partition, or empty for the whole table
     */
    public Table with(TableRef ref, String partition) throws SQLException {
        return warehouse.read(session -> {
            StoredTable stored = session.catalog().requireTable(ref);
            Table table = stored.resource();
            if (stored.isView()) {
                return table;
            }
            Known figures = figures(session, stored, partition);
            table.setNumRows(BigInteger.valueOf(figures.rows()));
            table.setNumBytes(figures.bytes()).setNumLongTermBytes(0L).setNumTotalLogicalBytes(figures.bytes());
            return table;
        });
    }

    private Known figures(ReadSession session, StoredTable table, String partition) throws SQLException {
        Key key = new Key(table.physicalName(), partition);
        Known before = known.get(key);
        Known figures = before == null || before.rewrites() != session.rewrites(table)
                ? null
                : grown(session, table, key, before);
        if (figures == null) {
            Known none = new Known(session.rewrites(table), -1, 0, 0);
            figures = Objects.requireNonNull(grown(session, table, key, none));
        }
        if (known.size() >= MAX_KNOWN) {
            known.clear();
        }
        known.put(key, figures);
        return figures;
    }

    /**
     * Adds the rows that were appended since the last count. Returns null if rows were also changed or removed, because DuckDB may then
     * reassign row ids.
     */
    private static @Nullable Known grown(ReadSession session, StoredTable table, Key key, Known before)
            throws SQLException {
        String where = new TableRows.Decorated(table.ref(), key.partition()).where(table.partitioning());
        String since = (where.isEmpty() ? " WHERE " : where + " AND ") + "rowid > " + before.lastRow();
        String sql = "SELECT (SELECT count(*) FROM " + table.sqlName() + where + "), count(*), CAST(coalesce(sum("
                + TableBytes.row(table) + "), 0) AS BIGINT), coalesce(max(rowid), " + before.lastRow() + ") FROM "
                + table.sqlName() + since;
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            long all = rows.getLong(1);
            return before.rows() + rows.getLong(2) == all
                    ? new Known(before.rewrites(), rows.getLong(4), all, before.bytes() + rows.getLong(3))
                    : null;
        }
    }

    /** Removes a table or view, or the rows of a partition if the id has a partition decorator. */
    public void delete(TableReference reference) throws SQLException {
        TableRows.Decorated decorated = TableRows.Decorated.of(reference);
        warehouse.inTransaction(session -> {
            StoredTable table = session.catalog().requireTable(decorated.table());
            if (decorated.partition().isEmpty()) {
                session.dropTable(decorated.table());
                return true;
            }
            try (Statement statement = session.connection().createStatement()) {
                return statement.executeUpdate("DELETE FROM " + table.sqlName() + decorated.where(table.partitioning()))
                        >= 0;
            }
        });
    }
}
