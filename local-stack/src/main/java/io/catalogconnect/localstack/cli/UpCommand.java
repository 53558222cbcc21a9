package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.contract.StackContract;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.process.FreePorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the stack and leaves it running until it is told to stop. */
@Command(name = "up", description = "Starts the stack on fixed ports, and applies a data contract; Ctrl-C stops it.")
final class UpCommand implements Callable<Integer> {
    private final Clock clock;
    private final PrintWriter out;
    private final PrintWriter err;

    @Mixin
    private LayoutOptions layoutOptions = new LayoutOptions();

    @Mixin
    private ContractOption contractOption = new ContractOption();

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
            description = "Start the servers without a contract, for ./catalogctl apply CONTRACT --env local.")
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
    public Integer call() throws IOException, InterruptedException {
        StackLayout layout = layoutOptions.layout();
        StackPorts ports = new StackPorts(connectPort, kafkaPort, s3Port, bigQueryPort, bigQueryStoragePort);
        if (bare && contractOption.isGiven()) {
            throw contractOption.wrong("--bare starts no connectors, so it cannot be used with --contract");
        }
        @Nullable StackContract contract = bare ? null : contractOption.read(layout);
        if (contract != null) {
            contract.keys(ports.endpoints());
        }
        ProgressLine progress = new ProgressLine(err, ProgressLine.Terminal.detect(), clock);
        Worker.Options worker = Worker.DEFAULTS;
        List<String> more = new ArrayList<>();
        if (monitoring) {
            int port = new FreePorts(RandomGenerator.getDefault()).take(metricsPort);
            worker = worker.withMetrics(layout, port);
            more.add("Prometheus     http://127.0.0.1:" + port + "/metrics  alerts and dashboard in config/monitoring");
        }
        try (StackGuard guard = StackGuard.start(layout, ports, worker, progress::step)) {
            if (contract != null) {
                guard.stack()
                        .bucket()
                        .named(contract.keys(guard.stack().endpoints()).bucket());
                progress.step("Applying the contract " + contract.file());
                contract.apply().forEach(progress::step);
            }
            new StackWatch(layoutOptions, guard.stack(), contract, out, progress)
                    .watch(LocalDate.now(clock), more.toArray(String[]::new));
        }
        return 0;
    }
}
