package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.generator.CatalogGenerator;
import io.catalogconnect.generator.CatalogShape;
import io.catalogconnect.generator.CatalogSummary;
import io.catalogconnect.generator.Quirk;
import io.catalogconnect.generator.Sample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user runs it: real Kafka, real Connect, the plugins from their plugin path, SQL at the end. */
final class DemoIT {
    @TempDir
    Path directory;

    @AfterEach
    void noProcessIsLeftBehind() {
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    /** The first run of all fails because of a malformed row, and its message says what to do. */
    @Test
    void secondRunChangesNothingAndAnotherDateIsAnotherPartition() throws IOException {
        DemoRun demo = new DemoRun(directory.resolve("state"));
        CatalogSummary sample = new CatalogGenerator().write(Sample.SHAPE, OutputStream.nullOutputStream());

        Path bad = Files.writeString(directory.resolve("bad.csv"), """
                brand,category_id,comment,currency,description,image,year_release
                HP,1,,EUR,laptop,,2001
                HP,2,,EUR,laptop,,n/a
                """);
        assertThat(demo.execute("demo", "--date", "2026-11-01", "--csv", bad.toString()))
                .isEqualTo(1);
        assertThat(demo.errors())
                .contains("Connector catalog-source has failed")
                .contains("s3://catalog/catalog/dt=2026-11-01/bad.csv")
                .contains("year_release is a text of 3 characters, not an int64")
                .contains(
                        "the same command fails again. If a file is the cause, correct it, and run the command with --fresh")
                .doesNotContain("n/a");

        Files.writeString(directory.resolve("state").resolve("bigquery").resolve("catalog.duckdb"), "of another run");
        demo.run("demo", "--fresh", "--date", "2026-11-01", "--output", "json");
        assertThat(demo.lastLine()).isEqualTo(json(sample, 1));
        assertThat(demo.errors()).contains("Applied product-catalog 1.2.0: 3 tables, 4 topics, 2 connectors created.");

        demo.run("demo", "--date", "2026-11-01");
        assertThat(demo.errors()).contains("No changes. product-catalog 1.2.0 is what is running.");
        assertThat(demo.output()).contains("table            rows  partitions", "products_raw     200   1");

        CatalogShape unusual = new CatalogShape(
                500,
                9,
                EnumSet.of(
                        Quirk.BOM,
                        Quirk.CRLF,
                        Quirk.NO_FINAL_NEWLINE,
                        Quirk.MULTI_LINE,
                        Quirk.EMOJI,
                        Quirk.ESCAPED_QUOTES,
                        Quirk.BLANK_IMAGE));
        Path file = directory.resolve("other.csv");
        CatalogSummary other = write(unusual, file);
        Path empty = directory.resolve("empty.csv");
        write(CatalogShape.clean(0, 1), empty);
        demo.run("demo", "--date=2026-11-02", "--csv=" + file, "--csv=" + empty, "--output=json");
        assertThat(demo.lastLine()).isEqualTo(json(sum(sample, other), 2));

        demo.run("query", "SELECT catalog_date, COUNT(*) AS n FROM products_raw GROUP BY catalog_date ORDER BY n");
        assertThat(demo.output()).containsSubsequence("catalog_date  n", "2026-11-01    200", "2026-11-02    500");

        demo.run(
                "query", "CREATE TABLE notes AS SELECT brand, comment FROM products_raw WHERE comment IS NULL LIMIT 1");
        assertThat(demo.lastLine()).isEqualTo("Done.");
        demo.run("query", "SELECT comment FROM notes");
        assertThat(demo.output()).containsExactly("comment", "NULL");
    }

    @Test
    void contractWithMistakesIsRefusedBeforeAnythingStarts() throws IOException {
        Path state = directory.resolve("state");
        DemoRun demo = new DemoRun(state);
        Path wrong = directory.resolve("wrong.odcs.yaml");
        Files.writeString(
                wrong,
                Files.readString(Path.of("../config/contracts/orders.odcs.yaml"))
                        .replace("status:", "statuss:")
                        .replace("value.total >=", "value.totall >="));
        assertThat(demo.execute("demo", "--contract=" + wrong, "--csv=../config/sample/orders-09.csv"))
                .isEqualTo(1);
        assertThat(demo.errors().lines().filter(line -> line.startsWith(wrong.toString())))
                .hasSize(3)
                .anyMatch(line -> line.contains("statuss"))
                .anyMatch(line -> line.contains("totall"))
                .endsWith(wrong + ": 2 errors");

        Path draft = directory.resolve("draft.odcs.yaml");
        Files.writeString(
                draft,
                Files.readString(Path.of("../config/contracts/orders.odcs.yaml"))
                        .replace("status: active", "status: draft"));
        for (String[] command : new String[][] {{"demo", "--csv=../config/sample/orders-09.csv"}, {"up"}}) {
            assertThat(demo.execute(
                            command[0],
                            Stream.concat(
                                            Stream.of("--contract=" + draft),
                                            Stream.of(command).skip(1))
                                    .toArray(String[]::new)))
                    .isEqualTo(1);
            assertThat(demo.errors().strip())
                    .endsWith("The status of the contract is draft, so it can be planned, but apply, replay and retire"
                            + " refuse it. Set status: active in the contract.");
        }
        assertThat(state.resolve("kafka")).as("nothing was started").doesNotExist();
    }

    /** Another product: its folder of the bucket, its dataset, its rule, hours in its keys, malformed rows in a topic. */
    @Test
    void anotherContractShowsItsTables() throws IOException {
        DemoRun demo = new DemoRun(directory.resolve("state"));
        String contract = "--contract="
                + Files.writeString(
                        directory.resolve("orders.odcs.yaml"),
                        Files.readString(Path.of("../config/contracts/orders.odcs.yaml"))
                                .replace("errorRate, value: 0.001", "errorRate, value: 0.5"));
        demo.run("demo", contract, "--csv=../config/sample/orders-09.csv", "--date=2026-11-01", "--output=json");
        assertThat(demo.lastLine())
                .isEqualTo("{\"tables\":{\"orders.orders\":{\"rows\":12,\"partitions\":1},"
                        + "\"orders.large_orders\":{\"rows\":4,\"partitions\":1}}}");
        assertThat(demo.errors())
                .contains("Delivered s3://catalog/orders/dt=2026-11-01/hour=00/orders-09.csv")
                .contains("Applied orders 1.0.0: 2 tables, 4 topics, 1 grant, 2 connectors created.");

        Path file = Files.copy(Path.of("../config/sample/orders-10.csv"), directory.resolve("orders-10.csv"));
        Files.writeString(file, "9999;a@example.com;many;01.11.2026 10:59:00\n", StandardOpenOption.APPEND);
        demo.run("demo", contract, "--csv=" + file, "--date=2026-11-01");
        assertThat(demo.output())
                .containsExactly(
                        "table                rows  partitions",
                        "orders.orders        20    1",
                        "orders.large_orders  7     1",
                        "1 malformed row of orders-10.csv is in the topic orders.rejects, and in no table. ./pipeline"
                                + " inspect " + file + " shows malformed rows.");
    }

    static CatalogSummary write(CatalogShape shape, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            return new CatalogGenerator().write(shape, out);
        }
    }

    private static CatalogSummary sum(CatalogSummary a, CatalogSummary b) {
        return new CatalogSummary(
                a.rows() + b.rows(),
                a.badRows() + b.badRows(),
                a.withImage() + b.withImage(),
                a.samsungAfter2000WithoutImage() + b.samsungAfter2000WithoutImage());
    }

    private static String json(CatalogSummary summary, int partitions) {
        return "{\"tables\":{\"products_raw\":{\"rows\":" + summary.rows() + ",\"partitions\":" + partitions
                + "},\"products_team_a\":{\"rows\":" + summary.withImage() + ",\"partitions\":" + partitions
                + "},\"products_team_b\":{\"rows\":" + summary.samsungAfter2000WithoutImage() + ",\"partitions\":"
                + partitions + "}}}";
    }
}
