package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobConfigurationQuery;
import io.catalogconnect.localbigquery.sql.GoogleSql;
import io.catalogconnect.localbigquery.sql.plan.Evaluation;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.syntax.Script;
import io.catalogconnect.localbigquery.sql.translation.StatementEnvironment;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Catalog;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.ReadSession;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import io.catalogconnect.localbigquery.store.WriteSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a script. Each statement, and each expression that reads a table, is a job. Outside of BEGIN TRANSACTION, each statement is committed by itself.
 */
final class ScriptExecution {

    private final Script script;
    private final RunningJob job;
    private final JobConfigurationQuery query;
    private final Warehouse warehouse;
    private final QueryRunner queries;
    private final JobAccess access;
    private final ScriptJobs children;
    private final ScriptVariables variables;
    private final DatasetRef temporary;
    private int next;

    /** The open transaction of the script, or null. */
    private @Nullable WriteSession transaction;

    private boolean changed;

    ScriptExecution(
            Script script,
            RunningJob job,
            JobConfigurationQuery query,
            Warehouse warehouse,
            QueryRunner queries,
            JobAccess access,
            ScriptJobs children) {
        this.script = script;
        this.job = job;
        this.query = query;
        this.warehouse = warehouse;
        this.queries = queries;
        this.access = access;
        this.children = children;
        this.variables = new ScriptVariables(script);
        this.temporary = DatasetRef.ofScript(job.key().project(), children.id());
    }

    JobOutcome run() throws SQLException {
        try {
            while (next < script.steps().size()) {
                step();
            }
            JobOutcome outcome = children.outcome();
            finish(outcome, null);
            return outcome;
        } catch (SQLException | RuntimeException e) {
            finish(children.outcome(), ServiceError.of(e));
            throw e;
        }
    }

    /** Removes the temporary tables, and logs the result if the script may have changed something. */
    private void finish(JobOutcome outcome, @Nullable ServiceError error) throws SQLException {
        if (changed) {
            long now = warehouse.clock().millis();
            warehouse.inTransaction(session -> {
                if (session.catalog().dataset(temporary).isPresent()) {
                    session.dropDataset(temporary, true);
                }
                JobLog.add(session, error == null ? job.finished(outcome, now) : job.failed(error, now));
                return true;
            });
        }
    }

    private void step() throws SQLException {
        Script.Step step = script.steps().get(next++);
        if (step instanceof Script.Run run) {
            statement(run);
        } else if (step instanceof Script.Declare declare) {
            children.locating(declare.place(), () -> variables.declare(declare, this::evaluate));
        } else if (step instanceof Script.Assign assign) {
            children.locating(assign.value().place(), () -> variables.assign(assign, this::evaluate));
        } else if (step instanceof Script.Branch branch) {
            children.locating(branch.condition().place(), () -> {
                if (!variables.holds(branch.condition(), this::evaluate)) {
                    next = branch.otherwise();
                }
            });
        } else if (step instanceof Script.Jump jump) {
            next = jump.target();
        } else if (step instanceof Script.Leave leave) {
            variables.leave(leave);
        } else {
            transaction((Script.Transaction) step);
        }
    }

    private void transaction(Script.Transaction step) throws SQLException {
        WriteSession open = transaction;
        if (step.action().equals("BEGIN") == (open != null)) {
            throw children.located(
                    new ServiceError(
                            400,
                            "invalidQuery",
                            open == null ? "There is no active transaction" : "Transaction is already in progress"),
                    step.place());
        }
        if (open != null) {
            if (step.action().equals("ROLLBACK")) {
                open.rollBackAtEnd();
            }
            transaction = null;
            return;
        }
        boolean unused = queries.inTransaction(job, session -> {
            transaction = session;
            try {
                while (transaction != null && next < script.steps().size()) {
                    step();
                }
                if (transaction != null) {
                    session.rollBackAtEnd();
                }
                return true;
            } finally {
                transaction = null;
            }
        });
    }

    private void statement(Script.Run run) throws SQLException {
        QueryRunner.Planning planning = planning(run);
        children.run("STATEMENT", run.place(), child -> {
            WriteSession open = transaction;
            return open == null ? queries.run(child, query, planning, true) : queries.run(child, query, planning, open);
        });
    }

    private QueryRunner.Planning planning(Script.Run run) {
        return catalog -> {
            StatementPlan plan = GoogleSql.plan(run.statement(), script.sql(), environment(catalog));
            access.check(job.key(), query, plan);
            boolean ddl = !(plan instanceof StatementPlan.Select) && !(plan instanceof StatementPlan.Dml);
            if (ddl && transaction != null && !isOfTemporaryTable(plan)) {
                throw new ServiceError(
                        400,
                        "invalidQuery",
                        plan.statementType().replace('_', ' ')
                                + " is not supported in a transaction, except for temporary tables");
            }
            changed |= !(plan instanceof StatementPlan.Select);
            return plan;
        };
    }

    private static boolean isOfTemporaryTable(StatementPlan plan) {
        if (plan instanceof StatementPlan.CreateTable create) {
            return TableRef.of(create.table().getTableReference()).datasetRef().isOfScript();
        }
        return plan instanceof StatementPlan.DropTable drop
                && drop.table().datasetRef().isOfScript();
    }

    private StatementEnvironment environment(Catalog catalog) {
        return queries.environment(job.key(), query, catalog).inScript(variables.values(), temporary);
    }

    private List<TypedSql> evaluate(Script.Value value, ScriptVariables.Planning planning) throws SQLException {
        WriteSession open = transaction;
        return open == null
                ? warehouse.read(session -> evaluate(value, planning, session))
                : evaluate(value, planning, open);
    }

    private List<TypedSql> evaluate(Script.Value value, ScriptVariables.Planning planning, ReadSession session)
            throws SQLException {
        Evaluation plan = planning.plan(environment(session.catalog()));
        access.reads(plan.scans());
        List<TypedSql> constants = new ArrayList<>();
        if (plan.scans().isEmpty()) {
            constants.addAll(evaluate(plan, job, session));
        } else {
            children.run("EXPRESSION", value.place(), child -> {
                constants.addAll(evaluate(plan, child, session));
                StatementPlan read = new StatementPlan.Select(plan.sql(), List.of(), plan.scans());
                return JobOutcome.of(JobOutcome.statistics(
                        QueryRunner.statistics(read).setTotalBytesProcessed(PruningEstimate.bytes(session, read))));
            });
        }
        return constants;
    }

    private static List<TypedSql> evaluate(Evaluation plan, RunningJob job, ReadSession session) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            job.executing(statement);
            try (ResultSet rows = statement.executeQuery(plan.sql())) {
                rows.next();
                List<TypedSql> constants = new ArrayList<>();
                for (int i = 0; i < plan.types().size(); i++) {
                    constants.add(
                            new TypedSql(rows.getString(i + 1), plan.types().get(i)));
                }
                return constants;
            } finally {
                job.executing(null);
            }
        }
    }
}
