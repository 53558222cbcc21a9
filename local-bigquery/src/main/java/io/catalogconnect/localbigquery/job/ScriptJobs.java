package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.ScriptOptions;
import com.google.api.services.bigquery.model.ScriptStackFrame;
import com.google.api.services.bigquery.model.ScriptStatistics;
import io.catalogconnect.localbigquery.sql.syntax.Script;
import io.catalogconnect.localbigquery.sql.syntax.Script.Place;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The jobs of one run of a script, and what they add up to. */
final class ScriptJobs {

    private static final Pattern PLACED = Pattern.compile(".* at \\[\\d+:\\d+]", Pattern.DOTALL);

    private final Script script;
    private final RunningJob parent;
    private final Clock clock;
    private final Runner runner;
    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final boolean firstSelect;
    private long count;
    private long bytes;
    /** The job whose result is the result of the script. */
    private @Nullable RunningJob key;

    /** Makes a job known, and runs it until it is done or has failed. */
    @FunctionalInterface
    interface Runner {
        void run(RunningJob job, JobWork work);
    }

    /** A part of a script that is not a job. */
    @FunctionalInterface
    interface Part {
        void run() throws SQLException;
    }

    ScriptJobs(Script script, RunningJob parent, Clock clock, Runner runner) {
        this.script = script;
        this.parent = parent;
        this.clock = clock;
        this.runner = runner;
        ScriptOptions options = parent.resource().getConfiguration().getQuery().getScriptOptions();
        this.firstSelect = options != null && "FIRST_SELECT".equals(options.getKeyResultStatement());
    }

    /** Letters and digits that no other run of a script has. */
    String id() {
        return id;
    }

    /**
     * Runs a part of the script as a job.
     *
     * @param kind STATEMENT or EXPRESSION
     * @throws ServiceError the error of the job, with its position in the script
     */
    void run(String kind, Place place, JobWork work) {
        Job resource =
                new Job().setConfiguration(parent.resource().getConfiguration().clone());
        JobKey name = new JobKey(parent.key().project(), parent.key().location(), "script_job_" + id + "_" + count++);
        resource.getConfiguration()
                .getQuery()
                .setQuery(script.text(place))
                .setDestinationTable(AnonymousResults.newTable(name));
        RunningJob child = new RunningJob(name, resource, clock, parent);
        child.configuration()
                .getStatistics()
                .setScriptStatistics(new ScriptStatistics()
                        .setEvaluationKind(kind)
                        .setStackFrames(new ArrayList<>(List.of(frame(place)))));
        runner.run(child, work);
        ServiceError error = child.error();
        if (error != null) {
            throw located(error, place);
        }
        JobOutcome outcome = child.outcome();
        if (outcome != null && outcome.statistics().getTotalBytesProcessed() != null) {
            bytes += outcome.statistics().getTotalBytesProcessed();
        }
        if (kind.equals("STATEMENT") && !(firstSelect && isSelect(key))) {
            key = child;
        }
    }

    private static boolean isSelect(@Nullable RunningJob job) {
        JobOutcome outcome = job == null ? null : job.outcome();
        return outcome != null && outcome.rows() != null;
    }

    private ScriptStackFrame frame(Place place) {
        SqlError.Position start = SqlError.position(script.sql(), place.start());
        SqlError.Position end = SqlError.position(script.sql(), place.end());
        return new ScriptStackFrame()
                .setStartLine(start.line())
                .setStartColumn(start.column())
                .setEndLine(end.line())
                .setEndColumn(end.column())
                .setText(script.text(place));
    }

    /** Adds the position of a part of the script to its errors. */
    void locating(Place place, Part part) {
        try {
            part.run();
        } catch (SQLException | RuntimeException e) {
            throw located(ServiceError.of(e), place);
        }
    }

    /** The error of a script that fails with the error of a part of it. */
    ServiceError located(ServiceError error, Place place) {
        String message = String.valueOf(error.getMessage());
        if (error.reason().equals("stopped") || message.startsWith("Query error: ")) {
            return error;
        }
        Matcher placed = PLACED.matcher(message);
        return new ServiceError(
                error.code(),
                error.reason(),
                "Query error: "
                        + (placed.matches()
                                ? message
                                : SqlError.at(message, script.sql(), place.start())
                                        .getMessage()));
    }

    /** The outcome of the script: the result of its last statement, or of its first SELECT if the job asks for it. */
    JobOutcome outcome() {
        JobStatistics2 statistics = new JobStatistics2()
                .setStatementType("SCRIPT")
                .setTotalBytesProcessed(bytes)
                .setTotalBytesBilled(bytes);
        JobOutcome result = key == null ? null : key.outcome();
        JobStatistics total = JobOutcome.statistics(statistics).setNumChildJobs(count);
        if (key == null || result == null) {
            return JobOutcome.of(total);
        }
        JobStatistics2 own = result.statistics().getQuery();
        statistics.setNumDmlAffectedRows(own.getNumDmlAffectedRows()).setDmlStats(own.getDmlStats());
        return new JobOutcome(
                total,
                result.schema(),
                null,
                result.rows() == null
                        ? result.destination()
                        : key.resource().getConfiguration().getQuery().getDestinationTable());
    }
}
