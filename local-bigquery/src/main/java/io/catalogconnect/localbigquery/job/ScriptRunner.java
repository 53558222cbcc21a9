package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.ScriptOptions;
import io.catalogconnect.localbigquery.sql.GoogleSql;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.syntax.Script;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.syntax.Statement;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.StoreException;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.SQLException;
import java.util.Optional;

/** Runs the text of a query job: one statement, or a script. */
final class ScriptRunner {

    private final Warehouse warehouse;
    private final QueryRunner queries;
    private final JobAccess access;
    private final ScriptJobs.Runner children;

    /** @param children runs the parts of scripts as jobs */
    ScriptRunner(Warehouse warehouse, QueryRunner queries, JobAccess access, ScriptJobs.Runner children) {
        this.warehouse = warehouse;
        this.queries = queries;
        this.access = access;
        this.children = children;
    }

    /** Removes the temporary tables of scripts that a stop of the server has interrupted. */
    static void removeTemporaryTables(Warehouse warehouse) throws SQLException {
        warehouse.inTransaction(session -> {
            for (String project : session.catalog().projects()) {
                for (Dataset dataset : session.catalog().datasets(project)) {
                    DatasetRef ref = new DatasetRef(
                            project, dataset.getDatasetReference().getDatasetId());
                    if (ref.isOfScript()) {
                        session.dropDataset(ref, true);
                    }
                }
            }
            return true;
        });
    }

    private static Script parse(JobConfigurationQuery query) {
        if (Boolean.TRUE.equals(query.getUseLegacySql())) {
            throw new ServiceError(
                    400, "invalidQuery", "Unsupported: local-bigquery has no legacy SQL; set useLegacySql to false");
        }
        if (query.getQuery() == null) {
            throw ServiceError.invalid("Required parameter is missing: query");
        }
        return GoogleSql.parse(query.getQuery());
    }

    private QueryRunner.Planning planning(JobKey job, JobConfigurationQuery query, Script script, Statement statement) {
        return catalog -> GoogleSql.plan(statement, script.sql(), queries.environment(job, query, catalog));
    }

    /**
     * Requires the permissions of the statement of a job. Those of a script are checked while it runs.
     *
     * @throws io.catalogconnect.localbigquery.access.AccessDeniedException when one is not granted
     */
    void checkAccess(JobKey job, JobConfigurationQuery query) {
        if (!access.isRestricted()) {
            return;
        }
        StatementPlan plan;
        try {
            Script script = parse(query);
            Optional<Statement> only = script.onlyStatement();
            if (only.isEmpty()) {
                return;
            }
            plan = planning(job, query, script, only.get()).plan(warehouse.catalog());
        } catch (SqlError | StoreException | ServiceError e) {
            return; // the job fails with this error
        }
        access.check(job, query, plan);
    }

    /** Dry run: plans the statements and estimates the bytes that they would read. */
    JobOutcome dryRun(RunningJob job, JobConfigurationQuery query) throws SQLException {
        Script script = parse(query);
        Optional<Statement> only = script.onlyStatement();
        if (only.isPresent()) {
            return queries.dryRun(planning(job.key(), query, script, only.get()));
        }
        ScriptJobs none = jobs(script, job);
        return warehouse.read(session -> new ScriptDryRun(
                        script,
                        none,
                        session,
                        queries.environment(job.key(), query, session.catalog()),
                        DatasetRef.ofScript(job.key().project(), none.id()))
                .run());
    }

    /**
     * Runs the text.
     *
     * @param keep whether the job keeps the result because it has no destination table
     */
    JobOutcome run(RunningJob job, JobConfigurationQuery query, boolean keep) throws SQLException {
        Script script = parse(query);
        Optional<Statement> only = script.onlyStatement();
        if (only.isPresent()) {
            return queries.run(job, query, planning(job.key(), query, script, only.get()), keep);
        }
        if (!keep) {
            throw ServiceError.invalid("configuration.query.destinationTable cannot be set for scripts");
        }
        refuseOptions(query);
        if (script.steps().size() == 1 && script.steps().get(0) instanceof Script.Transaction) {
            throw new ServiceError(
                    400, "invalidQuery", "Transaction control statements are supported only in scripts or sessions");
        }
        return new ScriptExecution(script, job, query, warehouse, queries, access, jobs(script, job)).run();
    }

    private static void refuseOptions(JobConfigurationQuery query) {
        ScriptOptions options = query.getScriptOptions();
        String refused = options == null
                ? ""
                : options.getStatementByteBudget() != null
                        ? "statementByteBudget"
                        : options.getStatementTimeoutMs() != null ? "statementTimeoutMs" : "";
        if (!refused.isEmpty()) {
            throw ServiceError.invalid(
                    "Unsupported: local-bigquery has no job property configuration.query.scriptOptions." + refused);
        }
    }

    private ScriptJobs jobs(Script script, RunningJob job) {
        return new ScriptJobs(script, job, warehouse.clock(), children);
    }
}
