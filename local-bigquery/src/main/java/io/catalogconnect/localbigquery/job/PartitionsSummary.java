package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.gson.JsonArray;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The table {@code t$__PARTITIONS_SUMMARY__}, from which clients list the partitions of a table. */
public final class PartitionsSummary {

    private static final String DECORATOR = "$__PARTITIONS_SUMMARY__";
    private static final List<TableFieldSchema> SCHEMA = List.of(
            field("project_id", "STRING"),
            field("dataset_id", "STRING"),
            field("table_id", "STRING"),
            field("partition_id", "STRING"),
            field("creation_time", "INTEGER"),
            field("creation_timestamp", "TIMESTAMP"),
            field("last_modified_time", "INTEGER"),
            field("last_modified_timestamp", "TIMESTAMP"));

    private final Warehouse warehouse;

    public PartitionsSummary(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    private static TableFieldSchema field(String name, String type) {
        return new TableFieldSchema().setName(name).setType(type).setMode("NULLABLE");
    }

    /** Returns whether a table id names such a table. */
    public static boolean isNamedBy(String tableId) {
        return tableId.endsWith(DECORATOR);
    }

    /** The resource of the table. */
    public Table resource(TableReference reference) {
        StoredTable stored = warehouse.catalog().requireTable(base(reference));
        return new Table()
                .setKind("bigquery#table")
                .setId(stored.ref() + DECORATOR)
                .setTableReference(reference)
                .setType("TABLE")
                .setSchema(new TableSchema().setFields(new ArrayList<>(SCHEMA)));
    }

    /** A page of the partitions that have rows, in the order of their ids. */
    public RowPage page(TableReference reference, long start, long maxRows) throws SQLException {
        return warehouse.read(session -> {
            StoredTable table = session.catalog().requireTable(base(reference));
            String id = table.partitioning()
                    .sqlId()
                    .orElseThrow(() -> ServiceError.invalid("Table " + table.ref() + " is not partitioned."));
            List<JsonArray> rows = new ArrayList<>();
            try (Statement statement = session.connection().createStatement();
                    ResultSet ids = statement.executeQuery(
                            "SELECT DISTINCT " + id + " AS _id FROM " + table.sqlName() + " ORDER BY _id")) {
                while (ids.next()) {
                    rows.add(row(table, ids.getString(1)));
                }
            }
            int from = (int) Math.min(start, rows.size());
            int to = (int) Math.min(from + maxRows, rows.size());
            return new RowPage(SCHEMA, rows.subList(from, to), start, rows.size());
        });
    }

    /** The times are those of the table, because times of partitions are not stored. */
    private static JsonArray row(StoredTable table, String partition) {
        Table resource = table.resource();
        JsonArray row = new JsonArray();
        row.add(table.ref().project());
        row.add(table.ref().dataset());
        row.add(table.ref().table());
        row.add(partition);
        row.add(resource.getCreationTime());
        row.add(resource.getCreationTime() * 1000);
        row.add(resource.getLastModifiedTime().longValue());
        row.add(resource.getLastModifiedTime().longValue() * 1000);
        return row;
    }

    private static TableRef base(TableReference reference) {
        String id = reference.getTableId();
        return new TableRef(
                reference.getProjectId(), reference.getDatasetId(), id.substring(0, id.length() - DECORATOR.length()));
    }
}
