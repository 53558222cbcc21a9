package io.catalogconnect.localstack;

import io.catalogconnect.localstack.bigquery.BigQueryProcess;
import io.catalogconnect.localstack.bigquery.CatalogDataset;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.kafka.Broker;
import io.catalogconnect.localstack.kafka.Topics;
import io.catalogconnect.localstack.layout.Endpoints;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.process.JavaProcess;
import io.catalogconnect.localstack.s3.CatalogBucket;
import io.catalogconnect.localstack.s3.S3Server;
import io.catalogconnect.toolkit.rest.ConnectRest;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Kafka, Connect, S3 and BigQuery, running. Only one stack at a time uses a state folder. Not thread-safe,
 * except that {@link #close()} may be called by another one.
 */
public final class LocalStack implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    /** Where connectors name the topics that they read or write. */
    private static final List<String> TOPIC_KEYS = List.of("topics", "topic", "copy.topics", "object.events.topic");

    private final StackLayout layout;
    private final Endpoints endpoints;
    private final StackVariables variables;
    private final Worker.Options workerOptions;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable JavaProcess broker;
    private final String bootstrap;
    private S3Server s3;
    private JavaProcess bigQuery;
    private JavaProcess worker;
    private final CatalogBucket bucket;
    private final CatalogDataset dataset;
    private final Topics topics;
    private final ConnectRest connect;

    private volatile boolean closing;

    private LocalStack(
            StackLayout layout,
            Endpoints endpoints,
            @Nullable String externalKafka,
            Worker.Options workerOptions,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        this.layout = layout;
        this.workerOptions = workerOptions;
        this.endpoints = endpoints;
        this.bootstrap = externalKafka == null ? endpoints.kafka() : externalKafka;
        this.variables = StackVariables.of(endpoints, System.getenv());
        try {
            parts.push(StateLock.take(layout.state()));
            RunningStack.withdraw(layout);
            progress.accept("Starting Kafka, S3 and BigQuery");
            broker = externalKafka == null
                    ? own(Broker.start(layout, endpoints.kafkaPort(), endpoints.controllerPort()))
                    : null;
            bigQuery =
                    own(BigQueryProcess.start(layout, endpoints.bigQueryRestPort(), endpoints.bigQueryStoragePort()));
            s3 = own(S3Server.start(layout.s3(), endpoints.s3Port()));
            bucket = own(new CatalogBucket(s3.endpoint()));
            if (broker != null) {
                broker.awaitReady(START_TIMEOUT);
            }
            progress.accept("Starting Kafka Connect");
            worker = own(Worker.start(layout, workerOptions, endpoints.connectPort(), bootstrap, variables.values()));
            topics = own(new Topics(bootstrap));
            bigQuery.awaitReady(START_TIMEOUT);
            dataset = new CatalogDataset(endpoints.bigQueryRest());
            dataset.createIfMissing();
            worker.awaitReady(START_TIMEOUT);
            connect = new ConnectRest(endpoints.connect(), this::checkRunning);
            connect.awaitServing();
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts all processes and returns when each of them is ready.
     *
     * @param layout the folders of the stack
     * @param ports the ports to listen on
     * @param progress receives a short text at each step
     * @throws IOException if a port is taken, another stack uses the state folder, or a file cannot be written
     * @throws io.catalogconnect.localstack.process.ProcessFailedException if a process does not start
     */
    public static LocalStack start(StackLayout layout, StackPorts ports, Consumer<String> progress)
            throws IOException, InterruptedException {
        return start(layout, ports, null, Worker.DEFAULTS, progress);
    }

    /** The same with another worker than {@link Worker#DEFAULTS}. */
    public static LocalStack start(
            StackLayout layout, StackPorts ports, Worker.Options worker, Consumer<String> progress)
            throws IOException, InterruptedException {
        return start(layout, ports, null, worker, progress);
    }

    /**
     * Starts the stack with an external broker, which is not stopped with the stack.
     *
     * @param bootstrap the broker's address
     */
    public static LocalStack startOn(String bootstrap, StackLayout layout, StackPorts ports, Consumer<String> progress)
            throws IOException, InterruptedException {
        return start(layout, ports, bootstrap, Worker.DEFAULTS, progress);
    }

    private static LocalStack start(
            StackLayout layout,
            StackPorts ports,
            @Nullable String externalKafka,
            Worker.Options worker,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        FreePorts free = new FreePorts(RandomGenerator.getDefault());
        Endpoints endpoints = new Endpoints(
                free.take(ports.connect()),
                free.take(ports.kafka()),
                free.take(0),
                free.take(ports.s3()),
                free.take(ports.bigQueryRest()),
                free.take(ports.bigQueryStorage()));
        return new LocalStack(layout, endpoints, externalKafka, worker, progress);
    }

    /**
     * Creates the topics of the connectors and the connectors. A connector that exists with the same configuration is not
     * changed.
     */
    public void deploy(List<ConnectorDefinition> connectors) throws ExecutionException, InterruptedException {
        for (ConnectorDefinition connector : connectors) {
            for (String key : TOPIC_KEYS) {
                topics.create(connector.list(key));
            }
        }
        for (ConnectorDefinition connector : connectors) {
            if (!connect.config(connector.name())
                    .filter(existing -> sameConfig(existing, connector))
                    .isPresent()) {
                connect.put(connector);
            }
        }
    }

    private static boolean sameConfig(Map<String, String> existing, ConnectorDefinition wanted) {
        // Connect adds the connector's name to the configuration.
        return existing.entrySet().containsAll(wanted.config().entrySet())
                && existing.size() - (existing.containsKey("name") ? 1 : 0)
                        == wanted.config().size() - (wanted.config().containsKey("name") ? 1 : 0);
    }

    /**
     * Checks that all processes run. Does nothing once the stack is being stopped.
     *
     * @throws io.catalogconnect.localstack.process.ProcessFailedException that names a process that has ended, and its log
     */
    public void checkRunning() {
        if (closing) {
            return;
        }
        if (broker != null) {
            broker.checkRunning();
        }
        bigQuery.checkRunning();
        worker.checkRunning();
    }

    /** The addresses of the servers. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** The environment variables of the workers. */
    public StackVariables variables() {
        return variables;
    }

    /** The bucket of the catalogues. */
    public CatalogBucket bucket() {
        return bucket;
    }

    /** The dataset of the catalogues. */
    public CatalogDataset dataset() {
        return dataset;
    }

    /** The dataset that the sink of a job writes to. It may not exist. */
    public CatalogDataset dataset(MainJob job) {
        return dataset.named(variables.resolve(job.sink().get("bigquery.dataset")));
    }

    /** The topics. */
    public Topics topics() {
        return topics;
    }

    /** The worker's REST API. */
    public ConnectRest connect() {
        return connect;
    }

    /** Kills the Connect worker without a shutdown. */
    public void killWorker() {
        worker.kill();
    }

    /** Shuts the Connect worker down and waits until it has ended. */
    public void stopWorker() {
        worker.close();
    }

    /** Starts the Connect worker again after {@link #killWorker()} or {@link #stopWorker()}; returns when it answers. */
    public void restartWorker() throws IOException, InterruptedException {
        worker = own(Worker.start(layout, workerOptions, endpoints.connectPort(), bootstrap, variables.values()));
        worker.awaitReady(START_TIMEOUT);
        connect.awaitServing();
    }

    /**
     * Starts one more Connect worker of the same group, on a free port; returns when its REST server listens. It ends with the
     * stack unless the caller ends it before.
     */
    public JavaProcess addWorker(Worker.Options options) throws IOException, InterruptedException {
        int port = new FreePorts(RandomGenerator.getDefault()).take(0);
        JavaProcess added = own(Worker.start(layout, options, port, bootstrap, variables.values()));
        added.awaitReady(START_TIMEOUT);
        return added;
    }

    /**
     * Kills the broker without a shutdown.
     *
     * @throws IllegalStateException if the broker is not the stack's own
     */
    public void killBroker() {
        ownBroker().kill();
    }

    /** Starts the broker again after {@link #killBroker()}; returns when it answers. */
    public void restartBroker() throws IOException, InterruptedException {
        ownBroker();
        JavaProcess restarted = own(Broker.start(layout, endpoints.kafkaPort(), endpoints.controllerPort()));
        broker = restarted;
        restarted.awaitReady(START_TIMEOUT);
    }

    private JavaProcess ownBroker() {
        if (broker == null) {
            throw new IllegalStateException("the broker at " + bootstrap + " was not started by this stack");
        }
        return broker;
    }

    /** Kills local-bigquery without a shutdown. */
    public void killBigQuery() {
        bigQuery.kill();
    }

    /** Starts local-bigquery again after {@link #killBigQuery()}; returns when it answers. */
    public void restartBigQuery() throws IOException, InterruptedException {
        bigQuery = own(BigQueryProcess.start(layout, endpoints.bigQueryRestPort(), endpoints.bigQueryStoragePort()));
        bigQuery.awaitReady(START_TIMEOUT);
    }

    /** Stops the S3 server; connections to it are broken. */
    public void stopS3() {
        s3.close();
    }

    /** Starts the S3 server again after {@link #stopS3()}, with the same objects. */
    public void restartS3() throws IOException {
        s3 = own(S3Server.start(layout.s3(), endpoints.s3Port()));
    }

    /** Stops all processes in the reverse order of their start. Idempotent. */
    @Override
    public void close() {
        closing = true;
        RuntimeException failure = null;
        synchronized (parts) {
            while (!parts.isEmpty()) {
                try {
                    parts.pop().close();
                } catch (Exception e) {
                    if (failure == null) {
                        failure = new IllegalStateException("A part of the stack did not stop: " + e.getMessage(), e);
                    } else {
                        failure.addSuppressed(e);
                    }
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private <T extends AutoCloseable> T own(T part) {
        synchronized (parts) {
            parts.push(part);
        }
        return part;
    }
}
