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
import java.util.List;
import java.util.Map;

/** Contracts on a running stack, with the script {@code catalogctl}. */
final class ContractRun {
    private static final Path CONTRACT = Path.of("..", "config", "contracts", "product-catalog.odcs.yaml");
    private static final List<String> TABLES = List.of("products_raw", "products_team_a", "products_team_b");

    /** An object of a contract. */
    private static final String TEAM_C = """

              - id: team-c
                name: products_of_hp
                physicalName: products_team_c
                physicalType: table
                logicalType: object
                description: Products of HP.
                properties: [*brand, *category, *comment, *currency, *description, *image, *year, *date, *key, *row]
                customProperties:
                  - property: catalogConnect
                    value: {from: product_catalog, topic: products.team-c, clustering: [brand], rule: value.brand == "HP"}
            """;

    private final Path directory;
    private final Path stack;
    private final String s3;
    private final String bigQuery;
    private final CatalogDataset dataset;
    private final CatalogctlScript catalogctl;

    /** @param stack file with the addresses of the stack */
    ContractRun(Path directory, Path stack, int s3Port, int bigQueryPort) {
        this.directory = directory;
        this.stack = stack;
        this.s3 = "http://127.0.0.1:" + s3Port;
        this.dataset = new CatalogDataset("http://127.0.0.1:" + bigQueryPort);
        this.bigQuery = "http://127.0.0.1:" + bigQueryPort;
        this.catalogctl = new CatalogctlScript(stack, directory);
    }

    /** Returns the contract that was applied last. */
    Path run() throws Exception {
        catalogctl.run(2, "plan", CONTRACT);
        killAfterTheFirstTable();
        catalogctl.run(0, "apply", CONTRACT, "--yes");
        catalogctl.run(0, "plan", CONTRACT);
        deliverTheSample();
        lostRowIsFoundByACheck();
        environmentIsRightAndTheLogIsComplete();
        missingPermissionIsFound();
        anotherContractLeavesTheFirstOneAlone();
        killedReplayIsEndedByAnotherProcess();
        return replayAppliesACorrectedRule();
    }

    private void killAfterTheFirstTable() throws Exception {
        Process apply = catalogctl.start("apply", CONTRACT, "--yes");
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
        Process status = catalogctl.start("status", CONTRACT, "--wait", "--timeout=60");
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
        catalogctl.run(0, "status", CONTRACT);
        assertThat(catalogctl.printed())
                .containsPattern("product-catalog 1\\.2\\.0 on local \\(applied .*, apply 2\\) +healthy")
                .containsPattern("catalog-source +RUNNING +1/1 +0\\.1\\.0")
                .containsPattern("products_team_b +5 +1 +2026-11-01 +\\d+ s ago \\(SLA 1 d 1 h\\) +0")
                .contains("files: 1 read, 0 open, 0 waiting; 0 of 200 rows malformed (SLA 1 %)");
        // The sink has changed no table that the contract describes.
        catalogctl.run(0, "plan", CONTRACT);
    }

    /** A team's table that lacks one row; the other checks hold. */
    private void lostRowIsFoundByACheck() throws Exception {
        dataset.query("DELETE FROM products_team_b WHERE _csv_row = 19");
        catalogctl.run(1, "check", CONTRACT, "-o", "junit");
        assertThat(catalogctl.printed())
                .contains(" on local\" tests=\"11\" failures=\"1\" errors=\"0\" skipped=\"0\">")
                .contains(
                        "b-misses-none of samsung_without_image\"><failure message=\"The number must be = 0, but it is 1.");
    }

    private void environmentIsRightAndTheLogIsComplete() throws Exception {
        catalogctl.run(0, "doctor", CONTRACT);
        catalogctl.run(0, "history", CONTRACT);
        assertThat(catalogctl.printed())
                .contains("The workers replace all placeholders of catalog-source.")
                .contains("This account has the permissions of the sink on products_raw_history.")
                .contains(" checks, 0 failed")
                .containsPattern("(?m)^1 .* begun +- +1\\.2\\.0")
                .containsPattern("(?m)^2 .* applied +- +1\\.2\\.0");
    }

