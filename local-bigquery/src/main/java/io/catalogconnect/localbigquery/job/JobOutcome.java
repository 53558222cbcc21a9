package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a job that succeeded.
 *
 * @param statistics the statistics of a query, load or copy job
 * @param schema the columns of the result; null for a statement without a result
 * @param rows the rows of the result; null if they were written to a table
 * @param destination the table that the rows were written to, or null; for a script, of its last statement
 * @param warnings the malformed rows that a load job skipped
 */
record JobOutcome(
        JobStatistics statistics,
        @Nullable List<TableFieldSchema> schema,
        @Nullable ResultRows rows,
        @Nullable TableReference destination,
        List<ErrorProto> warnings) {

    JobOutcome(
            JobStatistics statistics,
            @Nullable List<TableFieldSchema> schema,
            @Nullable ResultRows rows,
            @Nullable TableReference destination) {
        this(statistics, schema, rows, destination, List.of());
    }

    static JobOutcome of(JobStatistics statistics) {
        return new JobOutcome(statistics, null, null, null);
    }

    static JobStatistics statistics(JobStatistics2 query) {
        return new JobStatistics().setQuery(query).setTotalBytesProcessed(query.getTotalBytesProcessed());
    }

    static List<TableFieldSchema> schema(StatementPlan.Select plan) {
        return ResultColumn.schema(plan.columns()).getFields();
    }

    boolean isScript() {
        return statistics.getQuery() != null
                && "SCRIPT".equals(statistics.getQuery().getStatementType());
    }

    /** Number of rows that a DML statement changed; 0 for other statements. */
    long changedRows() {
        JobStatistics2 query = statistics.getQuery();
        Long changed = query == null ? null : query.getNumDmlAffectedRows();
        return changed == null ? 0 : changed;
    }

    JobOutcome withWarnings(List<ErrorProto> errors) {
        return new JobOutcome(statistics, schema, rows, destination, List.copyOf(errors));
    }
}
