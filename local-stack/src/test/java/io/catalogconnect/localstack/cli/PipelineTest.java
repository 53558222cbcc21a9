package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.bigquery.CatalogDataset.TableSize;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands print and how they end, as far as no server is needed. */
final class PipelineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void helpNamesEveryCommand() {
        assertThat(run("help")).isZero();
        assertThat(out.toString()).contains("demo", "up", "query", "inspect", "rule", "generate");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void everyCommandHasHelpAndAVersion() {
        for (String command : new String[] {"demo", "up", "query", "inspect", "rule", "generate"}) {
            assertThat(printed(command, "-h")).as(command).startsWith("Usage: pipeline " + command);
            assertThat(printed(command, "-V").strip()).as(command).isEqualTo("pipeline unknown");
        }
        assertThat(printed("--help")).startsWith("Usage: pipeline ");
        assertThat(printed("--version").strip()).isEqualTo("pipeline unknown");
    }

    @Test
    void wrongOptionIsRefusedWithACorrection() {
        assertThat(run("demo", "--outptu", "json")).isEqualTo(2);
        assertThat(err.toString())
                .contains("Unknown options: '--outptu', 'json'")
                .contains("--output");
    }

    @Test
    void wrongFormatListsTheFormats() {
        assertThat(run("demo", "--output", "xml")).isEqualTo(2);
        assertThat(err.toString()).contains("expected one of [TABLE, JSON] (case-insensitive) but was 'xml'");
    }

    @Test
    void wrongDateIsNamed() {
        assertThat(run("demo", "--date", "23.11.2026")).isEqualTo(2);
        assertThat(err.toString()).contains("Invalid value for option '--date'").contains("23.11.2026");
    }

    @Test
    void missingFileIsNamed() {
        assertThat(run("demo", "--csv", "absent.csv")).isEqualTo(2);
        assertThat(err.toString()).contains("--csv absent.csv is not a file that can be read");
    }

    @Test
    void missingContractIsNamed() {
        assertThat(run("demo", "--contract", "absent.yaml", "--csv", sample())).isEqualTo(2);
        assertThat(err.toString()).contains("--contract absent.yaml is not a file that can be read");
        assertThat(run("up", "--contract", "absent.yaml")).isEqualTo(2);
    }

    @Test
    void contractOfOtherFilesNeedsAFile() {
        assertThat(run("demo", "--contract", "../config/contracts/orders.odcs.yaml"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--contract needs --csv FILE: the sample is one of the product catalogue");
    }

    @Test
    void contractOfABareStackIsRefused() {
        assertThat(run("up", "--bare", "--contract", sample())).isEqualTo(2);
        assertThat(err.toString()).contains("--bare starts no connectors, so it cannot be used with --contract");
    }

    private static String sample() {
        return "../config/sample/product_catalog.csv";
    }

    @Test
    void twoFilesWithTheSameNameAreRefused() {
        assertThat(run(
                        "generate",
                        "--rows",
                        "1",
                        "--out",
                        directory.resolve("a.csv").toString()))
                .isZero();
        String file = directory.resolve("a.csv").toString();
        assertThat(run("demo", "--csv", file, "--csv", file)).isEqualTo(2);
        assertThat(err.toString())
                .contains("--csv names two files called a.csv; in the bucket they would be one. Deliver them on"
                        + " different dates, or rename one");
    }

    @Test
    void queryWithoutTablesSaysWhatToDo() {
        assertThat(run("query", "--state", directory.resolve("none").toString(), "SELECT 1"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("There are no tables in " + directory.resolve("none") + " yet. Run ./pipeline demo first");
    }

    @Test
    void generatedCatalogueIsCounted() {
        Path file = directory.resolve("c.csv");
        assertThat(run("generate", "--rows", "100", "--out", file.toString(), "--quirks", "emoji,short_row"))
                .isZero();
        assertThat(err.toString()).startsWith(file + ": 100 rows, ");
        assertThat(file).content().contains("brand,category_id");
    }

    @Test
    void catalogueWithoutAFileNameIsRefused() {
        assertThat(run("generate", "--rows", "100")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option: '--out=FILE'");
    }

    @Test
    void ruleNeedsAConditionOrAConnector() {
        assertThat(run("rule", "--csv", "a.csv")).isEqualTo(2);
        assertThat(run("rule", "true", "--connector", "a.json", "--csv", "a.csv"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("Give either a condition or --connector");
        assertThat(run("rule", "true")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option: '--csv=");
    }

    @Test
    void connectorThatCannotBeReadIsNamed() {
        assertThat(run("rule", "--connector", "absent.json", "--csv", "a.csv")).isEqualTo(1);
        assertThat(err.toString()).contains("absent.json is not a connector's definition: ");
    }

    @Test
    void resultAsATableHasOneLinePerTable() {
        ResultFormat.TABLE.print(new PrintWriter(out), sizes(), List.of("A note."));
        assertThat(out.toString().lines())
                .containsExactly(
                        "table            rows  partitions",
                        "products_raw     1000  1",
                        "products_team_a  740   1",
                        "A note.");
    }

    @Test
    void resultAsJsonIsOneLine() {
        ResultFormat.JSON.print(new PrintWriter(out), sizes(), List.of("A note."));
        assertThat(out.toString())
                .isEqualTo("{\"tables\":{\"products_raw\":{\"rows\":1000,\"partitions\":1},"
                        + "\"products_team_a\":{\"rows\":740,\"partitions\":1}}}" + System.lineSeparator());
    }

    private String printed(String... arguments) {
        out.getBuffer().setLength(0);
        assertThat(run(arguments)).isZero();
        return out.toString();
    }

    private int run(String... args) {
        return Pipeline.commandLine(Clock.systemUTC(), new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(args);
    }

    private static Map<String, TableSize> sizes() {
        Map<String, TableSize> sizes = new LinkedHashMap<>();
        sizes.put("products_raw", new TableSize(1000, 1));
        sizes.put("products_team_a", new TableSize(740, 1));
        return sizes;
    }
}
