package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableResult;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Runs SQL statements on the given threads. Thread-safe. */
final class Queries {

    private final Service service;
    private final BigQuery rest;
    private final Executor threads;

    Queries(Service service, BigQuery rest, Executor threads) {
        this.service = service;
        this.rest = rest;
        this.threads = threads;
    }

    /** Runs a query and returns its rows. */
    CompletableFuture<TableResult> rows(String what, String sql, Map<String, QueryParameterValue> parameters) {
        return run(what, () -> rowsNow(sql, parameters));
    }

    /** Runs a query on the caller's thread and returns its rows. */
    TableResult rowsNow(String sql, Map<String, QueryParameterValue> parameters) throws InterruptedException {
        return rest.query(configuration(sql, parameters));
    }

    /** Runs a statement and returns the number of rows that it changed. */
    CompletableFuture<Long> change(String what, String sql, Map<String, QueryParameterValue> parameters) {
        return run(what, () -> changeNow(sql, parameters));
    }

    /** Runs a statement on the caller's thread and returns the number of rows that it changed. */
    long changeNow(String sql, Map<String, QueryParameterValue> parameters) throws InterruptedException {
        JobId id = JobId.newBuilder()
                .setProject(service.project())
                .setLocation(service.location())
                .setRandomJob()
                .build();
        Job job = rest.create(
                JobInfo.newBuilder(configuration(sql, parameters)).setJobId(id).build());
        job.getQueryResults();
        Job done = job.reload();
        JobStatistics.QueryStatistics statistics = done.getStatistics();
        Long changed = statistics.getNumDmlAffectedRows();
        return changed == null ? 0L : changed;
    }

    <T> CompletableFuture<T> run(String what, Call<T> call) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return call.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw ErrorTranslator.exception(what, e);
                    } catch (RuntimeException e) {
                        throw ErrorTranslator.exception(what, e);
                    }
                },
                threads);
    }

    private static QueryJobConfiguration configuration(String sql, Map<String, QueryParameterValue> parameters) {
        return QueryJobConfiguration.newBuilder(sql)
                .setNamedParameters(parameters)
                .setUseLegacySql(false)
                .setUseQueryCache(false)
                .build();
    }

    /** A blocking call. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws InterruptedException;
    }
}
