package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.bigquery.CatalogDataset;
import io.catalogconnect.localstack.bigquery.CatalogDataset.TableSize;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.s3.CatalogBucket;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself, as a process. */
final class PipelineScriptIT {
    @TempDir
    Path directory;

    @BeforeAll
    static void theBuildThatRunsThisTestHasBuiltAllThatTheScriptNeeds() throws IOException {
        Files.write(Path.of("target", "built-by-pipeline"), new byte[0]);
        Files.write(Path.of("..", "contract-cli", "target", "built-by-catalogctl"), new byte[0]);
    }

    @Test
    void helpIsPrinted() throws Exception {
        Process process = script("help");
        assertThat(linesOf(process)).anyMatch(line -> line.contains("demo")).anyMatch(line -> line.contains("query"));
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void wrongCommandEndsWithTwo() throws Exception {
        assertThat(script("dmeo").waitFor()).isEqualTo(2);
    }

    @Test
    void contractIsAppliedToARunningStackThatStopsOnRequest() throws Exception {
        FreePorts free = new FreePorts(new Random());
        String state = directory.resolve("state").toString();
        int s3Port = free.take(0);
        int bigQueryPort = free.take(0);
        int metrics = free.take(0);
        Process up = script(
                "up",
                "--bare",
                "--state=" + state,
                "--connect-port=" + free.take(0),
                "--kafka-port=" + free.take(0),
                "--s3-port=" + s3Port,
                "--bigquery-port=" + bigQueryPort,
                "--bigquery-storage-port=" + free.take(0),
                "--monitoring",
                "--metrics-port=" + metrics);
        List<ProcessHandle> family;
        try (BufferedReader out = up.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = linesUntilRunning(out);
            assertThat(lines)
                    .hasSize(7)
                    .endsWith("Running. Apply a contract with ./catalogctl apply CONTRACT --env local --stack "
                            + state + "/run/stack.properties, ask with ./pipeline query --state " + state
                            + " \"SELECT ...\", stop with Ctrl-C.")
                    .anyMatch(line -> line.startsWith("Kafka Connect  http://127.0.0.1:"))
                    .anyMatch(line -> line.startsWith("Prometheus     http://127.0.0.1:" + metrics + "/metrics"));
            family = up.descendants().toList();
            assertThat(family).hasSizeGreaterThanOrEqualTo(4);

            assertThat(get("http://127.0.0.1:" + metrics + "/metrics")).contains("kafka_connect_worker_tasks 0.0");

            Process query = script("query", "--state=" + state, "SELECT 1 AS one, 'x' AS letter");
            assertThat(linesOf(query)).containsExactly("one  letter", "1    x");
            assertThat(query.waitFor()).isZero();

            Path stack = directory.resolve("state").resolve("run").resolve("stack.properties");
            Path catalog = new ContractRun(directory, stack, s3Port, bigQueryPort).run();
            pageShowsWhatRuns(lines.get(4).replace("Status page", "").strip(), bigQueryPort);
            new OrdersRun(directory, stack, catalog, s3Port, bigQueryPort).run();
            new AclRun(directory, stack).run();

            Process second = script("demo", "--state=" + state);
            assertThat(second.waitFor()).isEqualTo(1);
        } finally {
            // What Ctrl-C does on a terminal, where only the script is in the foreground.
            up.destroy();
        }
        assertThat(up.waitFor()).isEqualTo(143);
        assertThat(family).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void upAppliesAContractAndLoadsItsFiles() throws Exception {
        FreePorts free = new FreePorts(new Random());
        String state = directory.resolve("state").toString();
        int s3Port = free.take(0);
        int bigQueryPort = free.take(0);
        Process up = script(
                "up",
                "--contract=../config/contracts/orders.odcs.yaml",
                "--state=" + state,
                "--connect-port=" + free.take(0),
                "--kafka-port=" + free.take(0),
                "--s3-port=" + s3Port,
                "--bigquery-port=" + bigQueryPort,
                "--bigquery-storage-port=" + free.take(0));
        try (BufferedReader out = up.inputReader(StandardCharsets.UTF_8)) {
            assertThat(linesUntilRunning(out))
                    .last()
                    .asString()
                    .matches("Running\\. Put files at s3://catalog/orders/dt=[0-9-]{10}/hour=00/NAME\\.csv, ask with"
                            + " ./pipeline query --state .* \"SELECT \\.\\.\\.\", stop with Ctrl-C\\.");
            assertThat(directory.resolve("err.txt"))
                    .content()
                    .contains("Applying the contract ../config/contracts/orders.odcs.yaml")
                    .contains("Applied orders 1.0.0: 2 tables, 4 topics, 1 grant, 2 connectors created.");
            try (CatalogBucket bucket = new CatalogBucket("http://127.0.0.1:" + s3Port)) {
                bucket.put(Path.of("../config/sample/orders-09.csv"), "orders/dt=2026-11-01/hour=09/orders-09.csv");
            }
            CatalogDataset orders = new CatalogDataset("http://127.0.0.1:" + bigQueryPort).named("orders");
            Wait wait = Wait.upTo(Duration.ofMinutes(1));
            Map<String, TableSize> loaded = Map.of(
                    "orders.orders", new TableSize(12, 1),
                    "orders.large_orders", new TableSize(4, 1));
            while (!sizes(orders).equals(loaded) && !wait.isOver()) {
                wait.pause();
            }
            assertThat(sizes(orders)).isEqualTo(loaded);
        } finally {
            up.destroy();
        }
        assertThat(up.waitFor()).isEqualTo(143);
    }

    private static Map<String, TableSize> sizes(CatalogDataset orders) throws InterruptedException {
        return orders.sizes(List.of("orders", "large_orders"));
    }

    /** The demo is killed as {@code kill -9} does, while it applies the contract and while it delivers. The stack stays up with --keep. */
    @Test
    void killedDemoIsCompletedByTheNextOneAndKeptUntilItIsStopped() throws Exception {
        String state = directory.resolve("state").toString();
        for (String moment : List.of("Applying the contract", "Waiting until every row")) {
            Process demo = demo("--state=" + state);
            try (BufferedReader progress = demo.errorReader(StandardCharsets.UTF_8)) {
                assertThat(progress.lines().anyMatch(line -> line.contains(moment)))
                        .as(moment)
                        .isTrue();
                List<ProcessHandle> family = demo.descendants().toList();
                family.get(0).destroyForcibly();
                assertThat(demo.waitFor()).isEqualTo(137);
                for (ProcessHandle process : family) {
                    process.onExit().get(1, TimeUnit.MINUTES);
                }
            }
        }
        Process kept = demo("--state=" + state, "--keep");
        List<ProcessHandle> family;
        try (BufferedReader progress = kept.errorReader(StandardCharsets.UTF_8);
                BufferedReader result = kept.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = linesUntilRunning(progress);
            assertThat(lines.get(lines.size() - 1))
                    .startsWith("Running. Put files at s3://catalog/catalog/dt=")
                    .endsWith("/NAME.csv, ask with ./pipeline query --state " + state
                            + " \"SELECT ...\", stop with Ctrl-C.");
            assertThat(List.of(result.readLine(), result.readLine(), result.readLine(), result.readLine()))
                    .containsExactly(
                            "table            rows  partitions",
                            "products_raw     200   1",
                            "products_team_a  150   1",
                            "products_team_b  5     1");
            String page = lines.stream()
                    .filter(line -> line.startsWith("Status page"))
                    .map(line -> line.replace("Status page", "").strip())
                    .collect(Collectors.joining());
            assertThat(get(page + "status.json")).contains("\"product-catalog\"");
            family = kept.descendants().toList();
        } finally {
            kept.destroy();
        }
        assertThat(kept.waitFor()).isEqualTo(143);
        assertThat(family).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }

    /** A demo whose standard error is a pipe. */
    private static Process demo(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("../pipeline", "demo", "--date=2026-11-01"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).start();
    }

    /** The lines up to the one that says that the stack runs. */
    private static List<String> linesUntilRunning(BufferedReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.startsWith("Running.")) {
                break;
            }
        }
        return lines;
    }

    private void pageShowsWhatRuns(String address, int bigQueryPort) throws IOException, InterruptedException {
        if (!Browser.isInstalled()) {
            System.err.println("SKIPPED: chromedriver is not on the PATH, so no browser has shown the status page.");
            return;
        }
        CatalogDataset dataset = new CatalogDataset("http://127.0.0.1:" + bigQueryPort);
        List<Long> rows = List.copyOf(
                dataset.sizes(List.of("products_raw", "products_team_a", "products_team_b")).values().stream()
                        .map(TableSize::rows)
                        .toList());
        try (Browser browser = Browser.start()) {
            new StatusPageLook(browser, Path.of("target", "screenshots")).look(address, rows);
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private Process script(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("../pipeline"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("err.txt").toFile()))
                .start();
    }

    private static List<String> linesOf(Process process) throws IOException {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            return out.lines().toList();
        }
    }
}
