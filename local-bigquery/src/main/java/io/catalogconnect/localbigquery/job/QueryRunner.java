package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.translation.JobCatalog;
import io.catalogconnect.localbigquery.sql.translation.StatementEnvironment;
import io.catalogconnect.localbigquery.sql.types.Parameter;
import io.catalogconnect.localbigquery.sql.types.WireFormat;
import io.catalogconnect.localbigquery.store.Catalog;
import io.catalogconnect.localbigquery.store.ReadSession;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import io.catalogconnect.localbigquery.store.WriteSession;
import io.catalogconnect.localbigquery.store.WriteWork;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs one statement. A query reads a snapshot; a change and its job log entry are committed in one transaction. */
final class QueryRunner {

    private final Warehouse warehouse;
    private final Path directory;
    private final JobCatalog jobs;
    private final DmlLimits limits;

    /** @param jobs the jobs and results that statements can read */
    QueryRunner(Warehouse warehouse, Path directory, JobCatalog jobs, DmlLimits limits) {
        this.warehouse = warehouse;
        this.jobs = jobs;
        this.directory = directory;
        this.limits = limits;
    }

    /** Plans a statement with the tables of a catalog. */
    @FunctionalInterface
    interface Planning {
        StatementPlan plan(Catalog catalog);
    }

    /** Dry run: plans the statement and estimates the bytes that it would read. */
    JobOutcome dryRun(Planning planning) throws SQLException {
        return warehouse.read(session -> {
            StatementPlan plan = planning.plan(session.catalog());
            JobStatistics2 statistics = statistics(plan).setTotalBytesProcessed(PruningEstimate.bytes(session, plan));
            if (plan instanceof StatementPlan.Select select) {
                statistics.setSchema(new TableSchema().setFields(JobOutcome.schema(select)));
            }
            return JobOutcome.of(JobOutcome.statistics(statistics));
        });
    }

    /**
     * Runs the statement of a job in a transaction.
     *
     * @param keep whether the job keeps the result because the query has no destination table
     */
    JobOutcome run(RunningJob job, JobConfigurationQuery query, Planning planning, boolean keep) throws SQLException {
        StatementPlan first = planning.plan(warehouse.catalog());
        if (first instanceof StatementPlan.Select && keep) {
            job.onlyReads();
            return limits.run(
                    job,
                    first,
                    () -> warehouse.read(session -> select(job, query, planning.plan(session.catalog()), session)));
        }
        return limits.run(
                job,
                first,
                () -> inTransaction(job, session -> {
                    StatementPlan plan = planning.plan(session.catalog());
                    rewritten(job, plan, query).ifPresent(table -> session.rewritesOnly(Set.of(table)));
                    return change(job, query, plan, session);
                }));
    }

    /** The only table in which a statement changes or removes rows; empty if it is not known. */
    private static Optional<TableRef> rewritten(RunningJob job, StatementPlan plan, JobConfigurationQuery query) {
        if (plan instanceof StatementPlan.Dml dml) {
            return Optional.of(dml.target().ref());
        }
        if (!(plan instanceof StatementPlan.Select)) {
            return Optional.empty();
        }
        TableReference destination = query.getDestinationTable();
        if (destination.getProjectId() == null) {
            destination.setProjectId(job.key().project());
        }
        return Optional.of(TableRows.Decorated.of(destination).table());
    }

    /** Runs the statement of a job in an open transaction. The job keeps the result of a query. */
    JobOutcome run(RunningJob job, JobConfigurationQuery query, Planning planning, WriteSession session)
            throws SQLException {
        StatementPlan plan = planning.plan(session.catalog());
        return plan instanceof StatementPlan.Select
                ? select(job, query, plan, session)
                : change(job, query, plan, session);
    }

    /** Runs work in a transaction whose statements end when the job is cancelled. */
    <T> T inTransaction(RunningJob job, WriteWork<T> work) throws SQLException {
        return warehouse.inTransaction(session -> {
            try (Statement guard = session.connection().createStatement()) {
                job.inTransaction(guard);
                return work.run(session);
            } finally {
                job.inTransaction(null);
            }
        });
    }

    private JobOutcome change(RunningJob job, JobConfigurationQuery query, StatementPlan plan, WriteSession session)
            throws SQLException {
        PartitionFilterRule.check(plan);
        long bytes = bytes(session, plan, query);
        JobStatistics2 statistics =
                statistics(plan).setTotalBytesProcessed(bytes).setTotalBytesBilled(bytes);
        JobOutcome outcome = plan instanceof StatementPlan.Select select
                ? new DestinationTable(session, job, warehouse.clock().instant()).write(query, select, statistics)
                : new StatementRunner(session, job, warehouse.clock().instant()).run(plan, statistics);
        JobLog.add(session, job.finished(outcome, warehouse.clock().millis()));
        RunningJob script = job.parent();
        if (script != null) {
            JobLog.add(session, script.interrupted());
        }
        return outcome;
    }

    private JobOutcome select(RunningJob job, JobConfigurationQuery query, StatementPlan select, ReadSession session)
            throws SQLException {
        StatementPlan.Select plan = (StatementPlan.Select) select;
        PartitionFilterRule.check(plan);
        long bytes = bytes(session, plan, query);
        try (Statement statement = session.connection().createStatement()) {
            job.executing(statement);
            try (ResultSet rows = statement.executeQuery(WireFormat.query(plan.sql(), plan.columns()))) {
                ResultRows result = ResultRows.of(rows, plan.columns().size(), directory);
                JobStatistics2 statistics =
                        statistics(plan).setTotalBytesProcessed(bytes).setTotalBytesBilled(bytes);
                return new JobOutcome(JobOutcome.statistics(statistics), JobOutcome.schema(plan), result, null);
            } finally {
                job.executing(null);
            }
        }
    }

    /** The bytes that the statement reads. Fails if they exceed the limit of the job. */
    private static long bytes(ReadSession session, StatementPlan plan, JobConfigurationQuery query)
            throws SQLException {
        long bytes = PruningEstimate.bytes(session, plan);
        Long limit = query.getMaximumBytesBilled();
        if (limit != null && bytes > limit) {
            throw new ServiceError(
                    400,
                    "bytesBilledLimitExceeded",
                    "Query exceeded limit for bytes billed: " + limit + ". " + bytes + " or higher required.");
        }
        return bytes;
    }

    /** The environment of the statements of a job. */
    StatementEnvironment environment(JobKey job, JobConfigurationQuery query, Catalog catalog) {
        Map<String, Parameter> named = new HashMap<>();
        List<Parameter> positional = new ArrayList<>();
        if (query.getQueryParameters() != null) {
            for (QueryParameter parameter : query.getQueryParameters()) {
                if (parameter.getName() == null || parameter.getName().isEmpty()) {
                    positional.add(Parameter.of(parameter));
                } else {
                    named.put(parameter.getName().toLowerCase(Locale.ROOT), Parameter.of(parameter));
                }
            }
        }
        return new StatementEnvironment(
                        catalog,
                        job.project(),
                        query.getDefaultDataset(),
                        named,
                        positional,
                        warehouse.clock().instant())
                .withJobs(jobs);
    }

    static JobStatistics2 statistics(StatementPlan plan) {
        List<TableReference> tables = PartitionFilterRule.scans(plan).stream()
                .map(scan -> scan.table().ref().toReference())
                .distinct()
                .toList();
        return new JobStatistics2()
                .setStatementType(plan.statementType())
                .setCacheHit(false)
                .setReferencedTables(tables.isEmpty() ? null : new ArrayList<>(tables));
    }
}
