package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.DmlStatistics;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.syntax.Statement.Existing;
import io.catalogconnect.localbigquery.store.Catalog;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.WriteSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs DML and DDL statements inside a write transaction. */
final class StatementRunner {

    private static final Set<String> MUTATING = Set.of("UPDATE", "DELETE", "MERGE");

    private final WriteSession session;
    private final RunningJob job;
    private final Instant now;

    StatementRunner(WriteSession session, RunningJob job, Instant now) {
        this.session = session;
        this.job = job;
        this.now = now;
    }

    JobOutcome run(StatementPlan plan, JobStatistics2 statistics) throws SQLException {
        if (plan instanceof StatementPlan.Dml dml) {
            dml(dml, statistics);
        } else if (plan instanceof StatementPlan.CreateTable create) {
            expire(create.table(), create.expiration());
            createTable(create, statistics);
        } else if (plan instanceof StatementPlan.CreateView create) {
            expire(create.view(), create.expiration());
            operation(
                    statistics,
                    create(create.view(), create.existing()),
                    TableRef.of(create.view().getTableReference()));
        } else if (plan instanceof StatementPlan.CreateSchema create) {
            createSchema(create, statistics);
        } else if (plan instanceof StatementPlan.DropTable drop) {
            dropTable(drop, statistics);
        } else if (plan instanceof StatementPlan.DropSchema drop) {
            boolean there = session.catalog().dataset(drop.dataset()).isPresent();
            if (there || !drop.ifExists()) {
                session.dropDataset(drop.dataset(), drop.cascade());
            }
            statistics
                    .setDdlOperationPerformed(there ? "DROP" : "SKIP")
                    .setDdlTargetDataset(drop.dataset().toReference());
        } else if (plan instanceof StatementPlan.DropColumns drop) {
            for (String column : drop.columns()) {
                session.dropColumn(drop.table(), column);
            }
            operation(statistics, "ALTER", drop.table());
        } else if (plan instanceof StatementPlan.RenameTable rename) {
            session.renameTable(rename.table(), rename.to());
            operation(statistics, "ALTER", rename.table());
        } else if (plan instanceof StatementPlan.RenameColumns rename) {
            for (StatementPlan.Renamed column : rename.columns()) {
                session.renameColumn(rename.table(), column.from(), column.to());
            }
            operation(statistics, "ALTER", rename.table());
        } else if (plan instanceof StatementPlan.ChangeTypes types) {
            for (TableFieldSchema column : types.columns()) {
                session.changeType(types.table(), column);
            }
            operation(statistics, "ALTER", types.table());
        } else if (plan instanceof StatementPlan.AlterTable alter) {
            expire(alter.table(), alter.expiration());
            StoredTable changed = session.updateTable(alter.table());
            operation(statistics, "ALTER", changed.ref());
        }
        return new JobOutcome(JobOutcome.statistics(statistics), null, null, written(plan));
    }

    /** The table that the rows of a statement are in, which the job names as its destination. */
    private static @Nullable TableReference written(StatementPlan plan) {
        if (plan instanceof StatementPlan.Dml dml) {
            return dml.target().ref().toReference();
        }
        return plan instanceof StatementPlan.CreateTable create ? create.table().getTableReference() : null;
    }

