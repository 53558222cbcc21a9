package io.catalogconnect.localbigquery;

import io.catalogconnect.localbigquery.write.WriteServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs local-bigquery as a separate process. Prints one line when it is ready,
 * {@code local-bigquery ready http=127.0.0.1:P grpc=127.0.0.1:P}. Stops on SIGTERM and, with {@code --stop-with-stdin}, at the end of
 * standard input.
 */
@Command(
        name = "local-bigquery",
        description = "Serves BigQuery's REST API and Storage Write API over a DuckDB file, on the loopback interface.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class LocalBigQueryServer implements Callable<Integer> {
    @Option(
            names = "--database",
            required = true,
            paramLabel = "FILE",
            description = "DuckDB file; created if it is missing.")
    @SuppressWarnings("NullAway.Init")
    private Path database;

    @Option(
            names = "--http-port",
            paramLabel = "N",
            defaultValue = "9050",
            description = "Port of the REST API; 0 selects a free port. Default: ${DEFAULT-VALUE}.")
    private int httpPort;

    @Option(
            names = "--grpc-port",
            paramLabel = "N",
            defaultValue = "9060",
            description = "Port of the Storage API; 0 selects a free port. Default: ${DEFAULT-VALUE}.")
    private int grpcPort;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Interface to listen on. Use an interface other than loopback only inside a container's private network, because"
                            + " the server checks no credentials. Default: ${DEFAULT-VALUE}.")
    private InetAddress host = InetAddress.getLoopbackAddress();

    @Option(
            names = "--memory-limit",
            paramLabel = "SIZE",
            description = "Memory limit of DuckDB, for example 512MB. Default: half of the machine's memory.")
    private @Nullable String memoryLimit;

    @Option(
            names = "--statement-latency",
            paramLabel = "MS",
            defaultValue = "0",
            description =
                    "Time in milliseconds that each statement runs at least. Statements that change rows of the same table conflict"
                            + " only if they take time. Default: ${DEFAULT-VALUE}.")
    private int statementLatency;

    @Option(
            names = "--permissions",
            paramLabel = "FILE",
            description =
                    "Permissions of all callers, one in each line: a permission, and optionally the resource on which it is"
                            + " granted. Default: everything is permitted.")
    private @Nullable Path permissions;

    @Option(names = "--stop-with-stdin", description = "Stop when standard input reaches its end.")
    private boolean stopWithStdin;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final CountDownLatch stop = new CountDownLatch(1);

    LocalBigQueryServer(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Runs until it is stopped. Exit code 2 means wrong options, 1 that the server cannot start. */
    public static void main(String[] arguments) {
        Thread warmUp = new Thread(WriteServer::warmUp, "local-bigquery-warm-up");
        warmUp.setDaemon(true);
        warmUp.start();
        LocalBigQueryServer server = new LocalBigQueryServer(System.in, System.out, System.err);
        System.exit(new CommandLine(server).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        LocalBigQuery.Builder builder = LocalBigQuery.builder()
                .host(host)
                .databaseFile(database)
                .httpPort(httpPort)
                .grpcPort(grpcPort)
                .statementLatency(Duration.ofMillis(statementLatency));
        if (memoryLimit != null) {
            builder.memoryLimit(memoryLimit);
        }
        try {
            if (permissions != null) {
                builder.permitOnly(Files.readAllLines(permissions));
            }
        } catch (IOException | IllegalArgumentException e) {
            err.println("local-bigquery: --permissions " + permissions + ": " + e.getMessage());
            return 1;
        }
        CountDownLatch closed = new CountDownLatch(1);
        try (LocalBigQuery bigquery = builder.start()) {
            Thread hook = new Thread(() -> {
                stop.countDown();
                awaitQuietly(closed);
            });
            Runtime.getRuntime().addShutdownHook(hook);
            out.println("local-bigquery ready http=127.0.0.1:" + bigquery.httpPort() + " grpc="
                    + bigquery.storageEndpoint());
            out.flush();
            if (stopWithStdin) {
                Thread watcher = new Thread(this::stopAtEndOfInput, "local-bigquery-stdin");
                watcher.setDaemon(true);
                watcher.start();
            }
            stop.await();
        } catch (IOException e) {
            err.println("local-bigquery: " + e.getMessage());
            return 1;
        }
        closed.countDown();
        return 0;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopAtEndOfInput() {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            err.println("local-bigquery: cannot read standard input, stopping: " + e.getMessage());
        }
        stop.countDown();
    }
}
