package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./pipeline rule}, with the plugins from their plugin folders. */
final class RuleIT {
    private static final String SAMPLE = "../config/sample/product_catalog.csv";
    private static final String SHIPPED = "../config/connectors/catalog-source.json";
    /** The real catalogue is not part of the repository. The variable is that of {@code .ci/run}. */
    private static final Path REAL =
            Path.of(System.getenv().getOrDefault("CATALOG_CSV", "../../shared/data/product_catalog.csv"));

    @TempDir
    Path directory;

    private DemoRun pipeline = new DemoRun(Path.of("unused"));

    @BeforeEach
    void useAnEmptyStateFolder() {
        pipeline = new DemoRun(directory.resolve("state"));
    }

    @AfterEach
    void noProcessIsLeftBehind() {
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void shippedConnectorSends200RowsOfTheSampleAnd150ToTeamAAnd5ToTeamB() throws IOException {
        assertThat(matchingRows(SAMPLE))
                .containsExactly("products.raw 200", "products.events 200", "products.team-a 150", "products.team-b 5");
    }

    @Test
    void shippedConnectorSends1000RowsOfTheRealCatalogueAnd740ToTeamAAnd28ToTeamB() throws IOException {
        assumeThat(REAL)
                .as(
                        "SKIPPED: the real catalogue is not at %s",
                        REAL.toAbsolutePath().normalize())
                .isRegularFile();
        assertThat(matchingRows(REAL.toString()))
                .containsExactly(
                        "products.raw 1000", "products.events 1000", "products.team-a 740", "products.team-b 28");
    }

    private List<String> matchingRows(String file) throws IOException {
        pipeline.run(
                "rule", "--connector", SHIPPED, "--csv", file, "--key", "catalog/dt=2026-11-01/a.csv", "--output=json");
        JsonNode trial = new ObjectMapper().readTree(pipeline.lastLine());
        List<String> matching = new ArrayList<>();
        trial.path("rules")
                .forEach(rule -> matching.add(
                        rule.path("name").asText() + " " + rule.path("matching").asLong()));
        return matching;
    }

    @Test
    void ruleIsTriedWithTheTypesOfTheFile() throws IOException {
        Path file = write("id;name;year\n1;Ann;2001\n2;;1999\n3;Bob;2002\n");
        pipeline.run("rule", "value.year > 2000", "--csv", file.toString());
        assertThat(pipeline.output())
                .containsExactly(
                        "File  " + file,
                        "Rows  3, none malformed",
                        "",
                        "condition: value.year > 2000",
                        "  2 of 3 rows match",
                        "",
                        "column  null in matching rows  null in other rows",
                        "name    0                      1",
                        "",
                        "First matching rows",
                        "row  id  name  year",
                        "1    1   Ann   2001",
                        "3    3   Bob   2002");
    }

    @Test
    void mistakeIsShownAtItsPlace() throws IOException {
        Path file = write("id,year\n1,2001\n");
        assertThat(pipeline.execute("rule", "value.yaer > 2000", "--csv", file.toString()))
                .isEqualTo(1);
        assertThat(pipeline.errors().strip().lines())
                .containsExactly(
                        "The rule is not valid: line 1, column 7: there is no field 'yaer'; did you mean 'year'?",
                        "  value.yaer > 2000",
                        "        ^");
        assertThat(pipeline.output()).isEmpty();
    }

    @Test
    void ruleThatFailsTheTaskIsReported() throws IOException {
        Path file = write("id,year\n1,2001\n2,\n3,\n");
        assertThat(pipeline.execute("rule", "value.year > 2000", "--csv", file.toString()))
                .isEqualTo(1);
        assertThat(pipeline.output()).contains("  1 of 3 rows match, 2 cannot be decided, of which 2 fail the task");
        assertThat(pipeline.errors().strip())
                .startsWith("The rule condition fails the task at row 2: ")
                .contains("null");
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("a.csv"), content);
    }
}
