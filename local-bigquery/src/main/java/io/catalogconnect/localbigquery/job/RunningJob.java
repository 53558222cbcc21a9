package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatus;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A job and its state. Thread-safe. */
public final class RunningJob {

    static final String CANCELLED = "Job execution was cancelled: User requested cancellation";

    /** Time after which a query is cancelled if no client has asked for its result. */
    static final Duration ABANDONED = Duration.ofMinutes(2);

    private final Clock clock;
    private final JobKey key;
    private final Job resource;
    private final @Nullable RunningJob parent;
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable JobOutcome outcome;
    private @Nullable ServiceError error;
    private @Nullable Statement statement;
    private @Nullable Statement transaction;
    private boolean onlyReads;
    private int waiting;
    private long lastAsked;
    /** Why the job is cancelled, or empty. */
    private String cancelled = "";

    RunningJob(JobKey key, Job resource, Clock clock) {
        this(key, resource, clock, null);
    }

    /** @param parent the script of which the job runs a part, or null */
    RunningJob(JobKey key, Job resource, Clock clock, @Nullable RunningJob parent) {
        this.parent = parent;
        long now = clock.millis();
        this.clock = clock;
        this.lastAsked = now;
        this.key = key;
        this.resource = resource;
        resource.setKind("bigquery#job").setId(key.toString()).setJobReference(key.toReference());
        resource.setStatus(new JobStatus().setState("RUNNING"));
        resource.setStatistics(new JobStatistics()
                .setCreationTime(now)
                .setStartTime(now)
                .setParentJobId(parent == null ? null : parent.key.id()));
        resource.setUserEmail("local@bigquery");
    }

    JobKey key() {
        return key;
    }

    @Nullable
    RunningJob parent() {
        return parent;
    }

    Job configuration() {
        return resource;
    }

    /** A copy of the current resource. */
    public synchronized Job resource() {
        return resource.clone();
    }

    /** Waits until the job is done or the time has passed. */
    public boolean await(long millis) throws InterruptedException {
        synchronized (this) {
            waiting++;
        }
        try {
            return done.await(millis, TimeUnit.MILLISECONDS);
        } finally {
            synchronized (this) {
                waiting--;
                lastAsked = clock.millis();
            }
        }
    }

    /** Remembers that a client has asked for the job. */
    synchronized RunningJob asked() {
        lastAsked = clock.millis();
        return this;
    }

    /** Marks a job without an effect except its result, so that it need not finish if nobody asks for the result. */
    synchronized void onlyReads() {
        onlyReads = parent == null;
    }

    /** Returns whether the job still runs although no client waits for its result. */
    synchronized boolean isAbandoned() {
        return !isDone() && onlyReads && waiting == 0 && clock.millis() - lastAsked > ABANDONED.toMillis();
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    synchronized @Nullable JobOutcome outcome() {
        return outcome;
    }

    /** The error of the job, or null if it has not failed. */
    public synchronized @Nullable ServiceError error() {
        return error;
    }

    /** Shows whether the job waits for other jobs. */
    synchronized void queued(boolean waits) {
        resource.getStatus().setState(waits ? "PENDING" : "RUNNING");
    }

    /** Registers the statement that is being executed, so that it can be cancelled. */
    void executing(@Nullable Statement current) {
        if (parent != null) {
            parent.executing(current);
        }
        synchronized (this) {
            if (!cancelled.isEmpty() && current != null) {
                throw stopped();
            }
            statement = current;
        }
    }

    /** Registers a statement of the connection of the job's transaction, so that all of its statements can be cancelled. */
    void inTransaction(@Nullable Statement any) {
        if (parent != null) {
            parent.inTransaction(any);
        }
        synchronized (this) {
            if (!cancelled.isEmpty() && any != null) {
                throw stopped();
            }
            statement = null;
            transaction = any;
        }
    }

    private ServiceError stopped() {
        return new ServiceError(400, "stopped", cancelled);
    }

    /**
     * Interrupts the job if it is still running. Returns whether it is: DuckDB ignores the interruption of a statement that it does not execute
     * yet, so the caller must repeat it.
     */
    synchronized boolean cancel(String reason) throws SQLException {
        if (isDone()) {
            return false;
        }
        cancelled = cancelled.isEmpty() ? reason : cancelled;
        Statement running = statement == null ? transaction : statement;
        if (running != null) {
            running.cancel();
        }
        return true;
    }

    /** Removes the rows of an expired result. The job stays. */
    void dropRows() {
        JobOutcome before;
        synchronized (this) {
            before = outcome;
            outcome = before == null
                    ? null
                    : new JobOutcome(before.statistics(), before.schema(), null, before.destination());
        }
        if (before != null && before.rows() != null) {
            before.rows().close();
        }
    }

    synchronized void succeed(JobOutcome result, long now) {
        outcome = result;
        nameDestination(resource, result);
        warn(resource, result);
        JobStatistics statistics = resource.getStatistics();
        statistics.putAll(result.statistics());
        finish(now);
    }

    synchronized void fail(ServiceError cause, long now) {
        ServiceError failure = cancelled.isEmpty() ? cause : stopped();
        error = failure;
        setError(resource, failure);
        finish(now);
    }

    private void finish(long now) {
        resource.getStatistics().setEndTime(now);
        resource.getStatus().setState("DONE");
        done.countDown();
    }

    private static void setError(Job job, ServiceError failure) {
        job.getStatus().setErrorResult(failure.proto()).setErrors(new ArrayList<>(List.of(failure.proto())));
    }

    /** Names the table that the statement wrote. Only the result of a SELECT is in an anonymous table. A script names no table. */
    private static void nameDestination(Job job, JobOutcome result) {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        if (query != null && result.rows() == null) {
            query.setDestinationTable(result.isScript() ? null : result.destination());
        }
    }

    private static void warn(Job job, JobOutcome result) {
        if (!result.warnings().isEmpty()) {
            job.getStatus().setErrors(new ArrayList<>(result.warnings()));
        }
    }

    /** The resource that the job will have if it succeeds now with this outcome. */
    synchronized Job finished(JobOutcome result, long now) {
        Job copy = resource.clone();
        nameDestination(copy, result);
        warn(copy, result);
        copy.getStatistics().putAll(result.statistics());
        copy.getStatistics().setEndTime(now);
        copy.getStatus().setState("DONE");
        return copy;
    }

    /** The resource that the job will have if it fails now. */
    synchronized Job failed(ServiceError failure, long now) {
        Job copy = resource.clone();
        setError(copy, cancelled.isEmpty() ? failure : stopped());
        copy.getStatistics().setEndTime(now);
        copy.getStatus().setState("DONE");
        return copy;
    }

    /** The resource that the job will have if the server stops while it runs. */
    Job interrupted() {
        return failed(
                new ServiceError(503, "backendError", "The job was interrupted by a stop of the server"),
                clock.millis());
    }
}
