package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Table;
import io.catalogconnect.localbigquery.sql.GoogleSql;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.translation.StatementEnvironment;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.store.Catalog;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Derives the schema of a view from its query. The query must be valid when the view is created. */
public final class ViewSchema {

    private ViewSchema() {}

    /** Returns the resource. If it is a view, it has the schema of its query. */
    public static Table complete(Table table, Catalog catalog, Instant now) {
        if (table.getMaterializedView() != null
                || table.getExternalDataConfiguration() != null
                || table.getSnapshotDefinition() != null) {
            throw ServiceError.invalid(
                    "Unsupported: local-bigquery has no materialized views, external tables or snapshots");
        }
        if (table.getView() == null) {
            return table;
        }
        if (Boolean.TRUE.equals(table.getView().getUseLegacySql())) {
            throw ServiceError.invalid("Unsupported: local-bigquery has no views in legacy SQL");
        }
        String project = table.getTableReference().getProjectId();
        StatementEnvironment environment = new StatementEnvironment(catalog, project, null, Map.of(), List.of(), now);
        if (!(GoogleSql.plan(table.getView().getQuery(), environment) instanceof StatementPlan.Select select)) {
            throw ServiceError.invalid("The query of a view must be a SELECT");
        }
        return table.clone().setSchema(ResultColumn.schema(select.columns()));
    }
}
