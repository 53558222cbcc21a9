package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobStatistics2;
import io.catalogconnect.localbigquery.sql.GoogleSql;
import io.catalogconnect.localbigquery.sql.plan.Evaluation;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.syntax.Script;
import io.catalogconnect.localbigquery.sql.translation.StatementEnvironment;
import io.catalogconnect.localbigquery.sql.types.Literals;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.ReadSession;
import java.util.List;

/**
 * The dry run of a script: plans its steps one after the other, without following IF. From the first statement on that creates, changes or drops a table,
 * only the syntax is checked, because the tables of later statements are not known.
 */
final class ScriptDryRun {

    private final Script script;
    private final ScriptJobs jobs;
    private final ReadSession session;
    private final StatementEnvironment environment;
    private final ScriptVariables variables;
    private final DatasetRef temporary;
    private long bytes;
    private boolean changes;

    ScriptDryRun(
            Script script,
            ScriptJobs jobs,
            ReadSession session,
            StatementEnvironment environment,
            DatasetRef temporary) {
        this.temporary = temporary;
        this.script = script;
        this.jobs = jobs;
        this.session = session;
        this.environment = environment;
        this.variables = new ScriptVariables(script);
    }

    JobOutcome run() {
        for (Script.Step step : script.steps()) {
            if (!planned(step)) {
                break;
            }
        }
        return JobOutcome.of(JobOutcome.statistics(
                new JobStatistics2().setStatementType("SCRIPT").setTotalBytesProcessed(bytes)));
    }

    private boolean planned(Script.Step step) {
        if (step instanceof Script.Run run) {
            return statement(run);
        } else if (step instanceof Script.Declare declare) {
            jobs.locating(declare.place(), () -> variables.declare(declare, this::typed));
        } else if (step instanceof Script.Assign assign) {
            jobs.locating(assign.value().place(), () -> variables.assign(assign, this::typed));
        } else if (step instanceof Script.Branch branch) {
            jobs.locating(branch.condition().place(), () -> {
                boolean unused = variables.holds(branch.condition(), this::typed);
            });
        } else if (step instanceof Script.Leave leave) {
            variables.leave(leave);
        }
        return true;
    }

    /** Returns whether the tables are the same after the statement. */
    private boolean statement(Script.Run run) {
        jobs.locating(run.place(), () -> {
            StatementPlan plan = GoogleSql.plan(run.statement(), script.sql(), environment());
            bytes += PruningEstimate.bytes(session, plan);
            changes = !(plan instanceof StatementPlan.Select) && !(plan instanceof StatementPlan.Dml);
        });
        return !changes;
    }

    private StatementEnvironment environment() {
        return environment.inScript(variables.values(), temporary);
    }

    /** NULL of each type, because a dry run evaluates nothing. */
    private List<TypedSql> typed(Script.Value value, ScriptVariables.Planning planning) {
        Evaluation plan = planning.plan(environment());
        return plan.types().stream().map(Literals::nullOf).toList();
    }
}
