package io.catalogconnect.localbigquery.rest;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableList;
import com.google.api.services.bigquery.model.TableReference;
import io.catalogconnect.localbigquery.job.ServiceError;
import io.catalogconnect.localbigquery.job.TableStatistics;
import io.catalogconnect.localbigquery.job.ViewSchema;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.SQLException;
import java.util.List;

/** Tables and views: get, insert, patch, update, list, delete. */
final class TableRoutes {

    private final Warehouse warehouse;
    private final TableStatistics figures;

    TableRoutes(Warehouse warehouse) {
        this.warehouse = warehouse;
        this.figures = new TableStatistics(warehouse);
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
        TableRef ref = arguments.dataset().table(dollar < 0 ? id : id.substring(0, dollar));
        return Response.ok(figures.with(ref, dollar < 0 ? "" : id.substring(dollar + 1)));
    }

    private Response insert(Request request, Arguments arguments) throws SQLException {
        Table table = Merge.withoutNulls(request.text(), Table.class);
        TableReference reference = table.getTableReference();
        if (reference == null || reference.getTableId() == null) {
            throw ServiceError.invalid("Required parameter is missing: tableReference.tableId");
        }
        reference.setProjectId(arguments.get("project")).setDatasetId(arguments.get("dataset"));
        return Response.ok(warehouse.inTransaction(session -> {
            Table complete = ViewSchema.complete(
                    table, session.catalog(), warehouse.clock().instant());
            return session.createTable(complete).resource();
        }));
    }

    private Response patch(Request request, Arguments arguments) throws SQLException {
        return Response.ok(warehouse.inTransaction(session -> {
            Table before = session.catalog().requireTable(arguments.table()).resource();
            Merge.checkEtag(request, before.getEtag());
            Table after =
                    Merge.patch(before, request.text(), Table.class).setTableReference(before.getTableReference());
            Table complete = ViewSchema.complete(
                    after, session.catalog(), warehouse.clock().instant());
            return session.updateTable(complete).resource();
        }));
    }

    private Response update(Request request, Arguments arguments) throws SQLException {
        Table table = Merge.withoutNulls(request.text(), Table.class)
                .setTableReference(arguments.table().toReference());
        return Response.ok(warehouse.inTransaction(session -> {
            Merge.checkEtag(
                    request,
                    session.catalog().requireTable(arguments.table()).resource().getEtag());
            Table complete = ViewSchema.complete(
                    table, session.catalog(), warehouse.clock().instant());
            return session.updateTable(complete).resource();
        }));
    }

    private Response delete(Request request, Arguments arguments) throws SQLException {
        figures.delete(new TableReference()
                .setProjectId(arguments.get("project"))
                .setDatasetId(arguments.get("dataset"))
                .setTableId(arguments.get("table")));
        return Response.noContent();
    }
}
