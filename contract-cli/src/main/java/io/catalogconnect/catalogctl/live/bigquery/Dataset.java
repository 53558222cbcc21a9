package io.catalogconnect.catalogctl.live.bigquery;

import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.http.HttpTransportOptions;
import io.catalogconnect.catalogctl.live.LiveException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** A dataset and the client that reads and changes it. Thread-safe. */
public final class Dataset {
    private static final int CONFLICT = 409;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/bigquery");

    private final Place place;
    private final Duration timeout;
    private final BigQuery client;

    /**
     * Address of a dataset.
     *
     * @param endpoint address of BigQuery's REST API; empty for Google's
     * @param usesCredentials whether requests carry the application default credentials
     */
    public record Place(String project, String dataset, String location, String endpoint, boolean usesCredentials) {}

    /** @throws LiveException if the credentials cannot be read */
    public Dataset(Place place) {
        this(place, TIMEOUT);
    }

    /** @param timeout longest time of a request */
    Dataset(Place place, Duration timeout) {
        this.place = place;
        this.timeout = timeout;
        BigQueryOptions.Builder options = BigQueryOptions.newBuilder();
        options.setProjectId(place.project())
                .setCredentials(credentials(place))
                .setRetrySettings(RetrySettings.newBuilder()
                        .setMaxAttempts(3)
                        .setInitialRetryDelayDuration(Duration.ofMillis(200))
                        .setMaxRetryDelayDuration(Duration.ofSeconds(2))
                        .setRetryDelayMultiplier(2)
                        .setTotalTimeoutDuration(timeout)
                        .build());
        options.setTransportOptions(HttpTransportOptions.newBuilder()
                .setConnectTimeout((int) timeout.toMillis())
                .setReadTimeout((int) timeout.toMillis())
                .build());
        if (!place.endpoint().isEmpty()) {
            options.setHost(place.endpoint());
        }
        this.client = options.setLocation(place.location()).build().getService();
    }

    private static Credentials credentials(Place place) {
        if (!place.usesCredentials()) {
            return NoCredentials.getInstance();
        }
        try {
            return GoogleCredentials.getApplicationDefault().createScoped(SCOPES);
        } catch (IOException e) {
            throw new LiveException("BigQuery: " + e.getMessage(), e);
        }
    }

    boolean exists() {
        return call(() -> client.getDataset(id()) != null);
    }

    private DatasetId id() {
        return DatasetId.of(place.project(), place.dataset());
    }

    void createIfMissing() {
        call(() -> {
            DatasetId id = id();
            if (client.getDataset(id) == null) {
                created(() -> client.create(DatasetInfo.newBuilder(id)
                        .setLocation(place.location())
                        .setLabels(Map.of("managed-by", "catalogctl"))
                        .build()));
            }
            return true;
        });
    }

    /** Runs a request that creates something, and ignores that it exists. */
    static void created(Callable<?> request) throws Exception {
        try {
            request.call();
        } catch (BigQueryException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    BigQuery client() {
        return client;
    }

    TableId table(String name) {
        return TableId.of(place.project(), place.dataset(), name);
    }

    /** The name of a table in a statement. */
    String sqlName(String table) {
        return "`" + place.project() + "." + place.dataset() + "." + table + "`";
    }

    /** The name of a view of INFORMATION_SCHEMA in a statement. */
    String sqlView(String view) {
        return "`" + place.project() + "." + place.dataset() + "`.INFORMATION_SCHEMA." + view;
    }

    /** A statement with this dataset for names without one. */
    QueryJobConfiguration.Builder query(String sql) {
        return QueryJobConfiguration.newBuilder(sql)
                .setDefaultDataset(DatasetId.of(place.project(), place.dataset()))
                .setUseLegacySql(false);
    }

    /** A new ID of a job. */
    JobId newJob() {
        return JobId.newBuilder()
                .setProject(place.project())
                .setLocation(place.location())
                .setRandomJob()
                .build();
    }

    /** Runs a statement and returns the number of rows that it changed. */
    long change(String sql, Map<String, QueryParameterValue> parameters) {
        return call(() -> {
            QueryJobConfiguration query =
                    query(sql).setNamedParameters(parameters).build();
            Job job = client.create(JobInfo.newBuilder(query).setJobId(newJob()).build());
            job.getQueryResults();
            JobStatistics.QueryStatistics statistics = job.reload().getStatistics();
            Long changed = statistics.getNumDmlAffectedRows();
            return changed == null ? 0L : changed;
        });
    }

    /** Runs a query. */
    Iterable<FieldValueList> rows(String sql) {
        return call(() -> client.create(JobInfo.newBuilder(query(sql).build())
                        .setJobId(newJob())
                        .build())
                .getQueryResults()
                .iterateAll());
    }

    /** Runs requests and translates their errors. */
    <T> T call(Callable<T> requests) {
        try {
            return requests.call();
        } catch (BigQueryException e) {
            throw new LiveException("BigQuery" + at() + ": " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LiveException("BigQuery" + at() + ": interrupted", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LiveException("BigQuery" + at() + ": " + e.getMessage(), e);
        }
    }

    /** The client reports the end of its retries after a timeout as an interruption, with the name of that class as its message. */
    private String reason(BigQueryException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException || cause instanceof InterruptedException) {
                return "no response within " + timeout.toSeconds() + " seconds.";
            }
        }
        return String.valueOf(e.getMessage());
    }

    private String at() {
        return place.endpoint().isEmpty() ? "" : " at " + place.endpoint();
    }
}
