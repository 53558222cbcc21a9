package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.MainJob;
import io.catalogconnect.localstack.ObjectOffset;
import io.catalogconnect.localstack.RunningStack;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.layout.Endpoints;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.page.StatusPage;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.s3.CatalogBucket;
import io.catalogconnect.localstack.s3.S3Server;
import io.catalogconnect.toolkit.rest.ConnectRestException;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the stack and leaves it running until it is told to stop. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the stack on fixed ports, with the connectors of the main job; Ctrl-C stops it.")
final class UpCommand implements Callable<Integer> {
    /** For each reading, the worker reads its topic of offsets. */
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(2);

    private final Clock clock;
    private final PrintWriter out;
    private final PrintWriter err;

    @Mixin
    private LayoutOptions layoutOptions = new LayoutOptions();

    @Option(
            names = "--connect-port",
            paramLabel = "PORT",
            defaultValue = "8083",
            description = "Connect (default: 8083)")
    private int connectPort;

    @Option(names = "--kafka-port", paramLabel = "PORT", defaultValue = "9092", description = "Kafka (default: 9092)")
    private int kafkaPort;

    @Option(names = "--s3-port", paramLabel = "PORT", defaultValue = "9000", description = "S3 (default: 9000)")
    private int s3Port;

    @Option(
            names = "--bigquery-port",
            paramLabel = "PORT",
            defaultValue = "9050",
            description = "BigQuery's REST API (default: 9050)")
    private int bigQueryPort;

    @Option(
            names = "--bigquery-storage-port",
            paramLabel = "PORT",
            defaultValue = "9060",
            description = "BigQuery's Storage Write API (default: 9060)")
    private int bigQueryStoragePort;

    @Option(
            names = "--bare",
            description = "Start the servers without connectors, for ./catalogctl apply CONTRACT --env local.")
    private boolean bare;

    @Option(
            names = "--monitoring",
            description = "Serve the worker's metrics for Prometheus, with the rules of config/monitoring.")
    private boolean monitoring;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "9404",
            description = "The metrics of --monitoring (default: 9404)")
    private int metricsPort;

    UpCommand(Clock clock, PrintWriter out, PrintWriter err) {
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        StackLayout layout = layoutOptions.layout();
        List<ConnectorDefinition> connectors =
                bare ? List.of() : MainJob.readReplacing(layout).connectors();
        StackPorts ports = new StackPorts(connectPort, kafkaPort, s3Port, bigQueryPort, bigQueryStoragePort);
        ProgressLine progress = new ProgressLine(err, ProgressLine.Terminal.detect(), clock);
        Worker.Options worker = Worker.DEFAULTS;
        if (monitoring) {
            metricsPort = new FreePorts(RandomGenerator.getDefault()).take(metricsPort);
            worker = worker.withMetrics(layout, metricsPort);
        }
        try (StackGuard guard = StackGuard.start(layout, ports, worker, progress::step);
                StatusPage page = announce(layout, guard.stack(), connectors)) {
            print(guard.stack().endpoints(), page.address());
            ReadFiles files = new ReadFiles(progress);
            Wait reading = Wait.upTo(Duration.ZERO);
            while (true) {
                guard.stack().checkRunning();
                if (reading.isOver()) {
                    offsets(guard.stack(), connectors).ifPresent(files::show);
                    reading = Wait.upTo(BETWEEN_READINGS);
                }
                reading.pause();
            }
        } finally {
            RunningStack.withdraw(layout);
        }
    }

    /** Starts the connectors, and the status page. */
    private static StatusPage announce(StackLayout layout, LocalStack stack, List<ConnectorDefinition> connectors)
            throws IOException, InterruptedException, ExecutionException {
        stack.deploy(connectors);
        RunningStack.announce(layout, stack.endpoints());
        return StatusPage.start(layout);
    }

    /** The offsets of the sources; empty while the worker does not answer, or if a connector was deleted. */
    private static Optional<List<ObjectOffset>> offsets(LocalStack stack, List<ConnectorDefinition> connectors)
            throws InterruptedException {
        List<ObjectOffset> offsets = new ArrayList<>();
        for (ConnectorDefinition connector : connectors) {
            if (connector.isA("S3CsvSourceConnector")) {
                try {
                    offsets.addAll(ObjectOffset.of(stack.connect().offsets(connector.name())));
                } catch (ConnectRestException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(offsets);
    }

    private void print(Endpoints endpoints, String page) {
        out.println("Kafka Connect  " + endpoints.connect());
        out.println("Kafka          " + endpoints.kafka());
        out.println("S3             " + endpoints.s3() + "  bucket " + CatalogBucket.NAME + ", access key "
                + S3Server.ACCESS_KEY + ", secret key " + S3Server.SECRET_KEY);
        out.println(
                "BigQuery       " + endpoints.bigQueryRest() + "  Storage Write API " + endpoints.bigQueryStorage());
        out.println("Status page    " + page);
        if (monitoring) {
            out.println("Prometheus     http://127.0.0.1:" + metricsPort
                    + "/metrics  alerts and dashboard in config/monitoring");
        }
        out.println("Running. Put files at s3://" + CatalogBucket.NAME
                + "/catalog/dt=YYYY-MM-DD/NAME.csv, ask with ./pipeline query \"SELECT ...\", stop with Ctrl-C.");
    }
}
