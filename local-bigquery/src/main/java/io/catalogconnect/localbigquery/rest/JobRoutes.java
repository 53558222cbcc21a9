package io.catalogconnect.localbigquery.rest;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobCancelResponse;
import com.google.api.services.bigquery.model.JobList;
import io.catalogconnect.localbigquery.job.Jobs;
import io.catalogconnect.localbigquery.job.RunningJob;
import io.catalogconnect.localbigquery.job.ServiceError;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Jobs: insert, get, list, cancel, delete. */
final class JobRoutes {

    /** The response to an insert waits this long for the job to finish, so that the client need not poll for short jobs. */
    private static final long QUICK_MILLIS = 200;

    private final Jobs jobs;

    JobRoutes(Jobs jobs) {
        this.jobs = jobs;
    }

    void addTo(Router router) {
        router.add("POST", "projects/{project}/jobs", this::insert);
        router.add("GET", "projects/{project}/jobs", this::list);
        router.add("GET", "projects/{project}/jobs/{job}", this::get);
        router.add("POST", "projects/{project}/jobs/{job}/cancel", this::cancel);
        router.add("DELETE", "projects/{project}/jobs/{job}/delete", this::delete);
    }

    private Response insert(Request request, Arguments arguments) throws SQLException, InterruptedException {
        RunningJob job = jobs.insert(arguments.get("project"), RequestJson.withoutNulls(request.text(), Job.class));
        job.await(QUICK_MILLIS);
        return Response.ok(job.resource());
    }

    private Response get(Request request, Arguments arguments) throws SQLException {
        return Response.ok(jobs.find(arguments.get("project"), request.query().get("location"), arguments.get("job"))
                .orElseThrow(() -> notFound(request, arguments)));
    }

    static ServiceError notFound(Request request, Arguments arguments) {
        String location = request.parameter("location").orElse("US");
        return ServiceError.notFound(
                "Not found: Job " + arguments.get("project") + ":" + location + "." + arguments.get("job"));
    }

    private Response list(Request request, Arguments arguments) {
        String state = request.parameter("stateFilter").orElse("").toUpperCase(Locale.ROOT);
        List<Job> all = jobs.list(arguments.get("project"), request.query().get("parentJobId")).stream()
                .filter(job -> state.isEmpty() || job.getStatus().getState().equals(state))
                .toList();
        Paging<Job> page = Paging.of(all, request);
        List<JobList.Jobs> items = page.items().stream()
                .map(job -> new JobList.Jobs()
                        .setKind("bigquery#job")
                        .setId(job.getId())
                        .setJobReference(job.getJobReference())
                        .setState(job.getStatus().getState())
                        .setStatus(job.getStatus())
                        .setErrorResult(job.getStatus().getErrorResult())
                        .setStatistics(job.getStatistics())
                        .setConfiguration(job.getConfiguration())
                        .setUserEmail(job.getUserEmail()))
                .toList();
        return Response.ok(new JobList()
                .setKind("bigquery#jobList")
                .setJobs(items.isEmpty() ? null : items)
                .setNextPageToken(page.next()));
    }

    private RunningJob running(Request request, Arguments arguments) {
        return jobs.running(arguments.get("project"), request.query().get("location"), arguments.get("job"))
                .orElseThrow(() -> notFound(request, arguments));
    }

    private Response cancel(Request request, Arguments arguments) throws SQLException {
        return Response.ok(new JobCancelResponse()
                .setKind("bigquery#jobCancelResponse")
                .setJob(jobs.cancel(running(request, arguments))));
    }

    private Response delete(Request request, Arguments arguments) {
        jobs.delete(running(request, arguments));
        return Response.noContent();
    }
}
