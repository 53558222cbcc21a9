package io.catalogconnect.localbigquery.rest;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetList;
import com.google.api.services.bigquery.model.DatasetReference;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.job.ServiceError;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Datasets: get, insert, patch, update, list, delete. */
final class DatasetRoutes {

    private final Warehouse warehouse;
    private final Permissions permissions;

    DatasetRoutes(Warehouse warehouse, Permissions permissions) {
        this.warehouse = warehouse;
        this.permissions = permissions;
    }

    void addTo(Router router) {
        String one = "projects/{project}/datasets/{dataset}";
        router.add("GET", "projects/{project}/datasets", this::list);
        router.add("POST", "projects/{project}/datasets", this::insert);
        router.add("GET", one, this::get);
        router.add("PATCH", one, this::patch);
        router.add("PUT", one, this::update);
        router.add("DELETE", one, this::delete);
    }

    private Response list(Request request, Arguments arguments) {
        Map<String, String> filter = Labels.filter(request.parameter("filter").orElse(""));
        String project = arguments.get("project");
        List<Dataset> datasets = request.flag("all")
                ? warehouse.catalog().datasets(project)
                : warehouse.catalog().visibleDatasets(project);
        List<Dataset> all = datasets.stream()
                .filter(dataset -> Labels.match(dataset.getLabels(), filter))
                .toList();
        Paging<Dataset> page = Paging.of(all, request);
        List<DatasetList.Datasets> items = page.items().stream()
                .map(dataset -> new DatasetList.Datasets()
                        .setKind("bigquery#dataset")
                        .setId(dataset.getId())
                        .setDatasetReference(dataset.getDatasetReference())
                        .setLabels(dataset.getLabels())
                        .setFriendlyName(dataset.getFriendlyName())
                        .setLocation(dataset.getLocation()))
                .toList();
        return Response.ok(new DatasetList()
                .setKind("bigquery#datasetList")
                .setDatasets(items.isEmpty() ? null : items)
                .setNextPageToken(page.next()));
    }

    private Response get(Request request, Arguments arguments) {
        permissions.onDataset("bigquery.datasets.get", arguments.dataset());
        return Response.ok(warehouse.catalog().requireDataset(arguments.dataset()));
    }

    private Response insert(Request request, Arguments arguments) throws SQLException {
        permissions.onProject("bigquery.datasets.create", arguments.get("project"));
        Dataset dataset = RequestJson.withoutNulls(request.text(), Dataset.class);
        DatasetReference reference = dataset.getDatasetReference();
        if (reference == null || reference.getDatasetId() == null) {
            throw ServiceError.invalid("Required parameter is missing: datasetReference.datasetId");
        }
        reference.setProjectId(arguments.get("project"));
        return Response.ok(warehouse.inTransaction(session -> session.createDataset(dataset)));
    }

    private Response patch(Request request, Arguments arguments) throws SQLException {
        permissions.onDataset("bigquery.datasets.update", arguments.dataset());
        return Response.ok(warehouse.inTransaction(session -> {
            Dataset before = session.catalog().requireDataset(arguments.dataset());
            request.checkEtag(before.getEtag());
            Dataset after = RequestJson.patch(before, request.text(), Dataset.class);
            return session.updateDataset(after.setDatasetReference(before.getDatasetReference()));
        }));
    }

    private Response update(Request request, Arguments arguments) throws SQLException {
        permissions.onDataset("bigquery.datasets.update", arguments.dataset());
        Dataset dataset = RequestJson.withoutNulls(request.text(), Dataset.class);
        DatasetRef ref = arguments.dataset();
        return Response.ok(warehouse.inTransaction(session -> {
            request.checkEtag(session.catalog().requireDataset(ref).getEtag());
            return session.updateDataset(dataset.setDatasetReference(ref.toReference()));
        }));
    }

    private Response delete(Request request, Arguments arguments) throws SQLException {
        permissions.onDataset("bigquery.datasets.delete", arguments.dataset());
        warehouse.inTransaction(session -> {
            session.dropDataset(arguments.dataset(), request.flag("deleteContents"));
            return true;
        });
        return Response.noContent();
    }
}
