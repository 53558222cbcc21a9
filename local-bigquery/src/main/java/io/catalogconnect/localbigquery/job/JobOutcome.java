package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a job that succeeded.
 *
 * @param statistics the statistics of a query, load or copy job
 * @param schema the columns of the result; null for a statement without a result
 * @param rows the rows of the result; null if they were written to a table
 * @param destination the table that the rows were written to, or null
 */
record JobOutcome(
        JobStatistics statistics,
        @Nullable List<TableFieldSchema> schema,
        @Nullable ResultRows rows,
        @Nullable TableReference destination) {

    static JobOutcome of(JobStatistics statistics) {
        return new JobOutcome(statistics, null, null, null);
    }
}
