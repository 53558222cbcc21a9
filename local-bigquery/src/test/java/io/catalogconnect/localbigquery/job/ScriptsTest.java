package io.catalogconnect.localbigquery.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import com.google.api.services.bigquery.model.ScriptOptions;
import com.google.api.services.bigquery.model.ScriptStackFrame;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.catalogconnect.localbigquery.TextCases;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import io.catalogconnect.testkit.MovableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts. {@code job/scripts.txt} lists scripts with their results and errors. */
class ScriptsTest {

    private static final String SLOW =
            "SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 100000)) AS a, UNNEST(GENERATE_ARRAY(1, 100000)) AS b WHERE MOD(a * b, 7) = 3";

    @TempDir
    private static Path folder;

    private static final Permissions PERMISSIONS = new Permissions();

    @SuppressWarnings("NullAway.Init")
    private static Warehouse warehouse;

    @SuppressWarnings("NullAway.Init")
    private static Jobs jobs;

    @BeforeAll
    static void open() throws SQLException {
        warehouse = Warehouse.open(
                folder.resolve("warehouse.duckdb"), new MovableClock(Instant.parse("2024-01-10T00:00:00Z")), "500MB");
        jobs = Jobs.open(warehouse, PERMISSIONS, Duration.ZERO);
    }

    @AfterAll
    static void close() throws SQLException {
        jobs.close();
        warehouse.close();
    }

    @BeforeEach
    void createTable() throws Exception {
        PERMISSIONS.permitAll();
        finish("DROP SCHEMA IF EXISTS shop CASCADE");
        finish("CREATE SCHEMA shop");
        finish("CREATE TABLE t AS SELECT 1 AS id, 'a' AS name UNION ALL SELECT 2, 'b' UNION ALL SELECT 3, 'c'");
    }

    private static Job job(String sql) {
        JobConfigurationQuery query = new JobConfigurationQuery()
                .setQuery(sql)
                .setUseLegacySql(false)
                .setDefaultDataset(new DatasetReference().setProjectId("p").setDatasetId("shop"));
        return new Job().setConfiguration(new JobConfiguration().setQuery(query));
    }

    private static RunningJob finish(String sql) throws Exception {
        return finish(job(sql));
    }

    private static RunningJob finish(Job job) throws Exception {
        RunningJob running = jobs.insert("p", job);
        assertThat(running.await(20_000)).isTrue();
        return running;
    }

    private static String result(RunningJob job) throws SQLException {
        ServiceError error = job.error();
        if (error != null) {
            return String.valueOf(error.getMessage());
        }
        if (jobs.schema(job) != null) {
            return jobs.page(job, 0, 100, 1 << 20).rows().stream()
                    .map(ScriptsTest::text)
                    .collect(Collectors.joining("; "));
        }
        Long changed = job.resource().getStatistics().getQuery().getNumDmlAffectedRows();
        return changed == null ? "no rows" : changed + " rows changed";
    }

    private static String text(JsonArray row) {
        List<String> values = new ArrayList<>();
        for (JsonElement value : row) {
            values.add(value.isJsonNull() ? "NULL" : value.getAsString());
        }
        return String.join(", ", values);
    }

    private static List<Job> children(RunningJob script) {
        List<Job> children = new ArrayList<>(jobs.list("p", script.key().id()));
        Collections.reverse(children);
        return children;
    }

