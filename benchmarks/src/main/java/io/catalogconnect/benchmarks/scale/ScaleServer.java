package io.catalogconnect.benchmarks.scale;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.catalogconnect.localstack.StateFolder;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.process.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * local-bigquery in a separate process, with the latency of the service: each statement runs for a time, and each call of the
 * REST API and each call that creates or finalizes a stream takes the same time in addition. Counts calls and statements.
 */
final class ScaleServer implements AutoCloseable {

    static final int LATENCY_MS = 200;
    static final String PUBLICATION = "publication";

    private static final String DATASET = "d";
    private static final int ENDLESS = Integer.MAX_VALUE;
    /** Counted methods: those of the Storage Write API by their names, those of the REST API by HTTP methods. */
    private static final List<String> COUNTED =
            List.of("GET", "POST", "CreateWriteStream", "FinalizeWriteStream", "AppendRows");

    private final StackLayout layout;
    private final JavaProcess process;
    private final String restEndpoint;
    private final String storageEndpoint;
    private final BigQuery rest;
    private final HttpClient http = HttpClient.newHttpClient();

    private ScaleServer(StackLayout layout, JavaProcess process, int restPort, int storagePort) {
        this.layout = layout;
        this.process = process;
        this.restEndpoint = "http://127.0.0.1:" + restPort;
        this.storageEndpoint = "127.0.0.1:" + storagePort;
        this.rest = BigQueryOptions.newBuilder()
                .setProjectId("p")
                .setHost(restEndpoint)
                .setCredentials(NoCredentials.getInstance())
                .setLocation("US")
                .build()
                .getService();
    }

    static ScaleServer start(Path home) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("catalog-benchmark");
        Files.createFile(folder.resolve("lock"));
        StackLayout layout = new StackLayout(home, folder);
        Files.createDirectories(layout.database().getParent());
        FreePorts ports = new FreePorts(RandomGenerator.getDefault());
        int restPort = ports.take(0);
        int storagePort = ports.take(0);
        JavaProcess process = JavaProcess.start(new JavaProcess.Command(
                "local-bigquery",
                layout.classPath("local-bigquery"),
                "io.catalogconnect.localbigquery.LocalBigQueryServer",
                List.of("-Xmx1g"),
                List.of(
                        "--database",
                        layout.database().toString(),
                        "--http-port",
                        Integer.toString(restPort),
                        "--grpc-port",
                        Integer.toString(storagePort),
                        "--statement-latency",
                        Integer.toString(LATENCY_MS),
                        "--stop-with-stdin"),
                Map.of(),
                "local-bigquery ready",
                layout.temporary("bigquery"),
                layout.log("bigquery")));
        process.awaitReady(Duration.ofMinutes(1));
        ScaleServer server = new ScaleServer(layout, process, restPort, storagePort);
        server.rest.create(DatasetInfo.of(DATASET));
        server.delayAndCount();
        return server;
    }

    /** The folders of the server, for other processes too. */
    StackLayout layout() {
        return layout;
    }

    private void delayAndCount() throws IOException, InterruptedException {
        for (String method : COUNTED) {
            // A rule that skips all calls counts them.
            rule("DROP_REQUEST", method, "skip", 0);
        }
        for (String method : COUNTED) {
            if (!method.equals("AppendRows")) {
                rule("DELAY", method, "count", LATENCY_MS);
            }
        }
    }

    private void rule(String effect, String method, String counter, int delayMs)
            throws IOException, InterruptedException {
        JsonObject rule = new JsonObject();
        rule.addProperty("effect", effect);
        rule.addProperty("method", method);
        rule.addProperty(counter, ENDLESS);
        rule.addProperty("durationMs", delayMs);
        faults(HttpRequest.BodyPublishers.ofString(rule.toString()));
    }

    private JsonObject faults(HttpRequest.@org.jspecify.annotations.Nullable BodyPublisher added)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(restEndpoint + "/admin/faults"))
                .header("Content-Type", "application/json");
        HttpResponse<String> answer = http.send(
                added == null ? request.build() : request.POST(added).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("admin/faults answered " + answer.body());
        }
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    /** Calls so far, by method. */
    Map<String, Long> calls() throws IOException, InterruptedException {
        Map<String, Long> calls = new LinkedHashMap<>();
        for (JsonElement each : faults(null).getAsJsonArray("faults")) {
            JsonObject rule = each.getAsJsonObject();
            if (rule.get("effect").getAsString().equals("DROP_REQUEST")) {
                calls.put(
                        rule.get("method").getAsString(),
                        (long) ENDLESS - rule.get("skip").getAsLong());
            }
        }
        return calls;
    }

    /** Statements so far, by type. Those that replace a partition have the type {@value #PUBLICATION}. */
    Map<String, Long> statements() {
        Map<String, Long> statements = new LinkedHashMap<>();
        for (Job job : rest.listJobs(BigQuery.JobListOption.pageSize(10_000)).iterateAll()) {
            JobStatistics statistics = job.getStatistics();
            if (statistics instanceof JobStatistics.QueryStatistics query) {
                boolean publishes = String.valueOf(job.getJobId().getJob()).startsWith("catalog-connect_");
                statements.merge(publishes ? PUBLICATION : String.valueOf(query.getStatementType()), 1L, Long::sum);
            }
        }
        return statements;
    }

    /**
     * Checks that a table has this number of rows, each of another record.
     *
     * @throws IllegalStateException if it has not
     */
    void checkRows(String table, long wanted) throws InterruptedException {
        FieldValueList counts = rest.query(QueryJobConfiguration.of(
                        "SELECT COUNT(*), COUNT(DISTINCT CONCAT(CAST(_kafka_partition AS STRING), ':',"
                                + " CAST(_kafka_offset AS STRING))) FROM " + DATASET + "." + table))
                .iterateAll()
                .iterator()
                .next();
        long rows = counts.get(0).getLongValue();
        long records = counts.get(1).getLongValue();
        if (rows != wanted || records != wanted) {
            throw new IllegalStateException(
                    table + " has " + rows + " rows of " + records + " records instead of " + wanted);
        }
    }

    /** Properties of a sink that writes to this server. */
    Map<String, String> sinkProperties() {
        return Map.of(
                "bigquery.project",
                "p",
                "bigquery.dataset",
                DATASET,
                "bigquery.credentials",
                "none",
                "bigquery.rest.endpoint",
                restEndpoint,
                "bigquery.storage.endpoint",
                storageEndpoint,
                "bigquery.storage.plaintext",
                "true");
    }

    @Override
    public void close() throws IOException {
        process.close();
        StateFolder.empty(layout.state());
        Files.delete(layout.state().resolve("lock"));
        Files.delete(layout.state());
    }
}
