package io.catalogconnect.catalogctl.live.bigquery;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics.StatementType;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableResult;
import io.catalogconnect.catalogctl.live.LiveException;

/** Runs one SELECT statement. A dry run refuses other statements and queries that would read too much. */
record SelectQuery(Dataset dataset, long maxBytes) {
    TableResult run(String sql) throws InterruptedException {
        QueryJobConfiguration query =
                dataset.query(sql).setMaximumBytesBilled(maxBytes).build();
        BigQuery client = dataset.client();
        Job estimate =
                client.create(JobInfo.of(query.toBuilder().setDryRun(true).build()));
        QueryStatistics statistics = estimate.getStatistics();
        if (!StatementType.SELECT.equals(statistics.getStatementType())) {
            throw new LiveException(
                    "The statement is not a SELECT but " + statistics.getStatementType() + ". It was not run.", null);
        }
        Long bytes = statistics.getTotalBytesProcessed();
        if (bytes != null && bytes > maxBytes) {
            throw new LiveException(
                    "The query would read " + bytes + " bytes, more than " + maxBytes
                            + ". It was not run. --max-bytes is the limit.",
                    null);
        }
        return client.create(
                        JobInfo.newBuilder(query).setJobId(dataset.newJob()).build())
                .getQueryResults();
    }
}
