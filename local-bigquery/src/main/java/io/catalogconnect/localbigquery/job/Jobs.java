package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of the server: starts, finds and cancels them. Thread-safe. */
public final class Jobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** DuckDB processes a statement recursively on the thread of its job; the default of the JVM is too small for its own limits. */
    private static final long STACK_BYTES = 64L << 20;

    private static final long WATCH_SECONDS = 10;
    private static final long CANCEL_AGAIN_MILLIS = 500;

    private final Warehouse warehouse;
    private final Clock clock;
    private final JobLog log;
    private final Path directory;
    /** In the order of their creation. */
    private final Map<JobKey, RunningJob> jobs = Collections.synchronizedMap(new LinkedHashMap<>());

    private final AnonymousResults results = new AnonymousResults();
    private final ExecutorService executor;
    private final ScheduledExecutorService watch;
    private final ScriptRunner queries;
    private final LoadRunner loads;
    private final CopyRunner copies;
    private final JobAccess access;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Jobs(Warehouse warehouse, Permissions permissions, Duration latency, JobLog log, Path directory) {
        this.warehouse = warehouse;
        this.clock = warehouse.clock();
        this.log = log;
        this.directory = directory;
        this.executor = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(null, work, "bigquery-job", STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        });
        this.watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "bigquery-job-watch");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> unused =
                watch.scheduleWithFixedDelay(this::cancelAbandoned, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
        this.access = new JobAccess(permissions);
        this.queries = new ScriptRunner(
                warehouse,
                new QueryRunner(
                        warehouse,
                        directory,
                        new ReadableJobs(this::all, results),
                        new DmlLimits(clock, () -> pause(latency))),
                access,
                this::runChild);
        this.loads = new LoadRunner(warehouse);
        this.copies = new CopyRunner(warehouse);
    }

    /**
     * Reads the job log.
     *
     * @param latency the time that each statement runs at least
     */
    public static Jobs open(Warehouse warehouse, Permissions permissions, Duration latency) throws SQLException {
        ScriptRunner.removeTemporaryTables(warehouse);
        try {
            return new Jobs(
                    warehouse,
                    permissions,
                    latency,
                    JobLog.open(warehouse),
                    Files.createTempDirectory("local-bigquery"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the directory for query results", e);
        }
    }

    private void pause(Duration time) {
        try {
            boolean unused = !time.isZero() && closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Directory of uploaded files that wait for their load job. */
    public Path directory() {
        return directory;
    }

    /** Starts a job without an upload. */
    public RunningJob insert(String project, Job job) throws SQLException {
        return insert(project, job, null);
    }

    /**
     * Starts a job.
     *
     * @param project the project of the job
     * @param job the resource as sent; if it has no id, one is generated
     * @param media an uploaded file; it is removed when the job is done
     * @return the job, running
     * @throws ServiceError when the id is taken or the configuration is invalid
     */
    public RunningJob insert(String project, Job job, @Nullable Path media) throws SQLException {
        JobReference reference = job.getJobReference();
        String id =
                reference == null || reference.getJobId() == null ? "job_" + UUID.randomUUID() : reference.getJobId();
        String location = reference == null || reference.getLocation() == null ? "US" : reference.getLocation();
        if (!id.matches("[A-Za-z0-9_-]{1,1024}")) {
            throw ServiceError.invalid(
                    "Invalid job ID \"" + id
                            + "\". Job IDs must be alphanumeric (plus underscores and dashes) and must be at most 1024 characters long.");
        }
        JobKey key = new JobKey(project, location, id);
        JobConfiguration configuration = job.getConfiguration();
        if (configuration == null) {
            throw ServiceError.invalid("Required parameter is missing: configuration");
        }
        JobProperties.check(configuration);
        access.check(key, configuration);
        if (configuration.getQuery() != null) {
            queries.checkAccess(key, configuration.getQuery());
        }
        boolean dryRun = Boolean.TRUE.equals(configuration.getDryRun());
        RunningJob running = new RunningJob(key, job.clone(), clock);
        JobWork work = work(running, configuration, media, dryRun);
        if (dryRun) {
            CompletableFuture.runAsync(() -> run(running, work), executor).join();
            ServiceError error = running.error();
            if (error != null) {
                throw error;
            }
            return running;
        }
        if (log.find(key).isPresent() || jobs.putIfAbsent(key, running) != null) {
            throw ServiceError.duplicate("Already Exists: Job " + key);
        }
        executor.execute(() -> run(running, work));
        Long timeout = configuration.getJobTimeoutMs();
        if (timeout != null && timeout > 0) {
            String reason = "Job timed out after " + timeout + " ms, its configuration.jobTimeoutMs";
            CompletableFuture.delayedExecutor(timeout, TimeUnit.MILLISECONDS).execute(() -> stop(running, reason));
        }
        return running;
    }

    private void stop(RunningJob job, String reason) {
        try {
            if (job.cancel(reason) && !watch.isShutdown()) {
                Future<?> unused = watch.schedule(() -> stop(job, reason), CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The server stops while job {} is being cancelled", job.key(), e);
        } catch (SQLException e) {
            LOG.warn("Job {} cannot be cancelled: {}", job.key(), reason, e);
        }
    }

    /** Cancels the queries whose clients have gone. */
    void cancelAbandoned() {
        all().stream()
                .filter(RunningJob::isAbandoned)
                .forEach(job -> stop(
                        job,
                        "Job execution was cancelled: no client has asked for the result for "
                                + RunningJob.ABANDONED.toSeconds() + " seconds"));
    }

    /** Runs a part of a script. */
    private void runChild(RunningJob child, JobWork work) {
        jobs.put(child.key(), child);
        run(child, work);
    }

    private JobWork work(RunningJob running, JobConfiguration configuration, @Nullable Path media, boolean dryRun) {
        JobConfigurationQuery query = configuration.getQuery();
        if (query != null) {
            running.configuration().getConfiguration().setJobType("QUERY");
            if (dryRun) {
                return job -> queries.dryRun(job, query);
            }
            if (query.getDestinationTable() == null) {
                running.configuration()
                        .getConfiguration()
                        .getQuery()
                        .setDestinationTable(AnonymousResults.newTable(running.key()));
                return job -> queries.run(job, query, true);
            }
            return job -> queries.run(job, query, false);
        }
        if (configuration.getLoad() != null) {
            running.configuration().getConfiguration().setJobType("LOAD");
            return job -> load(job, configuration.getLoad(), media);
        }
        if (configuration.getCopy() != null) {
            running.configuration().getConfiguration().setJobType("COPY");
            return job -> copies.run(job, configuration.getCopy());
        }
        if (configuration.getExtract() != null) {
            throw ServiceError.invalid("Unsupported: local-bigquery has no extract jobs");
        }
        throw ServiceError.invalid("Unsupported: the job's configuration is neither query nor load nor copy");
    }

    private JobOutcome load(RunningJob job, JobConfigurationLoad configuration, @Nullable Path media)
            throws SQLException {
        try {
            return loads.run(job, configuration, media);
        } finally {
            if (media != null) {
                delete(media);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the uploaded file " + file, e);
        }
    }

    private void run(RunningJob job, JobWork work) {
        try {
            JobOutcome outcome = work.run(job);
            if (outcome.rows() != null) {
                results.keep(job, clock.millis());
            }
            job.succeed(outcome, clock.millis());
        } catch (SQLException | RuntimeException e) {
            job.fail(ServiceError.of(e), clock.millis());
        } catch (StackOverflowError e) {
            job.fail(ServiceError.of(SqlError.tooComplex()), clock.millis());
        }
    }

    /** Finds a job by project, location and id. Jobs of different locations are different jobs. */
    public Optional<Job> find(String project, @Nullable String location, String id) throws SQLException {
        Optional<RunningJob> running = running(project, location, id);
        if (running.isPresent()) {
            return running.map(RunningJob::resource);
        }
        return log.find(new JobKey(project, location == null ? "US" : location, id));
    }

    /** A job that was started since this server started. */
    public Optional<RunningJob> running(String project, @Nullable String location, String id) {
        return Optional.ofNullable(jobs.get(new JobKey(project, location == null ? "US" : location, id)))
                .map(RunningJob::asked);
    }

    /**
     * The jobs of a project, newest first.
     *
     * @param parent the id of the script whose parts are listed; null for the jobs that are no parts of scripts
     */
    public List<Job> list(String project, @Nullable String parent) {
        List<Job> list = new ArrayList<>();
        for (RunningJob job : all()) {
            Job resource = job.resource();
            if (job.key().project().equals(project)
                    && Objects.equals(resource.getStatistics().getParentJobId(), parent)) {
                list.add(resource);
            }
        }
        Collections.reverse(list);
        return list;
    }

    private List<RunningJob> all() {
        synchronized (jobs) {
            return List.copyOf(jobs.values());
        }
    }

    /** Requests cancellation of a job. The job may finish nevertheless. */
    public Job cancel(RunningJob job) {
        stop(job, RunningJob.CANCELLED);
        return job.resource();
    }

    /** Removes a finished job. */
    public void delete(RunningJob job) {
        if (!job.isDone()) {
            throw ServiceError.invalid("Cannot delete job " + job.key() + ": it is still running");
        }
        jobs.remove(job.key());
        close(job);
    }

    /** The columns of the result of a query, or null if the statement has no result. */
    public @Nullable List<TableFieldSchema> schema(RunningJob job) {
        JobOutcome outcome = job.outcome();
        return outcome == null ? null : outcome.schema();
    }

    /** A page of the result of a finished query. */
    public RowPage page(RunningJob job, long start, long maxRows, long maxBytes) throws SQLException {
        JobOutcome outcome = job.outcome();
        if (outcome == null || outcome.schema() == null) {
            return new RowPage(List.of(), List.of(), 0, 0);
        }
        ResultRows rows = outcome.rows();
        TableReference destination = outcome.destination();
        Optional<RunningJob> part =
                outcome.isScript() && destination != null ? results.find(destination) : Optional.empty();
        if (part.isPresent()) {
            return page(part.get(), start, maxRows, maxBytes);
        }
        if (rows == null && destination != null) {
            return new TableRows(warehouse).page(destination, start, maxRows, maxBytes);
        }
        if (rows == null) {
            throw ServiceError.notFound("Not found: the result of job " + job.key() + " has expired");
        }
        return new RowPage(outcome.schema(), rows.page(start, maxRows, maxBytes), start, rows.count());
    }

    /** The job whose result this table names, if the table is the anonymous table of a query. */
    public Optional<RunningJob> ofResultTable(TableReference table) {
        return results.find(table);
    }

    /** The resource of the anonymous table of a query. */
    public Optional<Table> resultTable(TableReference table) {
        return results.find(table).flatMap(job -> {
            JobOutcome outcome = job.outcome();
            ResultRows rows = outcome == null ? null : outcome.rows();
            return outcome == null || rows == null
                    ? Optional.empty()
                    : Optional.of(AnonymousResults.table(job, outcome, rows));
        });
    }

    private static void close(RunningJob job) {
        JobOutcome outcome = job.outcome();
        if (outcome != null && outcome.rows() != null) {
            outcome.rows().close();
        }
    }

    /** Cancels running jobs and removes all results. */
    @Override
    public void close() throws SQLException {
        for (RunningJob job : all()) {
            job.cancel(RunningJob.CANCELLED);
        }
        closed.countDown();
        watch.shutdownNow();
        executor.shutdown();
        all().forEach(Jobs::close);
        try (java.util.stream.Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the results of queries from " + directory, e);
        }
    }
}
