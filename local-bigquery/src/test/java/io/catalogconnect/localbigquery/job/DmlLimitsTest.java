package io.catalogconnect.localbigquery.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.api.services.bigquery.model.TimePartitioning;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import io.catalogconnect.testkit.MovableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of concurrent statements and their conflicts. */
@Timeout(30)
class DmlLimitsTest {

    private static final TableRef TABLE = new TableRef("p", "d", "t");
    private static final TableRef DAILY = new TableRef("p", "d", "daily");

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-10T00:00:00Z"));
    /** Statements that run completely while another one takes its time, one after the other. */
    private final Deque<Runnable> meanwhile = new ArrayDeque<>();

    private final DmlLimits limits = new DmlLimits(clock, () -> {
        Runnable other = meanwhile.poll();
        if (other != null) {
            other.run();
        }
    });
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger executions = new AtomicInteger();
    private final List<RunningJob> jobs = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Warehouse warehouse;

    @BeforeEach
    void open() throws SQLException {
        warehouse = Warehouse.open(folder.resolve("warehouse.duckdb"), clock, "100MB");
        boolean unused = warehouse.inTransaction(session -> {
            session.createDataset(new Dataset()
                    .setDatasetReference(
                            new DatasetReference().setProjectId("p").setDatasetId("d")));
            TableSchema schema = new TableSchema()
                    .setFields(List.of(new TableFieldSchema().setName("day").setType("DATE")));
            session.createTable(
                    new Table().setTableReference(TABLE.toReference()).setSchema(schema));
            session.createTable(new Table()
                    .setTableReference(DAILY.toReference())
                    .setSchema(schema)
                    .setTimePartitioning(new TimePartitioning().setType("DAY").setField("day")));
            return true;
        });
    }

    @AfterEach
    void close() throws SQLException {
        release.countDown();
        threads.shutdownNow();
        warehouse.close();
    }

    @ParameterizedTest
    @CsvSource({"UPDATE", "DELETE", "MERGE", "TRUNCATE_TABLE"})
    void twoChangesRunAndTwentyWaitAndTheNextIsRefused(String type) {
        List<CompletableFuture<JobOutcome>> outcomes = startBlocked(type, 22, 2);

        assertThatThrownBy(() -> run(TABLE, type, 1))
                .isInstanceOf(ServiceError.class)
                .hasMessage("Resources exceeded during query execution: Too many DML statements outstanding against"
                        + " table p:d.t, limit is 20.");
        assertThat(pending()).isEqualTo(20);
        assertThat(run(DAILY, type, 1).changedRows()).isEqualTo(1);
        assertThat(run(TABLE, "INSERT", 1).changedRows()).isEqualTo(1);

        release.countDown();
        outcomes.forEach(CompletableFuture::join);
        assertThat(pending()).isZero();
        assertThat(run(TABLE, type, 1).changedRows()).isEqualTo(1);
    }

    @Test
    void insertsAreLimitedAfterTheFirst1500OfADay() {
        for (int i = 0; i < 1_500; i++) {
            run(TABLE, "INSERT", 1);
        }
        List<CompletableFuture<JobOutcome>> outcomes = startBlocked("INSERT", 110, 10);

        assertThatThrownBy(() -> run(TABLE, "INSERT", 1))
                .isInstanceOf(ServiceError.class)
                .hasMessage("Resources exceeded during query execution: Too many DML statements outstanding against"
                        + " table p:d.t, limit is 100.");
        clock.advance(Duration.ofHours(24));
        assertThat(run(TABLE, "INSERT", 1).changedRows()).isEqualTo(1);

        release.countDown();
        outcomes.forEach(CompletableFuture::join);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "3, 5"})
    void changeRunsAgainUpToThreeTimesAfterAConflict(int conflicts, int changedRows) {
        for (int i = 0; i < conflicts; i++) {
            changeMeanwhile(TABLE, "UPDATE", changedRows);
        }

        assertThat(run(TABLE, "UPDATE", 7).changedRows()).isEqualTo(7);
        assertThat(executions).hasValue(conflicts + 1);
    }

    @Test
    void changeFailsAfterTheFourthConflict() {
        for (int i = 0; i < 4; i++) {
            changeMeanwhile(TABLE, "UPDATE", 1);
        }

        ServiceError error = catchThrowableOfType(ServiceError.class, () -> run(TABLE, "MERGE", 1));

        assertThat(error.reason()).isEqualTo("invalidQuery");
        assertThat(error).hasMessage("Could not serialize access to table p:d.t due to concurrent update");
        assertThat(executions).as("the four other statements").hasValue(4);
    }

    @ParameterizedTest
    @CsvSource({
        "t, t, UPDATE, INSERT, 1",
        "t, t, UPDATE, UPDATE, 0",
        "t, daily, UPDATE, UPDATE, 1",
        "daily, daily, UPDATE, UPDATE, 1",
        "t, t, INSERT, UPDATE, 1"
    })
    void statementsThatDoNotConflict(String table, String otherTable, String type, String otherType, long changedRows) {
        for (int i = 0; i < 4; i++) {
            changeMeanwhile(new TableRef("p", "d", otherTable), otherType, changedRows);
        }

        assertThat(run(new TableRef("p", "d", table), type, 7).changedRows()).isEqualTo(7);
        assertThat(executions).as("one other statement ran in the meantime").hasValue(2);
    }

    /** Starts statements that block until they are released, and waits until all but {@code running} are in the queue. */
    private List<CompletableFuture<JobOutcome>> startBlocked(String type, int count, int running) {
        List<CompletableFuture<JobOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RunningJob job = job();
            jobs.add(job);
            outcomes.add(CompletableFuture.supplyAsync(
                    () -> run(job, TABLE, type, () -> {
                        awaitRelease();
                        return changed(1);
                    }),
                    threads));
        }
        Awaitility.await().until(() -> pending() == count - running);
        return outcomes;
    }

    private long pending() {
        return jobs.stream()
                .filter(job -> job.resource().getStatus().getState().equals("PENDING"))
                .count();
    }

    private void changeMeanwhile(TableRef table, String type, long changedRows) {
        meanwhile.add(() -> {
            Deque<Runnable> later = new ArrayDeque<>(meanwhile);
            meanwhile.clear();
            run(table, type, changedRows);
            meanwhile.addAll(later);
        });
    }

    private JobOutcome run(TableRef table, String type, long changedRows) {
        return run(job(), table, type, () -> {
            executions.incrementAndGet();
            return changed(changedRows);
        });
    }

    private JobOutcome run(RunningJob job, TableRef table, String type, DmlLimits.Execution execution) {
        StoredTable target = warehouse.catalog().requireTable(table);
        try {
            return limits.run(job, new StatementPlan.Dml(type, target, List.of(), "", List.of()), execution);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private RunningJob job() {
        return new RunningJob(new JobKey("p", "US", "j"), new Job(), clock);
    }

    private static JobOutcome changed(long rows) {
        return JobOutcome.of(new JobStatistics().setQuery(new JobStatistics2().setNumDmlAffectedRows(rows)));
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