    /** BigQuery refuses jobs, as without the permission bigquery.jobs.create. */
    private void missingPermissionIsFound() throws Exception {
        BigQueryFault.add(bigQuery, "PERMISSION_DENIED", "/jobs", 9);
        catalogctl.run(1, "doctor", CONTRACT);
        BigQueryFault.removeAll(bigQuery);
        assertThat(catalogctl.printed())
                .contains("FAIL  This account lacks bigquery.jobs.create: ")
                .contains(" checks, 1 failed");
        catalogctl.run(0, "doctor", CONTRACT);
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
        catalogctl.run(0, "apply", other, "--yes");
        catalogctl.run(0, "plan", CONTRACT);
        catalogctl.run(0, "plan", other);
    }

    /** A new team and a wrong rule of another one; the process is killed while the source is stopped. */
    private void killedReplayIsEndedByAnotherProcess() throws Exception {
        Path next = version("1.3.0", "year_release > 2010 &&");
        catalogctl.run(2, "plan", next);
        catalogctl.run(0, "apply", next, "--yes");
        String advice =
                " are not in products_team_c. Rows of earlier files stay as the earlier rules have selected them."
                        + " To change that, run after apply: catalogctl replay " + next
                        + " --env local --stack " + stack + " --since 2026-11-01 (1 file, ";
        assertThat(catalogctl.printed()).containsSubsequence(advice, advice);
        assertThat(dataset.sizes(List.of("products_team_c"))).containsValue(new TableSize(0, 0));

        Process replay = catalogctl.start("replay", next, "--since=2026-11-01", "--by=ada");
        try (BufferedReader progress = replay.errorReader(StandardCharsets.UTF_8)) {
            assertThat(progress.lines().anyMatch(line -> line.endsWith("catalog-source is stopped")))
                    .isTrue();
            replay.destroyForcibly().waitFor();
        }
        catalogctl.run(1, "status", next, "--problems");
        assertThat(catalogctl.printed())
                .containsPattern("! replay 1 \\(1 file, \\d+ kB since 2026-11-01; begun by ada at .*\\) has not ended")
                .contains("! the connector catalog-source is STOPPED");
        catalogctl.run(0, "replay", next, "--resume", "--wait", "--timeout=60");
        catalogctl.run(0, "status", next);
        assertThat(dataset.sizes(TABLES))
                .containsEntry("products_raw", new TableSize(200, 1))
                .containsEntry("products_team_a", new TableSize(150, 1));
        assertThat(rows("products_team_c"))
                .isPositive()
                .isEqualTo(count("SELECT COUNT(*) FROM products_team_c WHERE brand = 'HP'"))
                .isEqualTo(count("SELECT COUNT(*) FROM products_raw WHERE brand = 'HP'"));
        catalogctl.run(1, "check", next);
    }

    private Path replayAppliesACorrectedRule() throws Exception {
        Path next = version("1.4.0", "year_release > 2000 &&");
        catalogctl.run(0, "apply", next, "--yes");
        catalogctl.run(0, "replay", next, "--date=2026-11-01", "--wait", "--timeout=60");
        catalogctl.run(0, "check", next);
        assertThat(rows("products_team_b")).isEqualTo(5);
        catalogctl.run(3, "replay", next, "--date=2026-11-02");
        return next;
    }

    /** The contract with another team, and another rule of team B. */
    private Path version(String version, String rule) throws IOException {
        return Files.writeString(
                directory.resolve("product-catalog.odcs.yaml"),
                Files.readString(CONTRACT)
                        .replace("version: 1.2.0", "version: " + version)
                        .replace("year_release > 2000 &&", rule)
                        .replace("\nslaProperties:", TEAM_C + "\nslaProperties:"));
    }

    private long rows(String table) throws InterruptedException {
        return count("SELECT COUNT(*) FROM " + table);
    }

    private long count(String sql) throws InterruptedException {
        return dataset.query(sql).iterateAll().iterator().next().get(0).getLongValue();
    }
}
