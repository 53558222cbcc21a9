package io.catalogconnect.localbigquery.rest;

import com.google.api.services.bigquery.model.GetServiceAccountResponse;
import com.google.api.services.bigquery.model.ProjectList;
import com.google.api.services.bigquery.model.ProjectReference;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.math.BigInteger;
import java.util.List;

/** Projects: lists the projects that have a dataset. */
final class ProjectRoutes {

    private final Warehouse warehouse;

    ProjectRoutes(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    void addTo(Router router) {
        router.add("GET", "projects", (request, arguments) -> list(request));
        router.add(
                "GET",
                "projects/{project}/serviceAccount",
                (request, arguments) -> Response.ok(new GetServiceAccountResponse()
                        .setKind("bigquery#getServiceAccountResponse")
                        .setEmail("local-bigquery@" + arguments.get("project") + ".local")));
    }

    /** A number for a project, which clients expect but local-bigquery does not use. */
    private static BigInteger numericId(String project) {
        return BigInteger.valueOf(100_000_000_000L + (project.hashCode() & 0x7fff_ffffL));
    }

    private Response list(Request request) {
        Paging<String> page = Paging.of(warehouse.catalog().projects(), request);
        List<ProjectList.Projects> projects = page.items().stream()
                .map(id -> new ProjectList.Projects()
                        .setKind("bigquery#project")
                        .setId(id)
                        .setNumericId(numericId(id))
                        .setFriendlyName(id)
                        .setProjectReference(new ProjectReference().setProjectId(id)))
                .toList();
        return Response.ok(new ProjectList()
                .setKind("bigquery#projectList")
                .setProjects(projects)
                .setNextPageToken(page.next())
                .setTotalItems(warehouse.catalog().projects().size()));
    }
}
