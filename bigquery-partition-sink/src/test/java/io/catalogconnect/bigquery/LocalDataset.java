package io.catalogconnect.bigquery;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TimePartitioning;
import io.catalogconnect.localbigquery.LocalBigQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A local-bigquery server with one dataset, read through Google's client. */
final class LocalDataset implements AutoCloseable {

    static final String NAME = "catalog";

    private final LocalBigQuery server;
    private final BigQuery client;

    private LocalDataset(LocalBigQuery server, BigQuery client) {
        this.server = server;
        this.client = client;
    }

    /** @param latency the time that each statement takes in addition */
    static LocalDataset start(Path folder, Clock clock, Duration latency) {
        try {
            LocalBigQuery server = LocalBigQuery.builder()
                    .databaseFile(folder.resolve("bigquery.duckdb"))
                    .clock(clock)
                    .statementLatency(latency)
                    .start();
            BigQuery client = BigQueryOptions.newBuilder()
                    .setProjectId("p")
                    .setHost(server.restEndpoint())
                    .setCredentials(NoCredentials.getInstance())
                    .setLocation("US")
                    .build()
                    .getService();
            client.create(DatasetInfo.newBuilder(NAME).setLocation("US").build());
            return new LocalDataset(server, client);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    LocalBigQuery server() {
        return server;
    }

    /** The properties of a sink that writes to this dataset. */
    Map<String, String> sinkProperties() {
        return Map.of(
                "name", "catalog-sink",
                "bigquery.project", "p",
                "bigquery.dataset", NAME,
                "bigquery.credentials", "none",
                "bigquery.rest.endpoint", server.restEndpoint(),
                "bigquery.storage.endpoint", server.storageEndpoint(),
                "bigquery.storage.plaintext", "true",
                "partition.field", "catalog_date",
                "clustering.fields", "brand",
                "retry.backoff.max.ms", "500");
    }

    /** Runs a query that returns a single number. */
    long number(String sql) {
        return value(sql).getLongValue();
    }

    /** Number of statements of a type, for example INSERT, whose text contains a text. */
    long statements(String type, String text) {
        long count = 0;
        for (Job job : client.listJobs(BigQuery.JobListOption.pageSize(10_000)).iterateAll()) {
            JobStatistics statistics = job.getStatistics();
            count += job.getConfiguration() instanceof QueryJobConfiguration query
                            && query.getQuery().contains(text)
                            && statistics instanceof JobStatistics.QueryStatistics executed
                            && type.equals(String.valueOf(executed.getStatementType()))
                    ? 1
                    : 0;
        }
        return count;
    }

    /** Runs a query that returns a single text. */
    String text(String sql) {
        return value(sql).getStringValue();
    }

    private FieldValue value(String sql) {
        try {
            FieldValueList row = client.query(QueryJobConfiguration.newBuilder(sql)
                            .setUseLegacySql(false)
                            .build())
                    .iterateAll()
                    .iterator()
                    .next();
            return row.get(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Runs a statement that changes rows or tables. */
    void change(String sql) {
        try {
            client.query(
                    QueryJobConfiguration.newBuilder(sql).setUseLegacySql(false).build());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The metadata of a table. */
    Table info(String name) {
        return Objects.requireNonNull(client.getTable(NAME, name), name);
    }

    StandardTableDefinition table(String name) {
        return Objects.requireNonNull(client.getTable(NAME, name), name).getDefinition();
    }

    String partitionField(String table) {
        TimePartitioning partitioning = Objects.requireNonNull(table(table).getTimePartitioning());
        return Objects.requireNonNull(partitioning.getField());
    }

    List<String> clustering(String table) {
        Clustering clustering = Objects.requireNonNull(table(table).getClustering());
        return clustering.getFields();
    }

    @Override
    public void close() {
        server.close();
    }
}