    private static Stream<Arguments> scripts() {
        return TextCases.pairs("job/scripts.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void scriptHasTheListedResult(String sql, String expected) throws Exception {
        assertThat(result(finish(sql))).isEqualTo(expected);
        assertThat(warehouse.catalog().datasets("p"))
                .as("datasets of temporary tables")
                .allMatch(
                        dataset -> dataset.getDatasetReference().getDatasetId().equals("shop"))
                .isNotEmpty();
    }

    @Test
    void eachPartOfAScriptIsAJob() throws Exception {
        RunningJob script = finish("DECLARE n INT64 DEFAULT 1;\nSET n = (SELECT MAX(id) FROM t);\n"
                + "DELETE FROM t WHERE id = n; SELECT name FROM t ORDER BY id;");

        JobStatistics statistics = script.resource().getStatistics();
        assertThat(statistics.getQuery().getStatementType()).isEqualTo("SCRIPT");
        assertThat(statistics.getNumChildJobs()).isEqualTo(3);
        assertThat(statistics.getTotalBytesProcessed()).isPositive();
        assertThat(script.resource().getConfiguration().getQuery().getDestinationTable())
                .isNull();
        assertThat(children(script).stream().map(ScriptsTest::describe))
                .containsExactly(
                        "EXPRESSION SELECT (SELECT MAX(id) FROM t) [2:9]-[2:32]",
                        "STATEMENT DELETE DELETE FROM t WHERE id = n [3:1]-[3:27]",
                        "STATEMENT SELECT SELECT name FROM t ORDER BY id [3:29]-[3:59]");
        assertThat(children(script))
                .allMatch(
                        child -> script.key().id().equals(child.getStatistics().getParentJobId()));
        assertThat(jobs.list("p", null).get(0).getJobReference().getJobId())
                .as("the newest job that is no part of a script")
                .isEqualTo(script.key().id());

        JobReference last = children(script).get(2).getJobReference();
        RunningJob select =
                jobs.running("p", last.getLocation(), last.getJobId()).orElseThrow();
        assertThat(result(select)).isEqualTo("a; b").isEqualTo(result(script));
    }

    private static String describe(Job child) {
        JobStatistics statistics = child.getStatistics();
        ScriptStackFrame frame =
                statistics.getScriptStatistics().getStackFrames().get(0);
        assertThat(frame.getText())
                .isEqualTo(child.getConfiguration().getQuery().getQuery());
        return statistics.getScriptStatistics().getEvaluationKind() + " "
                + statistics.getQuery().getStatementType() + " " + frame.getText() + " [" + frame.getStartLine() + ":"
                + frame.getStartColumn() + "]-[" + frame.getEndLine() + ":" + frame.getEndColumn() + "]";
    }

    @Test
    void statementsBeforeAnErrorStayAndThoseAfterItDoNotRun() throws Exception {
        RunningJob script = finish("DELETE FROM t WHERE id = 1; SELECT 1 / 0; DELETE FROM t WHERE TRUE");

        assertThat(requireNonNull(script.error()).reason()).isEqualTo("invalidQuery");
        assertThat(children(script)).hasSize(2);
        assertThat(result(finish("SELECT id FROM t ORDER BY id"))).isEqualTo("2; 3");
    }

    @Test
    void transactionIsRolledBackByAnErrorAndByTheEndOfTheScript() throws Exception {
        finish("BEGIN TRANSACTION; DELETE FROM t WHERE TRUE; SELECT 1 / 0; COMMIT TRANSACTION");
        finish("BEGIN TRANSACTION; DELETE FROM t WHERE TRUE");

        assertThat(result(finish("SELECT COUNT(*) FROM t"))).isEqualTo("3");
    }

    @Test
    void parametersAreVisibleInAllStatements() throws Exception {
        Job job = job("DECLARE x INT64 DEFAULT ?; SELECT x, ?, id FROM t WHERE id = ?");
        job.getConfiguration()
                .getQuery()
                .setQueryParameters(new ArrayList<>(List.of(parameter("5"), parameter("6"), parameter("2"))));

        assertThat(result(finish(job))).isEqualTo("5, 6, 2");
    }

    private static QueryParameter parameter(String value) {
        return new QueryParameter()
                .setParameterType(new QueryParameterType().setType("INT64"))
                .setParameterValue(new QueryParameterValue().setValue(value));
    }

    @Test
    void resultIsThatOfTheFirstSelectIfTheJobAsksForIt() throws Exception {
        Job job = job("DELETE FROM t WHERE id = 1; SELECT 1; SELECT 2");
        job.getConfiguration().getQuery().setScriptOptions(new ScriptOptions().setKeyResultStatement("FIRST_SELECT"));

        assertThat(result(finish(job))).isEqualTo("1");

        Job limited = job("SELECT 1; SELECT 2");
        limited.getConfiguration().getQuery().setScriptOptions(new ScriptOptions().setStatementTimeoutMs(5L));
        assertThat(result(finish(limited)))
                .isEqualTo(
                        "Unsupported: local-bigquery has no job property configuration.query.scriptOptions.statementTimeoutMs");
    }

    @Test
    void scriptWithADestinationTableIsRefused() throws Exception {
        Job job = job("SELECT 1; SELECT 2");
        job.getConfiguration()
                .getQuery()
                .setDestinationTable(new TableReference()
                        .setProjectId("p")
                        .setDatasetId("shop")
                        .setTableId("x"));

        assertThat(result(finish(job))).isEqualTo("configuration.query.destinationTable cannot be set for scripts");
    }

    private static JobStatistics dryRun(String sql) throws SQLException {
        Job job = job(sql);
        job.getConfiguration().setDryRun(true);
        return jobs.insert("p", job).resource().getStatistics();
    }

    @Test
    void dryRunPlansTheStatementsBeforeTheFirstChangeOfTables() throws Exception {
        JobStatistics statistics = dryRun(
                "DECLARE x ARRAY<INT64> DEFAULT [1]; SELECT id FROM t WHERE id IN UNNEST(x); DELETE FROM t WHERE TRUE;"
                        + " CREATE TABLE u (n INT64); SELECT n FROM u");

        assertThat(statistics.getQuery().getStatementType()).isEqualTo("SCRIPT");
        assertThat(statistics.getTotalBytesProcessed()).isEqualTo(24);
        assertThat(result(finish("SELECT COUNT(*) FROM t"))).isEqualTo("3");
        for (String wrong : List.of("SELECT nix FROM t; SELECT 1", "DECLARE y DEFAULT nix; SELECT 1")) {
            assertThat(catchThrowableOfType(ServiceError.class, () -> dryRun(wrong))
                            .getMessage())
                    .isEqualTo("Query error: Unrecognized name: nix at [1:" + (wrong.indexOf("nix") + 1) + "]");
        }
    }

    @Test
    void permissionsOfEachStatementAreChecked() throws Exception {
        PERMISSIONS.permitOnly(List.of(
                "bigquery.jobs.create projects/p", "bigquery.tables.getData projects/p/datasets/shop/tables/t"));

        assertThat(result(finish(
                        "CREATE TEMP TABLE x AS SELECT * FROM t; DELETE FROM x WHERE id = 1; SELECT COUNT(*) FROM x")))
                .isEqualTo("2");
        RunningJob refused = finish("SELECT 1; DELETE FROM t WHERE TRUE");
        assertThat(requireNonNull(refused.error()).reason()).isEqualTo("accessDenied");
        assertThat(result(finish("SELECT COUNT(*) FROM t"))).isEqualTo("3");
    }

    @Test
    void scriptThatChangedSomethingIsKnownAfterARestart() throws Exception {
        RunningJob done = finish("DELETE FROM t WHERE id = 1; SELECT 1");
        RunningJob failed = finish("DELETE FROM t WHERE id = 2; SELECT 1 / 0");

        try (Jobs restarted = Jobs.open(warehouse, PERMISSIONS, Duration.ZERO)) {
            Job job = restarted.find("p", "US", done.key().id()).orElseThrow();
            assertThat(job.getStatus().getState()).isEqualTo("DONE");
            assertThat(job.getStatus().getErrorResult()).isNull();
            assertThat(job.getStatistics().getNumChildJobs()).isEqualTo(2);
            assertThat(restarted
                            .find("p", "US", failed.key().id())
                            .orElseThrow()
                            .getStatus()
                            .getErrorResult()
                            .getMessage())
                    .startsWith("Query error: ");
        }
    }

    @Test
    void scriptThatAStopOfTheServerInterruptsHasFailed() throws Exception {
        RunningJob script = jobs.insert("p", job("DELETE FROM t WHERE id = 1; " + SLOW));
        while (children(script).size() < 2) {
            Thread.onSpinWait();
        }

        try (Jobs restarted = Jobs.open(warehouse, PERMISSIONS, Duration.ZERO)) {
            Job job = restarted.find("p", "US", script.key().id()).orElseThrow();
            assertThat(job.getStatus().getErrorResult().getMessage())
                    .isEqualTo("The job was interrupted by a stop of the server");
        }
        jobs.cancel(script);
        assertThat(script.await(20_000)).isTrue();
    }

    @Test
    void temporaryTablesThatAStopOfTheServerLeftAreRemoved() throws Exception {
        DatasetRef left = DatasetRef.ofScript("p", "left");
        warehouse.inTransaction(session -> session.createTable(
                new Table().setTableReference(TableRef.of(left, "x").toReference())));

        Jobs.open(warehouse, PERMISSIONS, Duration.ZERO).close();

        assertThat(warehouse.catalog().dataset(left)).isEmpty();
        assertThat(warehouse.catalog().dataset(new DatasetRef("p", "shop"))).isPresent();
    }

    @Test
    void jobsAreRowsOfInformationSchema() throws Exception {
        Job labelled = job("DECLARE n INT64 DEFAULT 1; DELETE FROM t WHERE id = n; SELECT 1 / 0");
        labelled.getConfiguration().setLabels(new HashMap<>(Map.of("team", "a")));
        String id = finish(labelled).key().id();

        for (String view : List.of(
                "`region-us`.INFORMATION_SCHEMA.JOBS",
                "`p`.`region-us`.INFORMATION_SCHEMA.JOBS_BY_PROJECT",
                "`p.region-us.INFORMATION_SCHEMA.JOBS_BY_USER`",
                "INFORMATION_SCHEMA.JOBS")) {
            assertThat(result(finish(
                            "SELECT statement_type, state, error_result.reason, dml_statistics.deleted_row_count,"
                                    + " destination_table.table_id = 't', referenced_tables[SAFE_OFFSET(0)].table_id, labels[OFFSET(0)].value,"
                                    + " creation_time = TIMESTAMP '2024-01-10 00:00:00+00', query FROM "
                                    + view + " WHERE parent_job_id = '" + id + "' ORDER BY job_id")))
                    .as(view)
                    .isEqualTo("DELETE, DONE, NULL, 1, true, t, a, true, DELETE FROM t WHERE id = n; "
                            + "NULL, DONE, invalidQuery, NULL, false, NULL, a, true, SELECT 1 / 0");
        }
        assertThat(result(finish(
                        "SELECT COUNT(*), ANY_VALUE(state), ANY_VALUE(job_type) FROM `region-us`.INFORMATION_SCHEMA.JOBS WHERE job_id = '"
                                + id + "'")))
                .isEqualTo("1, DONE, QUERY");
    }

    @Test
    void cancelledScriptStopsItsStatement() throws Exception {
        RunningJob script = jobs.insert("p", job("BEGIN TRANSACTION; DELETE FROM t WHERE TRUE; " + SLOW + "; COMMIT"));
        while (children(script).size() < 2) {
            Thread.onSpinWait();
        }
        jobs.cancel(script);

        assertThat(script.await(20_000)).isTrue();
        assertThat(result(script)).isEqualTo(RunningJob.CANCELLED);
        assertThat(result(finish("SELECT COUNT(*) FROM t"))).isEqualTo("3");
    }
}
