package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.gson.JsonArray;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.sql.types.WireFormat;
import io.catalogconnect.localbigquery.store.Partitioning;
import io.catalogconnect.localbigquery.store.ReadSession;
import io.catalogconnect.localbigquery.store.Sql;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads rows of tables in insertion order, for tabledata.list. */
public final class TableRows {

    private final Warehouse warehouse;

    public TableRows(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** Reads a page of a table, or of one partition if the table id has a partition decorator ({@code t$20240131}). */
    public RowPage page(TableReference reference, long start, long maxRows, long maxBytes) throws SQLException {
        Decorated decorated = Decorated.of(reference);
        return warehouse.read(session -> page(session, decorated, start, maxRows, maxBytes));
    }

    private static RowPage page(ReadSession session, Decorated decorated, long start, long maxRows, long maxBytes)
            throws SQLException {
        StoredTable table = session.catalog().requireTable(decorated.table());
        if (table.isView()) {
            throw ServiceError.invalid("Cannot list a table of type VIEW.");
        }
        List<TableFieldSchema> schema = table.resource().getSchema() == null
                ? List.of()
                : table.resource().getSchema().getFields();
        String where = decorated.where(table.partitioning());
        try (Statement statement = session.connection().createStatement()) {
            long total = count(statement, table, where);
            List<JsonArray> rows = new ArrayList<>();
            if (schema.isEmpty() || maxRows == 0 || start >= total) {
                return new RowPage(schema, rows, start, Math.max(total, start));
            }
            List<ResultColumn> columns =
                    table.columns().stream().map(ResultColumn::of).toList();
            String names =
                    table.columns().stream().map(c -> Sql.quote(c.name())).collect(Collectors.joining(", "));
            String sql =
                    "SELECT " + names + " FROM " + table.sqlName() + where + " LIMIT " + maxRows + " OFFSET " + start;
            long bytes = 0;
            try (ResultSet result = statement.executeQuery(WireFormat.query(sql, columns))) {
                while (result.next() && (rows.isEmpty() || bytes < maxBytes)) {
                    JsonArray row = RowJson.row(result, columns.size());
                    bytes += row.toString().length();
                    rows.add(row);
                }
            }
            return new RowPage(schema, rows, start, total);
        }
    }

    private static long count(Statement statement, StoredTable table, String where) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table.sqlName() + where)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * A table reference, split into the table and the partition of its decorator.
     *
     * @param partition the id of the partition; empty without a decorator
     */
    public record Decorated(TableRef table, String partition) {

        public static Decorated of(TableReference reference) {
            String id = reference.getTableId();
            int dollar = id == null ? -1 : id.indexOf('$');
            if (reference.getProjectId() == null || reference.getDatasetId() == null || id == null) {
                throw ServiceError.invalid("A table reference needs projectId, datasetId and tableId");
            }
            TableRef ref = new TableRef(
                    reference.getProjectId(), reference.getDatasetId(), dollar < 0 ? id : id.substring(0, dollar));
            return new Decorated(ref, dollar < 0 ? "" : id.substring(dollar + 1));
        }

        /** SQL WHERE clause for the rows of the partition; empty for the whole table. */
        String where(Partitioning partitioning) {
            return partition.isEmpty() ? "" : " WHERE " + partitioning.sqlIn(partition);
        }
    }
}
