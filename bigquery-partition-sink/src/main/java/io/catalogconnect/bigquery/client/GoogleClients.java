package io.catalogconnect.bigquery.client;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import com.google.cloud.http.HttpTransportOptions;
import io.catalogconnect.bigquery.commit.Backoff;
import io.catalogconnect.bigquery.commit.Batch;
import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.replace.ReplaceTables;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.TableProvisioner;
import io.catalogconnect.bigquery.table.TableShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Google's clients of one task. Creating them makes no call; the first call connects. The sink retries calls itself, because
 * it knows which ones may be retried: Google's retries would hide outages and block threads for minutes. Thread-safe.
 */
public final class GoogleClients implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GoogleClients.class);
    private static final int INBOUND_BYTES = 20 * 1024 * 1024;
    private static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/bigquery");
    private static final int REST_THREADS = 4;
    private static final Duration FIRST_REPETITION = Duration.ofMillis(200);
    private static final Duration LAST_REPETITION = Duration.ofSeconds(5);

    private final Service service;
    private final BigQuery rest;
    private final WriteClients write;
    private final ExecutorService restThreads;
    private final Backoff betweenStatements;

    /**
     * @param service project, dataset and endpoints
     * @param taskName name prefix of the threads
     * @throws ServiceRefusedException if the credentials cannot be read
     */
    public GoogleClients(Service service, String taskName) {
        this.service = service;
        Credentials credentials = credentials(service);
        this.rest = rest(service, credentials);
        this.write = new WriteClients(() -> write(service, credentials));
        this.betweenStatements = new Backoff(FIRST_REPETITION, LAST_REPETITION, new SplittableRandom());
        this.restThreads = Executors.newFixedThreadPool(REST_THREADS, work -> {
            Thread thread = new Thread(work, taskName + "-bigquery");
            thread.setDaemon(true);
            return thread;
        });
    }

    public StorageWriteStreams streams() {
        return new StorageWriteStreams(service, write);
    }

    /**
     * The registry of a dataset.
     *
     * @param registryTable table of streams and owners; created if it is missing
     */
    public BigQueryStreamRegistry registry(String registryTable) {
        return new BigQueryStreamRegistry(service, queries(), catalog(), registryTable);
    }

    /**
     * The checkpoints of write streams.
     *
     * @param table table of checkpoints; created if it is missing
     * @param timing when they are read
     */
    public BigQueryStreamCheckpoints checkpoints(String table, Batch.Timing timing) {
        return new BigQueryStreamCheckpoints(service, queries(), streams(), catalog(), table, timing);
    }

    /**
     * The rows of lanes in their tables.
     *
     * @param timestampColumn the column of the record timestamp; empty if rows have none
     * @param timing when they are read
     */
    public BigQueryWrittenOffsets writtenOffsets(String timestampColumn, Batch.Timing timing) {
        return new BigQueryWrittenOffsets(service, queries(), catalog(), timestampColumn, timing);
    }

    public BigQueryTableCatalog catalog() {
        return new BigQueryTableCatalog(service, rest);
    }

    /**
     * Complete versions and publication records.
     *
     * @param connector the connector's name
     */
    public BigQueryVersionLedger versions(ReplaceTables tables, String connector) {
        return new BigQueryVersionLedger(service, queries(), catalog(), tables, connector);
    }

    /**
     * Publication jobs.
     *
     * @param shape layout of a published table with the given columns
     * @param timing when tables are prepared
     */
    public BigQueryPublishJobs publishJobs(
            ReplaceTables tables,
            TableProvisioner provisioner,
            Function<List<Column>, TableShape> shape,
            Batch.Timing timing) {
        return new BigQueryPublishJobs(service, rest, queries(), catalog(), tables, provisioner, shape, timing);
    }

    /** Delays work without blocking a thread. */
    public static Batch.Timer timer() {
        return (delay, work) -> CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(work);
    }

    public ExecutorService restThreads() {
        return restThreads;
    }

    private Queries queries() {
        return new Queries(service, rest, restThreads, betweenStatements);
    }

    /** Closes without blocking. */
    @Override
    public void close() {
        restThreads.shutdownNow();
        Thread closer = new Thread(
                () -> {
                    try {
                        if (!write.close(30)) {
                            LOG.warn("The connection to {} did not close within 30 s", service.datasetName());
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "close-" + service.dataset());
        closer.setDaemon(true);
        closer.start();
    }

    private static Credentials credentials(Service service) {
        ServiceCredentials wanted = service.credentials();
        try {
            if (wanted instanceof ServiceCredentials.KeyFile file) {
                return key(Files.readString(file.path()), service.keyTypes());
            }
            if (wanted instanceof ServiceCredentials.KeyJson key) {
                return key(key.json(), service.keyTypes());
            }
            return wanted instanceof ServiceCredentials.ApplicationDefault
                    ? GoogleCredentials.getApplicationDefault().createScoped(SCOPES)
                    : NoCredentials.getInstance();
        } catch (IOException e) {
            throw new ServiceRefusedException(
                    "bigquery.credentials: the configured credentials cannot be read ("
                            + e.getClass().getSimpleName() + "). Check the file or its content.",
                    e);
        }
    }

    /** Reads the type first: reading a key of some types already reads files or calls addresses that the key names. */
    private static Credentials key(String json, Set<CredentialsType> permitted) throws IOException {
        CredentialsType type = CredentialsType.ofFile(json);
        if (!permitted.contains(type)) {
            throw new ServiceRefusedException(
                    "bigquery.credentials: the key is of type " + type
                            + ", which bigquery.credentials.types does not permit. Use the key of a service account, or add "
                            + type + " if you trust everyone who may configure connectors.",
                    null);
        }
        return GoogleCredentials.fromStream(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))
                .createScoped(SCOPES);
    }

    private static BigQuery rest(Service service, Credentials credentials) {
        int timeout = Math.toIntExact(service.requestTimeout().toMillis());
        BigQueryOptions.Builder options = BigQueryOptions.newBuilder();
        options.setProjectId(service.project())
                .setCredentials(credentials)
                .setRetrySettings(RetrySettings.newBuilder().setMaxAttempts(1).build());
        options.setTransportOptions(HttpTransportOptions.newBuilder()
                .setConnectTimeout(timeout)
                .setReadTimeout(timeout)
                .build());
        service.restEndpoint().ifPresent(options::setHost);
        return options.setLocation(service.location()).build().getService();
    }

    private static BigQueryWriteClient write(Service service, Credentials credentials) {
        CredentialsProvider provider = service.credentials() instanceof ServiceCredentials.None
                ? NoCredentialsProvider.create()
                : FixedCredentialsProvider.create(credentials);
        InstantiatingGrpcChannelProvider.Builder channel = BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
                .setMaxInboundMessageSize(INBOUND_BYTES)
                .setKeepAliveTimeDuration(Duration.ofMinutes(1));
        service.storageEndpoint().ifPresent(channel::setEndpoint);
        if (service.plaintext()) {
            channel.setChannelConfigurator(builder -> builder.usePlaintext());
        }
        try {
            BigQueryWriteSettings.Builder settings = BigQueryWriteSettings.newBuilder()
                    .setTransportChannelProvider(channel.build())
                    .setCredentialsProvider(provider);
            service.storageEndpoint().ifPresent(settings::setEndpoint);
            RetrySettings once = RetrySettings.newBuilder()
                    .setMaxAttempts(1)
                    .setInitialRpcTimeoutDuration(service.requestTimeout())
                    .setMaxRpcTimeoutDuration(service.requestTimeout())
                    .setTotalTimeoutDuration(service.requestTimeout())
                    .build();
            settings.createWriteStreamSettings().setRetrySettings(once).setRetryableCodes();
            settings.finalizeWriteStreamSettings().setRetrySettings(once).setRetryableCodes();
            return BigQueryWriteClient.create(settings.build());
        } catch (IOException e) {
            throw new ServiceRefusedException(
                    "The client of the Storage Write API cannot be created: " + e.getMessage(), e);
        }
    }
}
