package io.catalogconnect.localbigquery.rest;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableList;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.job.Jobs;
import io.catalogconnect.localbigquery.job.PartitionsSummary;
import io.catalogconnect.localbigquery.job.ServiceError;
import io.catalogconnect.localbigquery.job.TableStatistics;
import io.catalogconnect.localbigquery.job.ViewSchema;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables and views: get, insert, patch, update, list, delete. */
final class TableRoutes {

    private final Warehouse warehouse;
    private final Permissions permissions;
    private final Jobs jobs;
    private final TableStatistics figures;
    private final PartitionsSummary partitions;

    TableRoutes(Warehouse warehouse, Permissions permissions, Jobs jobs) {
        this.jobs = jobs;
        this.warehouse = warehouse;
        this.permissions = permissions;
        this.figures = new TableStatistics(warehouse);
        this.partitions = new PartitionsSummary(warehouse);
    }

    void addTo(Router router) {
        String one = "projects/{project}/datasets/{dataset}/tables/{table}";
        router.add("GET", "projects/{project}/datasets/{dataset}/tables", this::list);
        router.add("POST", "projects/{project}/datasets/{dataset}/tables", this::insert);
        router.add("GET", one, this::get);
        router.add("PATCH", one, this::patch);
        router.add("PUT", one, this::update);
        router.add("DELETE", one, this::delete);
    }

    private Response list(Request request, Arguments arguments) {
        permissions.onDataset("bigquery.tables.list", arguments.dataset());
        warehouse.catalog().requireDataset(arguments.dataset());
        List<StoredTable> all = warehouse.catalog().tables(arguments.dataset());
        Paging<StoredTable> page = Paging.of(all, request);
        List<TableList.Tables> items =
                page.items().stream().map(TableRoutes::item).toList();
        return Response.ok(new TableList()
                .setKind("bigquery#tableList")
                .setTables(items.isEmpty() ? null : items)
                .setNextPageToken(page.next())
                .setTotalItems(all.size()));
    }

    private static TableList.Tables item(StoredTable stored) {
        Table table = stored.resource();
        TableList.Tables item = new TableList.Tables()
                .setKind("bigquery#table")
                .setId(table.getId())
                .setTableReference(table.getTableReference())
                .setType(table.getType())
                .setFriendlyName(table.getFriendlyName())
                .setLabels(table.getLabels())
                .setTimePartitioning(table.getTimePartitioning())
                .setRangePartitioning(table.getRangePartitioning())
                .setClustering(table.getClustering())
                .setRequirePartitionFilter(table.getRequirePartitionFilter())
                .setCreationTime(table.getCreationTime())
                .setExpirationTime(table.getExpirationTime());
        if (stored.isView()) {
            item.setView(new TableList.Tables.View().setUseLegacySql(false));
        }
        return item;
    }

    private Response get(Request request, Arguments arguments) throws SQLException {
        String id = arguments.get("table");
        int dollar = id.indexOf('$');
        TableRef ref = TableRef.of(arguments.dataset(), dollar < 0 ? id : id.substring(0, dollar));
        Optional<Table> result = jobs.resultTable(ref.toReference());
        if (result.isPresent()) {
            return Response.ok(result.get());
        }
        permissions.onTable("bigquery.tables.get", ref);
        if (PartitionsSummary.isNamedBy(id)) {
            return Response.ok(partitions.resource(ref.toReference().setTableId(id)));
        }
        return Response.ok(figures.with(ref, dollar < 0 ? "" : id.substring(dollar + 1)));
    }

    private Response insert(Request request, Arguments arguments) throws SQLException {
        Table table = RequestJson.withoutNulls(request.text(), Table.class);
        TableReference reference = table.getTableReference();
        if (reference == null || reference.getTableId() == null) {
            throw ServiceError.invalid("Required parameter is missing: tableReference.tableId");
        }
        reference.setProjectId(arguments.get("project")).setDatasetId(arguments.get("dataset"));
        permissions.onDataset("bigquery.tables.create", arguments.dataset());
        requireTagPermission(null, table, TableRef.of(reference));
        return Response.ok(warehouse.inTransaction(session -> {
            Table complete = ViewSchema.complete(
                    table, session.catalog(), warehouse.clock().instant());
            return session.createTable(complete).resource();
        }));
    }

    private Response patch(Request request, Arguments arguments) throws SQLException {
        permissions.onTable("bigquery.tables.update", arguments.table());
        return Response.ok(warehouse.inTransaction(session -> {
            Table before = session.catalog().requireTable(arguments.table()).resource();
            request.checkEtag(before.getEtag());
            Table after = RequestJson.patch(before, request.text(), Table.class)
                    .setTableReference(before.getTableReference());
            requireTagPermission(before, after, arguments.table());
            Table complete = ViewSchema.complete(
                    after, session.catalog(), warehouse.clock().instant());
            return session.updateTable(complete).resource();
        }));
    }

    private Response update(Request request, Arguments arguments) throws SQLException {
        permissions.onTable("bigquery.tables.update", arguments.table());
        Table table = RequestJson.withoutNulls(request.text(), Table.class)
                .setTableReference(arguments.table().toReference());
        return Response.ok(warehouse.inTransaction(session -> {
            Table before = session.catalog().requireTable(arguments.table()).resource();
            request.checkEtag(before.getEtag());
            requireTagPermission(before, table, arguments.table());
            Table complete = ViewSchema.complete(
                    table, session.catalog(), warehouse.clock().instant());
            return session.updateTable(complete).resource();
        }));
    }

    /** Setting or removing policy tags needs another permission. */
    private void requireTagPermission(@Nullable Table before, Table after, TableRef table) {
        if (!tags("", before == null ? null : before.getSchema()).equals(tags("", after.getSchema()))) {
            permissions.onTable("bigquery.tables.setCategory", table);
        }
    }

    /** The policy tags of a schema by the path of their column. */
    private static Map<String, List<String>> tags(String path, @Nullable TableSchema schema) {
        Map<String, List<String>> tags = new TreeMap<>();
        if (schema != null && schema.getFields() != null) {
            for (TableFieldSchema field : schema.getFields()) {
                String name = path + field.getName();
                TableFieldSchema.PolicyTags own = field.getPolicyTags();
                if (own != null && own.getNames() != null && !own.getNames().isEmpty()) {
                    tags.put(name, own.getNames());
                }
                tags.putAll(tags(name + ".", new TableSchema().setFields(field.getFields())));
            }
        }
        return tags;
    }

    private Response delete(Request request, Arguments arguments) throws SQLException {
        permissions.onTable(
                "bigquery.tables.delete",
                TableRef.of(arguments.dataset(), arguments.get("table").replaceFirst("\\$.*", "")));
        figures.delete(new TableReference()
                .setProjectId(arguments.get("project"))
                .setDatasetId(arguments.get("dataset"))
                .setTableId(arguments.get("table")));
        return Response.noContent();
    }
}
