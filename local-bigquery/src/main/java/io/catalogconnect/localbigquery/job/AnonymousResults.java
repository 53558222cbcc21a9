package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import io.catalogconnect.localbigquery.store.DatasetRef;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The anonymous tables: results of queries without a destination table. A result expires after a day, or when there are many newer ones. Thread-safe. */
final class AnonymousResults {

    /** The hidden dataset of the anonymous tables of a project. */
    private static final String DATASET = DatasetRef.ANONYMOUS;

    static final int MAX_RESULTS = 1000;
    static final Duration LIFETIME = Duration.ofDays(1);

    private final Map<String, RunningJob> results = new LinkedHashMap<>();

    /** A new name in the project of a job. */
    static TableReference newTable(JobKey job) {
        return new TableReference()
                .setProjectId(job.project())
                .setDatasetId(DATASET)
                .setTableId("anon" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** Keeps the result of a finished job under its destination table, and removes expired results. */
    synchronized void keep(RunningJob job, long now) {
        results.put(destination(job).getTableId(), job);
        Iterator<RunningJob> oldest = results.values().iterator();
        while (oldest.hasNext()) {
            RunningJob candidate = oldest.next();
            if (results.size() <= MAX_RESULTS && expiration(candidate) > now) {
                return;
            }
            oldest.remove();
            candidate.dropRows();
        }
    }

    /** The job whose result the table is. */
    synchronized Optional<RunningJob> find(TableReference table) {
        return DATASET.equals(table.getDatasetId())
                ? Optional.ofNullable(results.get(table.getTableId()))
                : Optional.empty();
    }

    /** The resource of an anonymous table. */
    static Table table(RunningJob job, JobOutcome outcome, ResultRows rows) {
        TableReference reference = destination(job);
        long created = job.resource().getStatistics().getCreationTime();
        return new Table()
                .setKind("bigquery#table")
                .setId(reference.getProjectId() + ":" + reference.getDatasetId() + "." + reference.getTableId())
                .setTableReference(reference)
                .setType("TABLE")
                .setLocation(job.key().location())
                .setSchema(new TableSchema().setFields(outcome.schema()))
                .setNumRows(BigInteger.valueOf(rows.count()))
                .setNumBytes(rows.size())
                .setCreationTime(created)
                .setLastModifiedTime(BigInteger.valueOf(created))
                .setExpirationTime(expiration(job));
    }

    private static long expiration(RunningJob job) {
        return job.resource().getStatistics().getCreationTime() + LIFETIME.toMillis();
    }

    private static TableReference destination(RunningJob job) {
        return job.resource().getConfiguration().getQuery().getDestinationTable();
    }
}
