package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Job;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.translation.JobCatalog;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The jobs and results that statements can read. */
final class ReadableJobs implements JobCatalog {

    /** A statement that reads a result contains its rows as constants. */
    static final int MAX_ROWS = 10_000;

    private final Supplier<List<RunningJob>> jobs;
    private final AnonymousResults results;

    ReadableJobs(Supplier<List<RunningJob>> jobs, AnonymousResults results) {
        this.jobs = jobs;
        this.results = results;
    }

    @Override
    public List<Job> jobs(String project) {
        return jobs.get().stream()
                .filter(job -> job.key().project().equals(project))
                .map(RunningJob::resource)
                .toList();
    }

    @Override
    public Optional<Result> result(TableRef table) {
        return results.find(table.toReference()).map(ReadableJobs::result);
    }

    private static Result result(RunningJob job) {
        JobOutcome outcome = job.outcome();
        ResultRows rows = outcome == null ? null : outcome.rows();
        if (outcome == null || outcome.schema() == null || rows == null) {
            throw ServiceError.notFound("Not found: the result of job " + job.key() + " has expired");
        }
        if (rows.count() > MAX_ROWS) {
            throw SqlError.unsupported("reading the result of a query with more than " + MAX_ROWS + " rows");
        }
        return new Result(outcome.schema(), rows.page(0, MAX_ROWS, Long.MAX_VALUE));
    }
}
