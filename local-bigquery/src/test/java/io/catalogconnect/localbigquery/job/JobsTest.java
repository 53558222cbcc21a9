package io.catalogconnect.localbigquery.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.services.bigquery.model.ExternalDataConfiguration;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import com.sun.management.OperatingSystemMXBean;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.store.Warehouse;
import io.catalogconnect.testkit.MovableClock;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of query jobs and of their results. */
class JobsTest {

    private static final String SLOW =
            "SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 100000)) AS a, UNNEST(GENERATE_ARRAY(1, 100000)) AS b WHERE MOD(a * b, 7) = 3";

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock(Instant.parse("2024-01-10T00:00:00Z"));

    @SuppressWarnings("NullAway.Init")
    private Warehouse warehouse;

    @SuppressWarnings("NullAway.Init")
    private Jobs jobs;

    @BeforeEach
    void open() throws SQLException {
        warehouse = Warehouse.open(folder.resolve("warehouse.duckdb"), clock, "100MB");
        jobs = Jobs.open(warehouse, new Permissions(), Duration.ZERO);
    }

    @AfterEach
    void close() throws SQLException {
        jobs.close();
        warehouse.close();
    }

    private RunningJob start(String sql) throws SQLException {
        JobConfigurationQuery query = new JobConfigurationQuery().setQuery(sql).setUseLegacySql(false);
        return jobs.insert("p", new Job().setConfiguration(new JobConfiguration().setQuery(query)));
    }

    private RunningJob finish(String sql) throws Exception {
        RunningJob job = start(sql);
        assertThat(job.await(20_000)).isTrue();
        return job;
    }

    private static TableReference result(RunningJob job) {
        return job.resource().getConfiguration().getQuery().getDestinationTable();
    }

    @Test
    @Timeout(20)
    void queryWhoseClientHasGoneIsCancelled() throws Exception {
        RunningJob job = start(SLOW);
        jobs.cancelAbandoned();
        assertThat(job.isDone()).isFalse();

        while (!job.isDone()) {
            clock.advance(RunningJob.ABANDONED.plusMillis(1));
            jobs.cancelAbandoned();
        }

        assertThat(job.resource().getStatus().getErrorResult().getMessage())
                .isEqualTo("Job execution was cancelled: no client has asked for the result for 120 seconds");
    }

    /** DuckDB ignores the interruption of a statement that it does not execute yet. */
    @Test
    @Timeout(20)
    void interruptionIsRepeatedUntilTheJobIsDone() throws Exception {
        RunningJob job = finish("SELECT 1");
        RunningJob other = new RunningJob(job.key(), job.resource(), clock);
        CountDownLatch interruptions = new CountDownLatch(2);
        other.inTransaction((Statement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("cancel");
                    interruptions.countDown();
                    return null;
                }));

        jobs.cancel(other);

