package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.BigQueryServer;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.report.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables, roles and access as files. Access is not rendered if the dataset is a placeholder that the worker replaces. */
final class BigQueryResources {
    private static final String ROLE = "catalogConnectSink";
    private static final String JOBS_ROLE = "catalogConnectJobs";

    private BigQueryResources() {}

    /** The tables as the sink would create them. The dataset is the default dataset of the query. */
    static List<RenderedFile> tables(Contract contract, Environment environment) {
        String text = TableSpec.of(contract, environment).stream()
                .map(TableStatement::of)
                .collect(Collectors.joining("\n"));
        return List.of(new RenderedFile("tables.sql", text));
    }

    /** The roles with the permissions that the rendered sink needs on the dataset and on the project. */
    static List<RenderedFile> role(Contract contract, Environment environment) {
        Map<String, String> sink = SinkConnector.of(contract, environment).config();
        List<String> permissions = new ArrayList<>(List.of("bigquery.tables.create", "bigquery.tables.get"));
        permissions.add("bigquery.tables.getData");
        boolean tags = sink.containsKey("column.policy.tags");
        if (tags) {
            permissions.add("bigquery.tables.setCategory");
        }
        boolean alters = sink.containsKey("upsert.max.staleness.ms");
        if (tags || alters || !sink.getOrDefault("schema.evolution", "none").equals("none")) {
            permissions.add("bigquery.tables.update");
        }
        permissions.add("bigquery.tables.updateData");
        return List.of(
                role(ROLE, "Catalog Connect sink", permissions),
                role(JOBS_ROLE, "Catalog Connect jobs", List.of("bigquery.jobs.create")));
    }

    private static RenderedFile role(String name, String title, List<String> permissions) {
        Map<String, Object> role = new LinkedHashMap<>();
        role.put("title", title);
        role.put("stage", "GA");
        role.put("includedPermissions", permissions);
        return new RenderedFile(
                name + ".yaml",
                "# gcloud iam roles create " + name + " --project=PROJECT --file=" + name + ".yaml\n"
                        + YamlText.of(role));
    }

    /** The access of the sink to the dataset, and of each consumer to its tables only. */
    static List<RenderedFile> grants(Contract contract, Environment environment) {
        BigQueryServer warehouse = environment.warehouse();
        if ((warehouse.project() + warehouse.dataset()).contains("${")) {
            return List.of();
        }
        StringBuilder text = new StringBuilder();
        if (!warehouse.writer().isEmpty()) {
            grant(
                    text,
                    "projects/" + warehouse.project() + "/roles/" + ROLE,
                    "SCHEMA " + SqlText.name(warehouse.project() + "." + warehouse.dataset()),
                    warehouse.writer());
        }
        TableGrant.of(contract, environment)
                .forEach(grant -> grant(text, grant.role(), table(warehouse, grant.table()), grant.member()));
        return text.isEmpty() ? List.of() : List.of(new RenderedFile("grants.sql", text.toString()));
    }

    private static String table(BigQueryServer warehouse, String table) {
        return "TABLE " + SqlText.name(warehouse.project() + "." + warehouse.dataset() + "." + table);
    }

    private static void grant(StringBuilder text, String role, String resource, String member) {
        text.append("GRANT ")
                .append(SqlText.name(role))
                .append("\nON ")
                .append(resource)
                .append("\nTO ")
                .append(SqlText.string(member))
                .append(";\n");
    }
}
