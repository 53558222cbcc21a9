package io.catalogconnect.localbigquery.rest;

import com.google.api.client.json.GenericJson;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.QueryRequest;
import com.google.api.services.bigquery.model.QueryResponse;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.catalogconnect.localbigquery.job.Jobs;
import io.catalogconnect.localbigquery.job.RowPage;
import io.catalogconnect.localbigquery.job.RunningJob;
import io.catalogconnect.localbigquery.job.ServiceError;
import io.catalogconnect.localbigquery.store.ResourceJson;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Queries and their results: {@code POST queries} and {@code GET queries/{job}}. */
final class QueryRoutes {

    /** Maximum number of rows in a page, even if the request asks for more. */
    static final long MAX_ROWS = 50_000;
    /** Approximate maximum size of a page in bytes. */
    static final long MAX_BYTES = 10L << 20;

    private static final long DEFAULT_TIMEOUT_MILLIS = 10_000;

    private final Jobs jobs;
    private final Map<String, JobReference> requests = new ConcurrentHashMap<>();

    QueryRoutes(Jobs jobs) {
        this.jobs = jobs;
    }

    void addTo(Router router) {
        router.add("POST", "projects/{project}/queries", this::query);
        router.add("GET", "projects/{project}/queries/{job}", this::results);
    }

    private Response query(Request request, Arguments arguments) throws SQLException, InterruptedException {
        QueryRequest query = RequestJson.withoutNulls(request.text(), QueryRequest.class);
        String project = arguments.get("project");
        RunningJob job = repeated(project, query).orElse(null);
        if (job == null) {
            job = jobs.insert(project, job(query));
            if (query.getRequestId() != null) {
                requests.put(
                        project + "/" + query.getRequestId(), job.resource().getJobReference());
            }
        }
        Long timeout = query.getTimeoutMs();
        Long maxResults = query.getMaxResults();
        boolean int64 = query.getFormatOptions() != null
                && Boolean.TRUE.equals(query.getFormatOptions().getUseInt64Timestamp());
        return respond(
                job,
                timeout == null ? DEFAULT_TIMEOUT_MILLIS : timeout,
                0,
                maxResults == null ? MAX_ROWS : maxResults,
                new RestRows(int64),
                "bigquery#queryResponse");
    }

    /** Returns the job of the first request when a request with the same id is repeated. */
    private Optional<RunningJob> repeated(String project, QueryRequest query) {
        JobReference reference =
                query.getRequestId() == null ? null : requests.get(project + "/" + query.getRequestId());
        return reference == null
                ? Optional.empty()
                : jobs.running(project, reference.getLocation(), reference.getJobId());
    }

    private static Job job(QueryRequest query) {
        if (query.getUseLegacySql() == null || query.getUseLegacySql()) {
            throw new ServiceError(
                    400, "invalidQuery", "Unsupported: local-bigquery has no legacy SQL; set useLegacySql to false");
        }
        if ("ARROW".equals(query.getQueryResultsFormat())) {
            throw ServiceError.invalid("Unsupported: local-bigquery has no queryResultsFormat ARROW");
        }
        JobConfigurationQuery configuration = common(query, new JobConfigurationQuery());
        return new Job()
                .setJobReference(new JobReference().setLocation(query.getLocation()))
                .setConfiguration(common(query, new JobConfiguration()).setQuery(configuration));
    }

    /** Copies the properties that a request has in common with the configuration of a job. */
    private static <T extends GenericJson> T common(QueryRequest query, T configuration) {
        for (String name : configuration.getClassInfo().getNames()) {
            boolean job = configuration instanceof JobConfiguration && name.equals("query");
            if (query.getClassInfo().getFieldInfo(name) != null && !job) {
                configuration.set(name, query.get(name));
            }
        }
        return configuration;
    }

    private Response results(Request request, Arguments arguments) throws SQLException, InterruptedException {
        RunningJob job = jobs.running(arguments.get("project"), request.query().get("location"), arguments.get("job"))
                .orElseThrow(() -> JobRoutes.notFound(request, arguments));
        if (job.resource().getConfiguration().getQuery() == null) {
            throw ServiceError.invalid("Job " + job.resource().getId() + " is not a query job");
        }
        return respond(
                job,
                request.number("timeoutMs", DEFAULT_TIMEOUT_MILLIS),
                Paging.start(request),
                request.number("maxResults", MAX_ROWS),
                RestRows.of(request),
                "bigquery#getQueryResultsResponse");
    }

    private Response respond(RunningJob job, long timeout, long start, long maxRows, RestRows rows, String kind)
            throws SQLException, InterruptedException {
        boolean done = job.await(Math.max(timeout, 0));
        ServiceError error = job.error();
        if (error != null) {
            throw error;
        }
        Job resource = job.resource();
        QueryResponse response = new QueryResponse()
                .setKind(kind)
                .setJobReference(resource.getJobReference())
                .setLocation(resource.getJobReference().getLocation())
                .setJobComplete(done);
        if (!done) {
            return Response.ok(response);
        }
        JobStatistics statistics = resource.getStatistics();
        response.setTotalBytesProcessed(statistics.getTotalBytesProcessed()).setCacheHit(false);
        if (statistics.getQuery() != null) {
            response.setNumDmlAffectedRows(statistics.getQuery().getNumDmlAffectedRows());
            response.setDmlStats(statistics.getQuery().getDmlStats());
        }
        @Nullable List<TableFieldSchema> schema = jobs.schema(job);
        if (schema == null) {
            boolean dryRun =
                    statistics.getQuery() != null && statistics.getQuery().getSchema() != null;
            return Response.ok(
                    dryRun
                            ? response.setSchema(statistics.getQuery().getSchema())
                            : response.setTotalRows(BigInteger.ZERO));
        }
        RowPage page = jobs.page(job, start, Math.min(maxRows, MAX_ROWS), MAX_BYTES);
        response.setSchema(new TableSchema().setFields(schema)).setTotalRows(BigInteger.valueOf(page.total()));
        JsonObject body = JsonParser.parseString(ResourceJson.toJson(response)).getAsJsonObject();
        if (page.next() >= 0 && maxRows > 0) {
            body.addProperty("pageToken", Long.toString(page.next()));
        }
        if (!page.rows().isEmpty()) {
            body.add("rows", rows.rows(page));
        }
        return Response.json(body.toString());
    }
}
