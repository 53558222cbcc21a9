package io.catalogconnect.localbigquery.rest;

import com.google.api.services.bigquery.model.TableReference;
import com.google.gson.JsonObject;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.job.Jobs;
import io.catalogconnect.localbigquery.job.PartitionsSummary;
import io.catalogconnect.localbigquery.job.RowInserts;
import io.catalogconnect.localbigquery.job.RowPage;
import io.catalogconnect.localbigquery.job.RunningJob;
import io.catalogconnect.localbigquery.job.TableRows;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Rows of tables and of query results: list, insertAll. */
final class TableDataRoutes {

    private final Permissions permissions;
    private final Jobs jobs;
    private final TableRows tables;
    private final RowInserts inserts;
    private final PartitionsSummary partitions;

    TableDataRoutes(Warehouse warehouse, Permissions permissions, Jobs jobs) {
        this.permissions = permissions;
        this.jobs = jobs;
        this.tables = new TableRows(warehouse);
        this.inserts = new RowInserts(warehouse);
        this.partitions = new PartitionsSummary(warehouse);
    }

    void addTo(Router router) {
        router.add("GET", "projects/{project}/datasets/{dataset}/tables/{table}/data", this::list);
        router.add("POST", "projects/{project}/datasets/{dataset}/tables/{table}/insertAll", this::insertAll);
    }

    private static TableReference reference(Arguments arguments) {
        return new TableReference()
                .setProjectId(arguments.get("project"))
                .setDatasetId(arguments.get("dataset"))
                .setTableId(arguments.get("table"));
    }

    private Response insertAll(Request request, Arguments arguments) throws SQLException {
        permissions.onTable(
                "bigquery.tables.updateData",
                TableRows.Decorated.of(reference(arguments)).table());
        return Response.ok(inserts.insert(reference(arguments), RequestJson.parse(request.text())));
    }

    private Response list(Request request, Arguments arguments) throws SQLException {
        TableReference table = reference(arguments);
        long start = Paging.start(request);
        long size = request.number("maxResults", QueryRoutes.MAX_ROWS);
        Optional<RunningJob> result = jobs.ofResultTable(table);
        if (result.isEmpty()) {
            permissions.onTable(
                    "bigquery.tables.getData", TableRows.Decorated.of(table).table());
        }
        RowPage page;
        if (result.isPresent()) {
            page = jobs.page(result.get(), start, size, QueryRoutes.MAX_BYTES);
        } else if (PartitionsSummary.isNamedBy(table.getTableId())) {
            page = partitions.page(table, start, size);
        } else {
            page = tables.page(table, start, size, QueryRoutes.MAX_BYTES);
        }
        String fields = request.parameter("selectedFields").orElse("");
        page = fields.isEmpty() ? page : page.select(List.of(fields.split(",", -1)));
        JsonObject body = new JsonObject();
        body.addProperty("kind", "bigquery#tableDataList");
        body.addProperty("totalRows", Long.toString(page.total()));
        if (page.next() >= 0 && size > 0) {
            body.addProperty("pageToken", Long.toString(page.next()));
        }
        if (!page.rows().isEmpty()) {
            body.add("rows", RestRows.of(request).rows(page));
        }
        return Response.json(body.toString());
    }
}
