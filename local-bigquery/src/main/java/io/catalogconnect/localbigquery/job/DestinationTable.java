package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import io.catalogconnect.localbigquery.sql.TableInsert;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.WriteSession;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** Writes the result of a query to its destination: a table or one partition of it. */
final class DestinationTable {

    /** Rows of a query that reads the table that it writes. */
    private static final String OWN_ROWS = "data.\"_result\"";

    private final WriteSession session;
    private final RunningJob job;
    private final Instant now;

    DestinationTable(WriteSession session, RunningJob job, Instant now) {
        this.session = session;
        this.job = job;
        this.now = now;
    }

    JobOutcome write(JobConfigurationQuery query, StatementPlan.Select select, JobStatistics2 statistics)
            throws SQLException {
        TableReference reference = query.getDestinationTable();
        Table shape = new Table()
                .setSchema(new TableSchema().setFields(JobOutcome.schema(select)))
                .setTimePartitioning(query.getTimePartitioning())
                .setRangePartitioning(query.getRangePartitioning())
                .setClustering(query.getClustering());
        String disposition = query.getWriteDisposition() == null ? "WRITE_EMPTY" : query.getWriteDisposition();
        TableRows.Decorated name = TableRows.Decorated.of(reference);
        TableTarget target = new TableTarget(session, name, now);
        SchemaMerge merge = new SchemaMerge(SchemaMerge.Source.ROWS, query.getSchemaUpdateOptions(), false);
        boolean readsTarget = session.catalog()
                .table(name.table())
                .filter(table -> select.sql().contains(table.sqlName()))
                .isPresent();
        try (Statement statement = session.connection().createStatement()) {
            job.executing(statement);
            if (readsTarget) {
                statement.execute("CREATE TABLE " + OWN_ROWS + " AS " + select.sql());
            }
            StoredTable table = target.prepare(shape, query.getCreateDisposition(), disposition, merge);
            String rows = readsTarget ? "SELECT * FROM " + OWN_ROWS : select.sql();
            target.insert(TableInsert.rows(table, select.columns(), rows, target.partitionTime()));
            if (readsTarget) {
                statement.execute("DROP TABLE " + OWN_ROWS);
            }
        } finally {
            job.executing(null);
        }
        return new JobOutcome(JobOutcome.statistics(statistics), JobOutcome.schema(select), null, reference);
    }

    /** Writes the rows of a query into a table that was created for them. */
    void fill(StoredTable table, StatementPlan.Select select) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            job.executing(statement);
            statement.execute(TableInsert.rows(
                    table,
                    select.columns(),
                    select.sql(),
                    table.partitioning().byIngestionTime()
                            ? table.partitioning().truncate(now)
                            : null));
        } finally {
            job.executing(null);
        }
    }
}
