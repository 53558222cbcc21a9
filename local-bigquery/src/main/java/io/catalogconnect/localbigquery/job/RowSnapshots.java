package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.TableFieldSchema;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.sql.GoogleSql;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.translation.StatementEnvironment;
import io.catalogconnect.localbigquery.sql.types.WireFormat;
import io.catalogconnect.localbigquery.store.ReadSession;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Takes snapshots of tables and of query results, for the Storage Read API. */
public final class RowSnapshots {

    private final Warehouse warehouse;
    private final Permissions permissions;
    private final Jobs jobs;

    public RowSnapshots(Warehouse warehouse, Permissions permissions, Jobs jobs) {
        this.warehouse = warehouse;
        this.permissions = permissions;
        this.jobs = jobs;
    }

    public Clock clock() {
        return warehouse.clock();
    }

    /**
     * Takes a snapshot of a table, or of the result of a query if the table is an anonymous one.
     *
     * @param columns the columns that are needed; those of a query result are all in the snapshot
     * @param restriction a GoogleSQL condition on the rows; empty for all rows
     */
    public RowSnapshot take(TableRef ref, Predicate<TableFieldSchema> columns, String restriction) throws SQLException {
        Optional<RunningJob> job = jobs.ofResultTable(ref.toReference());
        if (job.isPresent()) {
            return ofResult(job.get(), restriction);
        }
        permissions.onTable("bigquery.tables.getData", ref);
        return warehouse.read(session -> ofTable(session, ref, columns, restriction));
    }

    private static RowSnapshot ofResult(RunningJob job, String restriction) {
        JobOutcome outcome = job.outcome();
        List<TableFieldSchema> schema = outcome == null ? null : outcome.schema();
        ResultRows rows = outcome == null ? null : outcome.rows();
        if (schema == null || rows == null) {
            throw ServiceError.invalid("The job " + job.key() + " has no result");
        }
        if (!restriction.isEmpty()) {
            throw ServiceError.invalid("Unsupported: local-bigquery has no row_restriction on the result of a query;"
                    + " use a WHERE clause");
        }
        return new RowSnapshot(schema, rows, false);
    }

    private RowSnapshot ofTable(
            ReadSession session, TableRef ref, Predicate<TableFieldSchema> columns, String restriction)
            throws SQLException {
        StoredTable table = session.catalog().requireTable(ref);
        if (table.isView()) {
            throw ServiceError.invalid(
                    "request failed: non-table entities cannot be read with the storage API. " + ref + " is a VIEW.");
        }
        if (table.columns().isEmpty()) {
            throw ServiceError.invalid("request failed: table " + ref + " has no schema.");
        }
        List<TableFieldSchema> schema = table.resource().getSchema().getFields().stream()
                .filter(columns)
                .toList();
        StatementPlan.Select plan = plan(session, ref, schema, restriction);
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery(WireFormat.query(plan.sql(), plan.columns()))) {
            return new RowSnapshot(schema, ResultRows.of(rows, schema.size(), jobs.directory()), true);
        }
    }

    private StatementPlan.Select plan(
            ReadSession session, TableRef ref, List<TableFieldSchema> schema, String restriction) {
        String names = schema.stream().map(field -> "`" + field.getName() + "`").collect(Collectors.joining(", "));
        // The alias keeps a column apart from a table of the same name.
        String where = restriction.isEmpty() ? "" : " WHERE (" + restriction + "\n)";
        StatementPlan plan = GoogleSql.plan(
                "SELECT " + names + " FROM `" + ref.project() + "`.`" + ref.dataset() + "`.`" + ref.table()
                        + "` AS _rows"
                        + where,
                new StatementEnvironment(
                        session.catalog(),
                        ref.project(),
                        null,
                        Map.of(),
                        List.of(),
                        warehouse.clock().instant()));
        if (plan instanceof StatementPlan.Select select && select.scans().size() == 1) {
            return select;
        }
        throw ServiceError.invalid("request failed: row_restriction may refer only to columns of " + ref + ".");
    }
}
