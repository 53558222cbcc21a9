package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.bigquery.CatalogDataset;
import io.catalogconnect.localstack.bigquery.CatalogDataset.TableSize;
import io.catalogconnect.localstack.s3.CatalogBucket;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Contracts on a running stack, with the script {@code catalogctl}. */
final class ContractRun {
    private static final Path CONTRACT = Path.of("..", "config", "contracts", "product-catalog.odcs.yaml");
    private static final List<String> TABLES = List.of("products_raw", "products_team_a", "products_team_b");

    private final Path directory;
    private final String s3;
    private final CatalogDataset dataset;

    /** @param directory folder with the folder {@code state} of the stack */
    ContractRun(Path directory, int s3Port, int bigQueryPort) {
        this.directory = directory;
        this.s3 = "http://127.0.0.1:" + s3Port;
        this.dataset = new CatalogDataset("http://127.0.0.1:" + bigQueryPort);
    }

    void run() throws Exception {
        assertThat(catalogctl("plan", CONTRACT).waitFor()).isEqualTo(2);
        killAfterTheFirstTable();
        assertThat(catalogctl("apply", CONTRACT, "--yes").waitFor()).isZero();
        assertThat(catalogctl("plan", CONTRACT).waitFor()).isZero();
        deliverTheSample();
        lostRowIsFoundByACheck();
        environmentIsRightAndTheLogIsComplete();
        anotherContractLeavesTheFirstOneAlone();
    }

    private void killAfterTheFirstTable() throws Exception {
        Process apply = catalogctl("apply", CONTRACT, "--yes");
        try (BufferedReader progress = apply.errorReader(StandardCharsets.UTF_8)) {
            assertThat(progress.lines().anyMatch(line -> line.endsWith("+ table products_raw")))
                    .isTrue();
            apply.destroyForcibly().waitFor();
        }
    }

    private void deliverTheSample() throws Exception {
        try (CatalogBucket bucket = new CatalogBucket(s3)) {
            bucket.put(Path.of("..", "config", "sample", "product_catalog.csv"), LocalDate.parse("2026-11-01"));
        }
        Process status = catalogctl("status", CONTRACT, "--wait", "--timeout=60");
        try (BufferedReader progress = status.errorReader(StandardCharsets.UTF_8)) {
            assertThat(progress.lines())
                    .endsWith("1 of 1 files read, 200 rows; lag 0")
                    .noneMatch(line -> line.contains("\u001b"));
        }
        assertThat(status.waitFor()).isZero();
        assertThat(dataset.sizes(TABLES))
                .isEqualTo(Map.of(
                        "products_raw", new TableSize(200, 1),
                        "products_team_a", new TableSize(150, 1),
                        "products_team_b", new TableSize(5, 1)));
        assertThat(catalogctl("status", CONTRACT).waitFor()).isZero();
        assertThat(Files.readString(directory.resolve("catalogctl.txt")))
                .containsPattern("product-catalog 1\\.2\\.0 on local \\(applied .*, apply 2\\) +healthy")
                .containsPattern("catalog-source +RUNNING +1/1 +0\\.1\\.0")
                .containsPattern("products_team_b +5 +1 +2026-11-01 +\\d+ s ago \\(SLA 1 d 1 h\\) +0")
                .contains("files: 1 read, 0 open, 0 waiting; 0 of 200 rows malformed (SLA 1 %)");
        // The sink has changed no table that the contract describes.
        assertThat(catalogctl("plan", CONTRACT).waitFor()).isZero();
    }

    /** A team's table that lacks one row; the other checks hold. */
    private void lostRowIsFoundByACheck() throws Exception {
        dataset.query("DELETE FROM products_team_b WHERE _csv_row = 19");
        assertThat(catalogctl("check", CONTRACT, "-o", "junit").waitFor()).isEqualTo(1);
        assertThat(Files.readString(directory.resolve("catalogctl.txt")))
                .contains(" on local\" tests=\"11\" failures=\"1\" errors=\"0\" skipped=\"0\">")
                .contains(
                        "b-misses-none of samsung_without_image\"><failure message=\"The number must be = 0, but it is 1.");
    }

    private void environmentIsRightAndTheLogIsComplete() throws Exception {
        assertThat(catalogctl("doctor", CONTRACT).waitFor()).isZero();
        assertThat(catalogctl("history", CONTRACT).waitFor()).isZero();
        assertThat(Files.readString(directory.resolve("catalogctl.txt")))
                .contains("The workers replace all placeholders of catalog-source.")
                .contains("This account has the permissions of the sink on products_raw_history.")
                .contains(" checks, 0 failed")
                .containsPattern("(?m)^1 .* begun +- +1\\.2\\.0")
                .containsPattern("(?m)^2 .* applied +- +1\\.2\\.0");
    }

    private void anotherContractLeavesTheFirstOneAlone() throws Exception {
        Path other = Files.writeString(
                directory.resolve("items.odcs.yaml"),
                Files.readString(CONTRACT)
                        .replace("id: 6c0c1f0e-6a56-4f2b-9a54-0d9a3f0b0c11", "id: items")
                        .replace("name: product-catalog", "name: items")
                        .replace("products.", "items.")
                        .replace("products_raw\n", "items_raw\n")
                        .replace("products_team_", "items_team_")
                        .replace("{source: catalog-source, sink: catalog-sink}", "{}"));
        assertThat(catalogctl("apply", other, "--yes").waitFor()).isZero();
        assertThat(catalogctl("plan", CONTRACT).waitFor()).isZero();
        assertThat(catalogctl("plan", other).waitFor()).isZero();
    }

    private Process catalogctl(String command, Path contract, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "../catalogctl",
                command,
                contract.toString(),
                "--env=local",
                "--stack=" + directory.resolve("state").resolve("run").resolve("stack.properties")));
        arguments.addAll(List.of(options));
        Process process = new ProcessBuilder(arguments)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("catalogctl.txt").toFile()))
                .start();
        return process;
    }
}
