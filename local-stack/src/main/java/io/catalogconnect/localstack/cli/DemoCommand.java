package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.Delivery;
import io.catalogconnect.localstack.Delivery.Progress;
import io.catalogconnect.localstack.DeliveryFailedException;
import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.MainJob;
import io.catalogconnect.localstack.StateFolder;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.process.ProcessFailedException;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Delivers files, waits until they are in BigQuery, prints what is there, and stops everything. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Delivers CSV files to the bucket, waits until every row is in BigQuery, prints the tables, stops everything.",
            "State stays in .local/: run it again and nothing changes; deliver another file and it is added; deliver the",
            "same file for the same date with other contents, and they take the place of the earlier ones."
        })
final class DemoCommand implements Callable<Integer> {
    private static final Duration STALL = Duration.ofMinutes(3);
    /** After that, progress is read every second only, because each reading takes CPU time of all servers. */
    private static final Duration SHORT_DELIVERY = Duration.ofSeconds(10);

    private static final int PAUSES_PER_SECOND = 5;
    private static final String AGAIN = "Nothing is lost. Run the same command again to continue";
    private static final String REFUSED = "The delivered files stay in the bucket, so the same command fails again."
            + " If a file is the cause, correct it, and run the command with --fresh, which deletes the files and tables of"
            + " all earlier runs";

    private final Clock clock;
    private final PrintWriter out;
    private final PrintWriter err;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private LayoutOptions layoutOptions = new LayoutOptions();

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description =
                    "A file to deliver; may be given several times (default: the sample that ships with the project).")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "The day that the rows belong to, which is their partition (default: today, UTC).")
    private @Nullable LocalDate date;

    @Option(names = "--fresh", description = "Start empty: forget all earlier runs.")
    private boolean fresh;

    @Option(
            names = "--output",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How to print the result (default: table). JSON is the last line of standard output.")
    private ResultFormat output = ResultFormat.TABLE;

    DemoCommand(Clock clock, PrintWriter out, PrintWriter err) {
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        StackLayout layout = layoutOptions.layout();
        List<Path> toDeliver = files.isEmpty() ? List.of(layout.sample()) : files;
        checkFiles(toDeliver);
        LocalDate day = date == null ? LocalDate.now(clock) : date;
        MainJob job = MainJob.readReplacing(layout);
        ProgressLine progress = new ProgressLine(err, ProgressLine.Terminal.detect(), clock);
        if (fresh) {
            progress.step("Emptying " + layout.state());
            StateFolder.empty(layout.state());
        }
        Progress result;
        try (StackGuard guard = StackGuard.start(layout, StackPorts.FREE, Worker.DEFAULTS, progress::step)) {
            result = deliver(guard.stack(), job, toDeliver, day, progress);
            progress.step("Stopping");
        } catch (ProcessFailedException e) {
            throw new DeliveryFailedException(e.getMessage() + ". " + AGAIN);
        }
        output.print(out, result.tables());
        return 0;
    }

    private Progress deliver(LocalStack stack, MainJob job, List<Path> toDeliver, LocalDate day, ProgressLine progress)
            throws IOException, InterruptedException, ExecutionException {
        List<Delivered> delivered = new ArrayList<>();
        for (Path file : toDeliver) {
            delivered.add(stack.bucket().deliver(file, day));
            progress.step("Delivered " + delivered.get(delivered.size() - 1).uri());
        }
        progress.step("Creating connectors " + job.sink().name() + " and "
                + job.source().name());
        stack.deploy(job.connectors());
        progress.step("Waiting until every row is in BigQuery");
        Progress now = awaitArrival(new Delivery(stack, job, delivered), progress);
        progress.finishLine();
        return now;
    }

    private static Progress awaitArrival(Delivery delivery, ProgressLine progress)
            throws InterruptedException, ExecutionException {
        Progress before = look(delivery);
        Wait shortDelivery = Wait.upTo(SHORT_DELIVERY);
        Wait patience = Wait.upTo(STALL);
        while (true) {
            progress.delivery(before);
            if (before.arrived()) {
                return before;
            }
            if (patience.isOver()) {
                throw new DeliveryFailedException("Nothing has moved for " + STALL.toMinutes()
                        + " minutes. The logs are in .local/logs. " + AGAIN);
            }
            for (int i = 0; i < (shortDelivery.isOver() ? PAUSES_PER_SECOND : 1); i++) {
                patience.pause();
            }
            Progress now = look(delivery);
            if (!now.equals(before)) {
                patience = Wait.upTo(STALL);
            }
            before = now;
        }
    }

    /** The progress. The message of a failed connector says how to continue. */
    private static Progress look(Delivery delivery) throws InterruptedException, ExecutionException {
        try {
            return delivery.look();
        } catch (DeliveryFailedException e) {
            throw new DeliveryFailedException(e.getMessage() + "\n\n" + REFUSED);
        }
    }

    private void checkFiles(List<Path> toDeliver) {
        Set<Path> names = new HashSet<>();
        for (Path file : toDeliver) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw wrong("--csv " + file + " is not a file that can be read");
            }
            if (!names.add(file.getFileName())) {
                throw wrong("--csv names two files called " + file.getFileName()
                        + "; in the bucket they would be one. Deliver them on different dates, or rename one");
            }
        }
    }

    private ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it runs the command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
