package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.ObjectOffset;
import io.catalogconnect.localstack.contract.StackContract;
import io.catalogconnect.localstack.layout.Endpoints;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.page.StatusPage;
import io.catalogconnect.localstack.s3.CatalogBucket;
import io.catalogconnect.localstack.s3.S3Server;
import io.catalogconnect.toolkit.rest.ConnectRestException;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints where a stack answers, and shows the files that its source reads, until the command is told to stop. */
final class StackWatch {
    /** For each reading, the worker reads its topic of offsets. */
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(2);

    private final LayoutOptions options;
    private final LocalStack stack;
    private final @Nullable StackContract contract;
    private final PrintWriter out;
    private final ProgressLine progress;

    /**
     * @param contract the contract that was applied; null for none
     * @param out receives the addresses
     */
    StackWatch(
            LayoutOptions options,
            LocalStack stack,
            @Nullable StackContract contract,
            PrintWriter out,
            ProgressLine progress) {
        this.options = options;
        this.stack = stack;
        this.contract = contract;
        this.out = out;
        this.progress = progress;
    }

    /**
     * Returns only with an exception.
     *
     * @param today the date in the example of a file
     * @param more further lines with addresses
     * @throws io.catalogconnect.localstack.process.ProcessFailedException if a process of the stack has ended
     */
    void watch(LocalDate today, String... more) throws IOException, InterruptedException {
        StackLayout layout = options.layout();
        Path shown = contract == null ? layout.contract() : contract.file();
        try (StatusPage page = StatusPage.start(layout, shown)) {
            print(page.address(), today, List.of(more));
            ReadFiles files = new ReadFiles(progress);
            Wait reading = Wait.upTo(Duration.ZERO);
            while (true) {
                stack.checkRunning();
                if (reading.isOver()) {
                    offsets().ifPresent(files::show);
                    reading = Wait.upTo(BETWEEN_READINGS);
                }
                reading.pause();
            }
        }
    }

    /** The offsets of the source; empty while the worker does not answer, or if the connector was deleted. */
    private Optional<List<ObjectOffset>> offsets() throws InterruptedException {
        if (contract == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ObjectOffset.of(
                    stack.connect().offsets(contract.job().source().name())));
        } catch (ConnectRestException e) {
            return Optional.empty();
        }
    }

    private void print(String page, LocalDate today, List<String> more) {
        Endpoints endpoints = stack.endpoints();
        String bucket =
                contract == null ? CatalogBucket.NAME : contract.keys(endpoints).bucket();
        out.println("Kafka Connect  " + endpoints.connect());
        out.println("Kafka          " + endpoints.kafka());
        out.println("S3             " + endpoints.s3() + "  bucket " + bucket + ", access key " + S3Server.ACCESS_KEY
                + ", secret key " + S3Server.SECRET_KEY);
        out.println(
                "BigQuery       " + endpoints.bigQueryRest() + "  Storage Write API " + endpoints.bigQueryStorage());
        out.println("Status page    " + page);
        more.forEach(out::println);
        out.println("Running. " + next(endpoints, today) + ", ask with ./pipeline query " + options.stateOption()
                + "\"SELECT ...\", stop with Ctrl-C.");
    }

    private String next(Endpoints endpoints, LocalDate today) {
        return contract == null
                ? "Apply a contract with ./catalogctl apply CONTRACT --env local" + options.stackOption()
                : "Put files at " + contract.keys(endpoints).example(today);
    }
}