    /** Sets the expiration time of a table to the value of an expression. NULL removes it. */
    private void expire(Table table, @Nullable String expiration) throws SQLException {
        if (expiration == null) {
            return;
        }
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + expiration)) {
            rows.next();
            long millis = rows.getLong(1);
            table.setExpirationTime(rows.wasNull() ? null : millis);
        }
    }

    private static void operation(JobStatistics2 statistics, String operation, TableRef table) {
        statistics.setDdlOperationPerformed(operation).setDdlTargetTable(table.toReference());
    }

    private void dml(StatementPlan.Dml dml, JobStatistics2 statistics) throws SQLException {
        if (MUTATING.contains(dml.statementType()) && session.hadChanges(dml.target())) {
            throw ServiceError.invalid(
                    "DELETE/UPDATE/MERGE DMLs are currently not supported over tables that had UPSERT streams.");
        }
        for (StatementPlan.Check check : dml.checks()) {
            try (Statement statement = session.connection().createStatement();
                    ResultSet rows = statement.executeQuery(check.sql())) {
                rows.next();
                if (rows.getBoolean(1)) {
                    throw new ServiceError(400, "invalidQuery", check.message());
                }
            }
        }
        Map<String, Long> changed = new HashMap<>();
        try (Statement statement = session.connection().createStatement()) {
            job.executing(statement);
            if (dml.statementType().equals("MERGE")) {
                try (ResultSet rows = statement.executeQuery(dml.sql())) {
                    while (rows.next()) {
                        changed.merge(rows.getString(1), 1L, Long::sum);
                    }
                }
            } else {
                String action = dml.statementType().equals("TRUNCATE_TABLE") ? "DELETE" : dml.statementType();
                changed.put(action, statement.executeLargeUpdate(dml.sql()));
            }
        } finally {
            job.executing(null);
        }
        long inserted = changed.getOrDefault("INSERT", 0L);
        long updated = changed.getOrDefault("UPDATE", 0L);
        long deleted = changed.getOrDefault("DELETE", 0L);
        statistics.setNumDmlAffectedRows(inserted + updated + deleted);
        statistics.setDmlStats(new DmlStatistics()
                .setInsertedRowCount(inserted)
                .setUpdatedRowCount(updated)
                .setDeletedRowCount(deleted));
    }

    private String create(Table table, Existing existing) throws SQLException {
        TableRef ref = TableRef.of(table.getTableReference());
        StoredTable before = session.catalog().table(ref).orElse(null);
        if (before != null && existing == Existing.KEEP) {
            return "SKIP";
        }
        if (before != null && existing == Existing.REPLACE) {
            if (before.isView() != (table.getView() != null)) {
                throw ServiceError.invalid(
                        "Cannot replace " + ref + ": it is a " + (before.isView() ? "view" : "table"));
            }
            session.dropTable(ref);
            session.createTable(table);
            return "REPLACE";
        }
        session.createTable(table);
        return "CREATE";
    }

    private void createTable(StatementPlan.CreateTable create, JobStatistics2 statistics) throws SQLException {
        TableRef ref = TableRef.of(create.table().getTableReference());
        StatementPlan.Select query = create.query();
        boolean replaced = create.existing() == Existing.REPLACE
                && session.catalog().table(ref).isPresent();
        if (query == null || !replaced) {
            String operation = create(create.table(), create.existing());
            if (query != null && !operation.equals("SKIP")) {
                new DestinationTable(session, job, now).fill(session.catalog().requireTable(ref), query);
            }
            operation(statistics, operation, ref);
            return;
        }
        // The query may read the table that it replaces, so its rows are first stored in a temporary table.
        String rows = "data.\"_replacement\"";
        try (Statement statement = session.connection().createStatement()) {
            cancellable(statement, "CREATE TABLE " + rows + " AS " + query.sql());
            String operation = create(create.table(), create.existing());
            new DestinationTable(session, job, now)
                    .fill(
                            session.catalog().requireTable(ref),
                            new StatementPlan.Select("SELECT * FROM " + rows, query.columns(), query.scans()));
            statement.execute("DROP TABLE " + rows);
            operation(statistics, operation, ref);
        }
    }

    private void cancellable(Statement statement, String sql) throws SQLException {
        job.executing(statement);
        try {
            statement.execute(sql);
        } finally {
            job.executing(null);
        }
    }

    private void createSchema(StatementPlan.CreateSchema create, JobStatistics2 statistics) throws SQLException {
        DatasetRef ref = new DatasetRef(
                create.dataset().getDatasetReference().getProjectId(),
                create.dataset().getDatasetReference().getDatasetId());
        boolean there = session.catalog().dataset(ref).isPresent();
        if (!there || create.existing() != Existing.KEEP) {
            session.createDataset(create.dataset());
        }
        statistics.setDdlOperationPerformed(there ? "SKIP" : "CREATE").setDdlTargetDataset(ref.toReference());
    }

    private void dropTable(StatementPlan.DropTable drop, JobStatistics2 statistics) throws SQLException {
        Catalog catalog = session.catalog();
        StoredTable table = catalog.table(drop.table()).orElse(null);
        boolean view = drop.statementType().equals("DROP_VIEW");
        if (table == null && drop.ifExists()) {
            operation(statistics, "SKIP", drop.table());
            return;
        }
        if (table != null && table.isView() != view) {
            throw new ServiceError(
                    400,
                    "invalidQuery",
                    drop.table() + " is "
                            + (view
                                    ? "not allowed for this operation because it is currently a TABLE."
                                    : "not allowed for this operation because it is currently a VIEW."));
        }
        if (table == null) {
            throw drop.table().notFound();
        }
        session.dropTable(drop.table());
        operation(statistics, "DROP", drop.table());
    }
}
