package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableResult;
import io.catalogconnect.bigquery.commit.Backoff;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Runs SQL statements on the given threads. Thread-safe. */
final class Queries {

    private static final int MOST_REPETITIONS = 10;

    private final Service service;
    private final BigQuery rest;
    private final Executor threads;
    private final Backoff betweenRepetitions;

    /** @param betweenRepetitions delays of statements that too many others prevent from running */
    Queries(Service service, BigQuery rest, Executor threads, Backoff betweenRepetitions) {
        this.service = service;
        this.rest = rest;
        this.threads = threads;
        this.betweenRepetitions = betweenRepetitions;
    }

    /** Runs a query and returns its rows. */
    CompletableFuture<TableResult> rows(String what, String sql, Map<String, QueryParameterValue> parameters) {
        return run(what, () -> rowsNow(sql, parameters));
    }

    /** Runs a query on the caller's thread and returns its rows. */
    TableResult rowsNow(String sql, Map<String, QueryParameterValue> parameters) throws InterruptedException {
        return rest.query(configuration(sql, parameters));
    }

    /**
     * Runs a statement and returns the number of rows that it changed. A statement that BigQuery did not run, because too many
     * others change the same table, is repeated after a random delay.
     */
    CompletableFuture<Long> change(String what, String sql, Map<String, QueryParameterValue> parameters) {
        return change(what, sql, parameters, 0);
    }

    private CompletableFuture<Long> change(
            String what, String sql, Map<String, QueryParameterValue> parameters, int failures) {
        return run(what, () -> changeNow(sql, parameters)).exceptionallyCompose(failure -> {
            if (failures >= MOST_REPETITIONS || !ErrorTranslator.isRefusedByConcurrency(failure)) {
                return CompletableFuture.failedFuture(failure);
            }
            Executor later = CompletableFuture.delayedExecutor(
                    betweenRepetitions.delayMillis(failures), TimeUnit.MILLISECONDS, threads);
            return CompletableFuture.supplyAsync(() -> failures + 1, later)
                    .thenCompose(next -> change(what, sql, parameters, next));
        });
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
