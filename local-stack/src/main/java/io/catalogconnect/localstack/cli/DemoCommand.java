package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.Delivery;
import io.catalogconnect.localstack.Delivery.Progress;
import io.catalogconnect.localstack.DeliveryFailedException;
import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.StateFolder;
import io.catalogconnect.localstack.bigquery.CatalogDataset.TableSize;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.contract.ObjectKeys;
import io.catalogconnect.localstack.contract.StackContract;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.process.ProcessFailedException;
import io.catalogconnect.localstack.s3.CatalogBucket;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Applies a contract, delivers files, waits until they are in BigQuery, prints what is there, and stops everything. */
@Command(
        name = "demo",
        description = {
            "Applies a data contract, delivers CSV files to its bucket, waits until every row is in BigQuery, prints the",
            "tables, stops everything. State stays in .local/: run it again and nothing changes; deliver another file and it",
            "is added; deliver the same file for the same date with other contents, and the contract decides whether they",
            "take the place of the earlier ones."
        })
final class DemoCommand implements Callable<Integer> {
    private final Clock clock;
    private final PrintWriter out;
    private final PrintWriter err;

    @Mixin
    private LayoutOptions layoutOptions = new LayoutOptions();

    @Mixin
    private ContractOption contractOption = new ContractOption();

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

    @Option(
            names = "--keep",
            description =
                    "Leave the stack running after the result, until Ctrl-C, and print the address of its status page.")
    private boolean keep;

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
        List<Path> toDeliver = filesToDeliver(layout);
        StackContract contract = contractOption.read(layout);
        Map<Path, String> keys = keys(contract, toDeliver);
        ProgressLine progress = new ProgressLine(err, ProgressLine.Terminal.detect(), clock);
        if (fresh) {
            progress.step("Emptying " + layout.state());
            StateFolder.empty(layout.state());
        }
        Result result;
        try (StackGuard guard = StackGuard.start(layout, StackPorts.FREE, Worker.DEFAULTS, progress::step)) {
            result = deliver(guard.stack(), contract, keys, progress);
            if (keep) {
                output.print(out, result.tables(), result.notes());
                new StackWatch(layoutOptions, guard.stack(), contract, err, progress).watch(LocalDate.now(clock));
            }
            progress.step("Stopping");
        } catch (ProcessFailedException e) {
            throw new DeliveryFailedException(e.getMessage() + ". " + DeliveryWait.AGAIN);
        }
        output.print(out, result.tables(), result.notes());
        return 0;
    }

    /** What is printed at the end. */
    private record Result(Map<String, TableSize> tables, List<String> notes) {}

    private Result deliver(LocalStack stack, StackContract contract, Map<Path, String> keys, ProgressLine progress)
            throws IOException, InterruptedException, ExecutionException {
        CatalogBucket bucket =
                stack.bucket().named(contract.keys(stack.endpoints()).bucket());
        Map<Path, Delivered> delivered = new LinkedHashMap<>();
        for (Map.Entry<Path, String> file : keys.entrySet()) {
            Delivered object = bucket.deliver(file.getKey(), file.getValue());
            delivered.put(file.getKey(), object);
            progress.step("Delivered " + object.uri());
        }
        progress.step("Applying the contract " + contract.file());
        contract.apply().forEach(progress::step);
        progress.step("Waiting until every row is in BigQuery");
        Delivery delivery = new Delivery(stack, contract.job(), List.copyOf(delivered.values()));
        Progress arrived = new DeliveryWait(delivery, progress, layoutOptions.layout()).await();
        progress.finishLine();
        Map<Path, Long> malformed = new LinkedHashMap<>();
        delivered.forEach(
                (file, object) -> malformed.put(file, arrived.malformedRows().getOrDefault(object.uri(), 0L)));
        return new Result(arrived.tables(), new MalformedRowsNote(contract.job().source(), malformed).lines());
    }

    private List<Path> filesToDeliver(StackLayout layout) {
        if (files.isEmpty()) {
            if (!contractOption.isOfTheSample(layout)) {
                throw contractOption.wrong("--contract needs --csv FILE: the sample is one of the product catalogue");
            }
            return List.of(layout.sample());
        }
        Set<Path> names = new HashSet<>();
        for (Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw contractOption.wrong("--csv " + file + " is not a file that can be read");
            }
            if (!names.add(file.getFileName())) {
                throw contractOption.wrong("--csv names two files called " + file.getFileName()
                        + "; in the bucket they would be one. Deliver them on different dates, or rename one");
            }
        }
        return files;
    }

    /** The keys of the files, in their order. */
    private Map<Path, String> keys(StackContract contract, List<Path> toDeliver) {
        ObjectKeys keys = contract.keys(StackPorts.FREE.endpoints());
        if (date != null && !keys.haveDates()) {
            throw contractOption.wrong(
                    "--date has no effect, because the contract takes no date from the keys of files; remove it");
        }
        LocalDate day = date == null ? LocalDate.now(clock) : date;
        Map<Path, String> all = new LinkedHashMap<>();
        toDeliver.forEach(file -> all.put(file, keys.key(String.valueOf(file.getFileName()), day)));
        return all;
    }
}
