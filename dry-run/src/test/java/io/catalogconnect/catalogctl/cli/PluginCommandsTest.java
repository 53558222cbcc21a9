package io.catalogconnect.catalogctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.finding.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of catalogctl that run the code of the plugins, which is on the class path here. */
final class PluginCommandsTest {
    private static final String SAMPLE = "../config/sample/product_catalog.csv";
    private static final String CONTRACT = "../config/contracts/product-catalog.odcs.yaml";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void draftOfAContractHasOnlyWhatAPersonMustDecideOpen() {
        assertThat(run("init", "--csv", SAMPLE, "--name", "product-catalog", "--location", "s3://landing/catalog/"))
                .isZero();
        assertThat(out.toString())
                .contains("# Drafted from product_catalog.csv (200 rows).")
                .contains("- {name: year_release, logicalType: integer, physicalType: INT64, required: true,")
                .contains("- {name: comment, logicalType: string, physicalType: STRING, classification:");
        assertThat(ContractFile.check("a.yaml", out.toString().getBytes(StandardCharsets.UTF_8))
                        .findings())
                .hasSize(6)
                .extracting(Finding::rule)
                .containsOnly("todo");
        assertThat(err.toString())
                .contains("Read 200 rows of " + SAMPLE + ", 0 of them malformed.")
                .contains("product-catalog.odcs.yaml: 6 errors");
    }

    @Test
    void draftOfAnotherFileReadsIt() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("orders.csv"),
                "id;total;ordered at\n1;1.000,50;01.11.2026 10:00\n2;\\N;02.11.2026 11:30\n");
        assertThat(run("init", "--csv", csv.toString(), "--name", "orders", "--key", "in/orders-20261101.csv"))
                .isZero();
        assertThat(out.toString())
                .contains("delimiter: ';'", "fileDate: &file-date '(?<![0-9])(?<date>\\d{8})(?![0-9])'")
                .contains("settings: {null.values: '\\N', file.date.format: yyyyMMdd}");
        Path contract = Files.writeString(
                folder.resolve("a.yaml"),
                out.toString()
                        .replace("personalData: TODO", "personalData: none")
                        .replace("location: TODO", "location: s3://bucket/in/")
                        .replace("value: TODO", "value: 30")
                        .replace("TODO", "someone"));
        assertThat(contract)
                .content()
                .contains("{name: ordered_at,", "description: 'ordered at'", "csv: {header: absent, skip.lines: '1'}");
        out.getBuffer().setLength(0);
        assertThat(run("lint", contract.toString(), "--sample", csv.toString())).isZero();
        assertThat(out.toString().lines())
                .containsExactly(contract + ": no errors", "The contract has no rules. The file has 2 rows.");
    }

    @Test
    void sampleShowsTheRowsThatEachRuleSelects() {
        assertThat(run("lint", CONTRACT, "--sample", SAMPLE)).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        CONTRACT + ": no errors",
                        "rule                   of 200 rows    example rows",
                        "products_with_image    150            1, 2, 3",
                        "samsung_without_image  5              19, 119, 153");
    }

    @Test
    void fileThatCannotBeReadIsNamed() {
        assertThat(run("lint", CONTRACT, "--sample", "absent.csv")).isEqualTo(1);
        assertThat(err.toString()).contains("absent.csv does not exist");
        assertThat(run("init", "--csv", "absent.csv", "--name", "a")).isEqualTo(1);
    }

    private int run(String... arguments) {
        return Catalogctl.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }
}
