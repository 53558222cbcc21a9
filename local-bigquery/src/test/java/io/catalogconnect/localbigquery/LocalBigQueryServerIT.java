package io.catalogconnect.localbigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.DatasetInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LocalBigQueryServerIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private int run(String... options) {
        LocalBigQueryServer server = new LocalBigQueryServer(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new CommandLine(server).execute(options);
    }

    @Test
    void serverPrintsItsPortsAndStopsWithItsInput() {
        int code = run(
                "--database",
                folder.resolve("a.duckdb").toString(),
                "--http-port",
                "0",
                "--grpc-port",
                "0",
                "--memory-limit",
                "256MB",
                "--statement-latency",
                "1",
                "--stop-with-stdin");
        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("local-bigquery ready http=127\\.0\\.0\\.1:\\d+ grpc=127\\.0\\.0\\.1:\\d+\\R");
    }

    @Test
    void fileThatIsNotADatabaseIsRefusedWithItsName() throws Exception {
        Path file = Files.writeString(
                folder.resolve("text.duckdb"), "this is a text, not a database, of some length".repeat(100));
        int code = run("--database", file.toString(), "--http-port", "0", "--grpc-port", "0");
        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("local-bigquery: Cannot open the DuckDB file " + file + ": ");
    }

    @Test
    void usedPortIsRefusedWithItsNumber() throws Exception {
        try (LocalBigQuery first = LocalBigQuery.builder()
                .databaseFile(folder.resolve("first.duckdb"))
                .start()) {
            LocalBigQuery.Builder second = LocalBigQuery.builder().databaseFile(folder.resolve("second.duckdb"));
            assertThatThrownBy(() -> second.httpPort(first.httpPort()).start())
                    .isInstanceOf(IOException.class)
                    .hasMessage("Cannot serve on HTTP port " + first.httpPort() + ": Address already in use");
            assertThatThrownBy(
                            () -> second.httpPort(0).grpcPort(first.grpcPort()).start())
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Cannot serve " + folder.resolve("second.duckdb") + " on gRPC port "
                            + first.grpcPort() + ": ");
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has all of 127.0.0.0/8 without being told")
    void serverListensOnlyOnTheGivenInterface() throws Exception {
        InetAddress other = InetAddress.getByName("127.0.0.2");
        try (LocalBigQuery bigquery = LocalBigQuery.builder()
                        .databaseFile(folder.resolve("host.duckdb"))
                        .host(other)
                        .start();
                Socket rest = new Socket(other, bigquery.httpPort());
                Socket storage = new Socket(other, bigquery.grpcPort())) {
            assertThat(rest.isConnected()).isTrue();
            assertThat(storage.isConnected()).isTrue();
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), bigquery.httpPort()).close())
                    .isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), bigquery.grpcPort()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void callersHaveOnlyThePermissionsOfTheFile() throws Exception {
        Path permissions = Files.writeString(
                folder.resolve("permissions.txt"), "# nothing else\nbigquery.datasets.create projects/p\n");
        try (ServerProcess server =
                ServerProcess.start(folder.resolve("p.duckdb"), List.of(), "--permissions", permissions.toString())) {
            BigQuery client = TestClients.rest("http://127.0.0.1:" + server.httpPort());
            client.create(DatasetInfo.of("shop"));
            assertThatThrownBy(() -> client.getDataset("shop"))
                    .hasMessage(
                            "Access Denied: Dataset p:shop: Permission bigquery.datasets.get denied on dataset p:shop (or"
                                    + " it may not exist).");
        }
    }

    @Test
    void fileOfPermissionsThatCannotBeReadIsRefusedWithItsName() throws Exception {
        String database = folder.resolve("q.duckdb").toString();
        Path missing = folder.resolve("missing.txt");
        assertThat(run(
                        "--database",
                        database,
                        "--http-port",
                        "0",
                        "--grpc-port",
                        "0",
                        "--permissions",
                        missing.toString()))
                .isEqualTo(1);
        Path wrong = Files.writeString(folder.resolve("wrong.txt"), "roles/bigquery.admin");
        assertThat(run(
                        "--database",
                        database,
                        "--http-port",
                        "0",
                        "--grpc-port",
                        "0",
                        "--permissions",
                        wrong.toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("local-bigquery: --permissions " + missing + ": ")
                .contains("local-bigquery: --permissions " + wrong + ": 'roles/bigquery.admin' grants no permission.");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void onlyTheOwnerCanReadTheFiles() throws Exception {
        Path file = folder.resolve("private.duckdb");
        try (LocalBigQuery bigquery = LocalBigQuery.builder().databaseFile(file).start()) {
            TestClients.rest(bigquery.restEndpoint()).create(DatasetInfo.of("shop"));

            assertThat(List.of(file, folder.resolve("private.duckdb.wal")))
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void unknownOptionPrintsTheUsage() {
        assertThat(run("--port", "1")).isEqualTo(2);
    }

    @Test
    void processStopsCleanlyWithItsInputAndOnSigterm() throws Exception {
        Path file = folder.resolve("process.duckdb");
        try (ServerProcess server = ServerProcess.start(file, List.of())) {
            assertThat(server.endInput()).isZero();
        }
        try (ServerProcess server = ServerProcess.start(file, List.of())) {
            // 143 is what Java reports for a process that a SIGTERM ended in order.
            assertThat(server.terminate()).isEqualTo(143);
        }
        assertThat(folder.resolve("process.duckdb.wal")).doesNotExist();
    }
}
