package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.status.Status;
import io.catalogconnect.catalogctl.status.StatusJson;
import io.catalogconnect.catalogctl.status.StatusOverview;
import io.catalogconnect.catalogctl.status.StatusReader;
import io.catalogconnect.catalogctl.status.StatusText;
import io.catalogconnect.catalogctl.web.StatusServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the state of a data product. */
@Command(
        name = "status",
        description = "Prints the connectors, tables and files of a contract, and what needs a person."
                + " Changes nothing. Exits with 1 if something needs a person.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:healthy; --wait: all files are shown",
            "1:something needs a person, the time is over, or a service does not answer",
            "64:the command line is wrong"
        })
final class StatusCommand implements Callable<Integer> {
    private static final String ONE_GIB = "1073741824";

    /** A form of the state. */
    enum Format {
        text,
        json
    }

    private final Clock clock = Clock.systemUTC();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "CONTRACT",
            description = "A contract. For several contracts, a line is printed for each.")
    private List<Path> files = List.of();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(names = "--problems", description = "Print only what needs a person.")
    private boolean problems;

    @Option(
            names = "--wait",
            description =
                    "Wait until the rows of all files in the bucket are in the tables. Ends earlier if a problem keeps them"
                            + " from being shown, such as a connector that has failed or is stopped.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Longest time of --wait. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ZERO;

    @Option(
            names = "--web",
            description = "Serve the state as a page on 127.0.0.1, until Ctrl-C. The address is printed.")
    private boolean web;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the page. Default: a free one.")
    private int port;

    @Option(
            names = "--max-bytes",
            paramLabel = "BYTES",
            defaultValue = ONE_GIB,
            description =
                    "Bytes that a query on the page may read. Larger queries are not run. Default: ${DEFAULT-VALUE}.")
    private long maxBytes;

    @Option(names = "--stop-with-stdin", hidden = true)
    private boolean stopWithStdin;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Form of the state: text or json. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Override
    public Integer call() throws ContractException, ContextException, IOException, InterruptedException {
        if (files.size() > 1) {
            return several();
        }
        try (PlannedContract contract = PlannedContract.open(files.get(0), target)) {
            StatusReader reader = contract.status(clock);
            if (web) {
                serve(new ContractPage(
                        contract.desired(), reader, contract.services().tables(), maxBytes, clock));
                return 0;
            }
            if (wait && contract.desired().isRetired()) {
                spec.commandLine()
                        .getErr()
                        .println("The status of the contract is retired, so its files are not read, and --wait would"
                                + " never end.");
                return Catalogctl.FAILED;
            }
            if (wait) {
                Status status = new StatusWait(reader, spec.commandLine().getErr()).upTo(timeout);
                print(status);
                return status.isShown() ? 0 : Catalogctl.FAILED;
            }
            Status status = reader.read();
            print(status);
            return status.isHealthy() ? 0 : Catalogctl.FAILED;
        }
    }

    /** A contract that cannot be read does not keep the others from being shown. */
    private int several() throws ContextException, IOException, InterruptedException {
        if (web || wait) {
            throw new ParameterException(spec.commandLine(), "--wait and --web take one contract.");
        }
        target.context();
        List<Status> states = new ArrayList<>();
        for (Path file : files) {
            try (PlannedContract contract = PlannedContract.open(file, target)) {
                states.add(contract.status(clock).read());
            } catch (ContractException | ContextException | LiveException e) {
                spec.commandLine().getErr().println(e.getMessage());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> {
                if (problems) {
                    states.forEach(status -> StatusText.printProblems(status, out));
                } else {
                    StatusOverview.print(states, out);
                }
            }
            case json -> out.print(StatusJson.of(states));
        }
        out.flush();
        boolean isHealthy = states.size() == files.size() && states.stream().allMatch(Status::isHealthy);
        return isHealthy ? 0 : Catalogctl.FAILED;
    }

    private void serve(ContractPage page) throws IOException, InterruptedException {
        try (StatusServer server = StatusServer.start(port, page)) {
            spec.commandLine().getOut().println("Status page " + server.address());
            spec.commandLine().getOut().flush();
            if (stopWithStdin) {
                System.in.transferTo(OutputStream.nullOutputStream());
            } else {
                new CountDownLatch(1).await();
            }
        }
    }

    private void print(Status status) {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> {
                if (problems) {
                    StatusText.printProblems(status, out);
                } else {
                    StatusText.print(status, out);
                }
            }
            case json -> out.print(StatusJson.of(status));
        }
        out.flush();
    }
}