        assertThat(interruptions.await(10, TimeUnit.SECONDS)).isTrue();
        other.fail(ServiceError.invalid("stopped"), clock.millis());
    }

    @Test
    void jobWithAPropertyThatWouldBeIgnoredIsRefused() throws Exception {
        JobConfigurationQuery query = new JobConfigurationQuery()
                .setQuery("SELECT 1")
                .setUseLegacySql(false)
                .setTableDefinitions(Map.of("t", new ExternalDataConfiguration()));
        Job job = new Job().setConfiguration(new JobConfiguration().setQuery(query));

        assertThat(catchThrowableOfType(ServiceError.class, () -> jobs.insert("p", job))
                        .getMessage())
                .isEqualTo("Unsupported: local-bigquery has no job property configuration.query.tableDefinitions");
    }

    @Test
    void onlyRecentResultsAreKept() throws Exception {
        List<RunningJob> finished = new ArrayList<>();
        for (int i = 0; i <= AnonymousResults.MAX_RESULTS; i++) {
            finished.add(finish("SELECT " + i));
        }
        assertThat(jobs.resultTable(result(finished.get(0)))).isEmpty();
        assertThat(catchThrowableOfType(ServiceError.class, () -> jobs.page(finished.get(0), 0, 1, 1))
                        .getMessage())
                .isEqualTo("Not found: the result of job " + finished.get(0).key() + " has expired");
        assertThat(jobs.resultTable(result(finished.get(1)))).isPresent();

        clock.advance(AnonymousResults.LIFETIME);
        Optional<Table> last = jobs.resultTable(result(finish("SELECT 1")));
        assertThat(last).isPresent();
        assertThat(jobs.resultTable(result(finished.get(AnonymousResults.MAX_RESULTS))))
                .isEmpty();
    }

    @Test
    void statementsReadTheResultOfAQuery() throws Exception {
        String values =
                "1 AS i, 'it''s' AS s, CAST('nan' AS FLOAT64) AS f, NUMERIC '1.5' AS n, TRUE AS b, b'\\x00a' AS y, DATE '2024-02-29' AS d,"
                                .replace("''", "\\'")
                        + " TIME '01:02:03.5' AS t, DATETIME '0001-01-01 00:00:00' AS dt, TIMESTAMP '9999-12-31 23:59:59.999999+00' AS ts,"
                        + " JSON '{\"a\":1}' AS j, [STRUCT(1 AS x, ['a'] AS y)] AS l, CAST(NULL AS STRUCT<x INT64>) AS u";
        TableReference first = result(finish("SELECT " + values + " UNION ALL SELECT "
                + "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"));
        String table = "`p." + first.getDatasetId() + "." + first.getTableId() + "`";

        RunningJob read =
                finish("SELECT COUNT(*), COUNT(i), COUNTIF(TO_JSON_STRING(r) = (SELECT TO_JSON_STRING(v) FROM (SELECT "
                        + values + ") AS v)), SUM(ARRAY_LENGTH(l)) FROM " + table + " AS r");

        assertThat(read.error()).isNull();
        assertThat(jobs.page(read, 0, 10, 1 << 20).rows()).hasToString("[[2,1,1,1]]");
        TableReference empty = result(finish("SELECT i FROM " + table + " WHERE FALSE"));
        RunningJob none = finish("SELECT COUNT(i) FROM " + empty.getDatasetId() + "." + empty.getTableId());
        assertThat(jobs.page(none, 0, 10, 1 << 20).rows()).hasToString("[[0]]");
        TableReference large =
                result(finish("SELECT i FROM UNNEST(GENERATE_ARRAY(0, " + ReadableJobs.MAX_ROWS + ")) AS i"));
        assertThat(requireNonNull(finish("SELECT 1 FROM " + large.getDatasetId() + "." + large.getTableId())
                                .error())
                        .getMessage())
                .startsWith("Unsupported: reading the result of a query with more than 10000 rows");
    }

    @Test
    void queryThatNeedsTooMuchMemoryFailsWithTheErrorOfBigQuery() throws Exception {
        RunningJob job =
                finish("SELECT LENGTH(STRING_AGG(REPEAT('x', 1000000))) FROM UNNEST(GENERATE_ARRAY(1, 1000)) AS x");

        assertThat(requireNonNull(job.error()).reason()).isEqualTo("resourcesExceeded");
        assertThat(finish("SELECT 1").error()).isNull();
    }

    @Test
    void memoryIsLimitedByDefaultAndQueriesSpillNextToTheDatabase() throws Exception {
        try (Warehouse other = Warehouse.open(folder.resolve("other.duckdb"), clock, null)) {
            String settings = other.read(session -> {
                try (Statement statement = session.connection().createStatement();
                        ResultSet rows = statement.executeQuery(
                                "SELECT current_setting('temp_directory') || ' ' || current_setting('memory_limit')")) {
                    rows.next();
                    return rows.getString(1);
                }
            });
            long total = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getTotalMemorySize();
            assertThat(settings)
                    .isEqualTo(
                            "%s %.1f GiB",
                            folder.resolve("other.duckdb.tmp"), Math.floor(total * 5.0 / (1 << 30)) / 10);
        }
    }
}
