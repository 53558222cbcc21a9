package io.catalogconnect.catalogctl.live.bigquery;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics.StatementType;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableResult;
import io.catalogconnect.catalogctl.live.LiveException;
import java.math.BigDecimal;
import java.util.Optional;

/** Runs queries that return one number. A dry run refuses other statements and queries that would read too much. */
record NumberQuery(Dataset dataset, long maxBytes) {
    Optional<BigDecimal> run(String sql) {
        QueryJobConfiguration query =
                dataset.query(sql).setMaximumBytesBilled(maxBytes).build();
        return dataset.call(() -> {
            BigQuery client = dataset.client();
            Job estimate =
                    client.create(JobInfo.of(query.toBuilder().setDryRun(true).build()));
            QueryStatistics statistics = estimate.getStatistics();
            if (!StatementType.SELECT.equals(statistics.getStatementType())) {
                throw new LiveException(
                        "The statement is not a SELECT but " + statistics.getStatementType() + ". It was not run.",
                        null);
            }
            Long bytes = statistics.getTotalBytesProcessed();
            if (bytes != null && bytes > maxBytes) {
                throw new LiveException(
                        "The query would read " + bytes + " bytes, more than " + maxBytes
                                + ". It was not run. --max-bytes is the limit.",
                        null);
            }
            return number(client.create(
                            JobInfo.newBuilder(query).setJobId(dataset.newJob()).build())
                    .getQueryResults());
        });
    }

    private static Optional<BigDecimal> number(TableResult result) {
        if (result.getTotalRows() != 1) {
            throw new LiveException("The query returned " + result.getTotalRows() + " rows, not one.", null);
        }
        FieldValue value = result.iterateAll().iterator().next().get(0);
        try {
            return value.isNull() ? Optional.empty() : Optional.of(new BigDecimal(value.getStringValue()));
        } catch (NumberFormatException | ClassCastException e) {
            throw new LiveException("The query did not return a number.", e);
        }
    }
}
