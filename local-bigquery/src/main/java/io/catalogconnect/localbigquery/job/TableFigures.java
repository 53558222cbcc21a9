package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import io.catalogconnect.localbigquery.sql.TableBytes;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A table's resource with the figures that are counted, not kept; and removing a table or one of its partitions. */
public final class TableFigures {

    private final Warehouse warehouse;

    public TableFigures(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * The resource with rows and bytes.
     *
     * @param partition a partition's id, or empty for the whole table
     */
    public Table with(TableRef ref, String partition) throws SQLException {
        return warehouse.read(session -> {
            StoredTable stored = session.catalog().requireTable(ref);
            Table table = stored.resource();
            if (stored.isView()) {
                return table;
            }
            String where = new TableRows.Decorated(ref, partition).where(stored.partitioning());
            String sql = "SELECT count(*), CAST(coalesce(sum(" + TableBytes.row(stored) + "), 0) AS BIGINT) FROM "
                    + stored.sqlName() + where;
            try (Statement statement = session.connection().createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                table.setNumRows(BigInteger.valueOf(rows.getLong(1)));
                table.setNumBytes(rows.getLong(2)).setNumLongTermBytes(0L).setNumTotalLogicalBytes(rows.getLong(2));
            }
            return table;
        });
    }

    /** Removes a table or view, or the rows of a partition when the id is decorated. */
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
