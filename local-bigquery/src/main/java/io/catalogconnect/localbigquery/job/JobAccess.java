package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobConfigurationTableCopy;
import com.google.api.services.bigquery.model.TableReference;
import io.catalogconnect.localbigquery.access.AccessDeniedException;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.plan.TableRead;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks, before a job is created, the permissions that its configuration and its statement need; and before each statement of a script runs, its own. */
final class JobAccess {

    private static final String GET = "bigquery.tables.get";
    private static final String CREATE = "bigquery.tables.create";
    private static final String UPDATE = "bigquery.tables.update";
    private static final String DELETE = "bigquery.tables.delete";
    private static final String GET_DATA = "bigquery.tables.getData";
    private static final String UPDATE_DATA = "bigquery.tables.updateData";
    private static final Set<String> CHANGES_ONLY_NEW_ROWS = Set.of("INSERT");

    private final Permissions permissions;

    JobAccess(Permissions permissions) {
        this.permissions = permissions;
    }

    /** Returns whether the permissions of statements must be checked. */
    boolean isRestricted() {
        return permissions.areRestricted();
    }

    /**
     * Requires the permissions of a job, except for those of its statements. The creator of a job may read and cancel it without any permission.
     *
     * @throws AccessDeniedException when one is not granted
     */
    void check(JobKey job, JobConfiguration configuration) {
        if (!permissions.areRestricted()) {
            return;
        }
        permissions.onProject("bigquery.jobs.create", job.project());
        JobConfigurationLoad load = configuration.getLoad();
        if (load != null) {
            destination(job, load.getDestinationTable(), load.getCreateDisposition());
        }
        JobConfigurationTableCopy copy = configuration.getCopy();
        if (copy != null) {
            List<TableReference> sources =
                    copy.getSourceTables() == null ? List.of(copy.getSourceTable()) : copy.getSourceTables();
            sources.forEach(source -> permissions.onTable(GET_DATA, table(job, source)));
            destination(job, copy.getDestinationTable(), copy.getCreateDisposition());
        }
    }

    /**
     * Requires the permissions of a statement.
     *
     * @throws AccessDeniedException when one is not granted
     */
    void check(JobKey job, JobConfigurationQuery query, StatementPlan plan) {
        if (!permissions.areRestricted()) {
            return;
        }
        if (plan instanceof StatementPlan.Select select) {
            reads(select.scans());
            destination(job, query.getDestinationTable(), query.getCreateDisposition());
        } else if (plan instanceof StatementPlan.Dml dml) {
            reads(dml.scans());
            onTable(UPDATE_DATA, dml.target().ref());
            if (!CHANGES_ONLY_NEW_ROWS.contains(dml.statementType())) {
                queries(dml.target().ref());
            }
        } else if (plan instanceof StatementPlan.CreateTable create) {
            StatementPlan.Select rows = create.query();
            if (rows != null) {
                reads(rows.scans());
            }
            creates(dataset(create.table().getTableReference()));
        } else if (plan instanceof StatementPlan.CreateView create) {
            permissions.onDataset(CREATE, dataset(create.view().getTableReference()));
        } else if (plan instanceof StatementPlan.DropTable drop) {
            onTable(DELETE, drop.table());
        } else if (plan instanceof StatementPlan.AlterTable alter) {
            alters(TableRef.of(alter.table().getTableReference()));
        } else if (plan instanceof StatementPlan.DropColumns drop) {
            alters(drop.table());
        } else if (plan instanceof StatementPlan.RenameTable rename) {
            alters(rename.table());
        } else if (plan instanceof StatementPlan.RenameColumns rename) {
            alters(rename.table());
        } else if (plan instanceof StatementPlan.ChangeTypes types) {
            alters(types.table());
        } else if (plan instanceof StatementPlan.CreateSchema create) {
            permissions.onProject(
                    "bigquery.datasets.create",
                    create.dataset().getDatasetReference().getProjectId());
        } else if (plan instanceof StatementPlan.DropSchema drop) {
            permissions.onDataset("bigquery.datasets.delete", drop.dataset());
        }
    }

    /** Requires the permissions to read tables in a query. */
    void reads(List<TableRead> scans) {
        if (permissions.areRestricted()) {
            scans.forEach(scan -> queries(scan.table().ref()));
        }
    }

    private void queries(TableRef table) {
        if (!table.datasetRef().isOfScript()) {
            permissions.onQueried(table);
        }
    }

    /** A script needs no permission for its temporary tables. */
    private void onTable(String permission, TableRef table) {
        if (!table.datasetRef().isOfScript()) {
            permissions.onTable(permission, table);
        }
    }

    private void creates(DatasetRef dataset) {
        if (!dataset.isOfScript()) {
            permissions.onDataset(CREATE, dataset);
        }
    }

    private void alters(TableRef table) {
        onTable(GET, table);
        onTable(UPDATE, table);
    }

    /** BigQuery requires the permission to create tables unless the job forbids it, even if the table exists. */
    private void destination(JobKey job, @Nullable TableReference reference, @Nullable String createDisposition) {
        if (reference == null) {
            return;
        }
        TableRef table = table(job, reference);
        if (!"CREATE_NEVER".equals(createDisposition)) {
            permissions.onDataset(CREATE, table.datasetRef());
        }
        permissions.onTable(UPDATE_DATA, table);
    }

    private static TableRef table(JobKey job, TableReference reference) {
        TableReference complete = reference.clone();
        if (complete.getProjectId() == null) {
            complete.setProjectId(job.project());
        }
        return TableRows.Decorated.of(complete).table();
    }

    private static DatasetRef dataset(TableReference table) {
        return TableRef.of(table).datasetRef();
    }
}
