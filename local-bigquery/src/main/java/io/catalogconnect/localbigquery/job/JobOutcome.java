package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job that succeeded leaves behind.
 *
 * @param statistics of its kind: query, load or copy
 * @param schema the result's columns, null for a statement without a result
 * @param rows the result, unless it went into a table
 * @param destination the table it went into
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
