package io.catalogconnect.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of catalogctl, unpacked, with a Java runtime and nothing else. */
final class CatalogctlArchiveIT {
    private static final String SAMPLE = Path.of("../config/sample/product_catalog.csv")
            .toAbsolutePath()
            .normalize()
            .toString();

    @TempDir
    private static Path directory;

    private static Path home = Path.of("");
    private static Path empty = Path.of("");

    private record Result(int status, String output) {}

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        home = Artifacts.untar(Artifacts.catalogctl(".tar.gz"), directory);
        empty = Files.createDirectories(directory.resolve("empty"));
    }

    @Test
    void commandsRunInAnEmptyFolder() throws IOException, InterruptedException {
        Path contract = home.resolve("contracts").resolve("product-catalog.odcs.yaml");
        Path wrong = Files.writeString(
                directory.resolve("wrong.yaml"),
                Files.readString(contract).replace("schema.evolution: relax", "schema.evolutin: relax"));
        assertThat(run("lint", "--connectors", wrong.toString()).output())
                .contains("error: schema.evolutin is not used.", "[connector]");
        assertThat(run("lint", "--sample", SAMPLE, contract.toString()).output())
                .contains("products_with_image    150 ", "samsung_without_image  5 ");
        Result draft = run("init", "--csv", SAMPLE, "--name", "catalog");
        assertThat(draft.output()).contains("catalog.odcs.yaml: 7 errors").doesNotContain("SLF4J");
        assertThat(draft.status()).isZero();
        assertThat(run("render", contract.toString(), "--env", "local", "--out", "out"))
                .isEqualTo(new Result(0, ""));
        assertThat(empty.resolve("out/catalog-source.json"))
                .hasSameTextualContentAs(Path.of("../config/connectors/replace/catalog-source.json"));
        assertThat(run("docs", home.resolve("contracts").toString(), "--out", "site"))
                .extracting(Result::status)
                .isEqualTo(0);
        assertThat(empty.resolve("site/index.html")).hasSameTextualContentAs(Path.of("../docs/catalogue/index.html"));
        assertThat(run("diff", contract.toString(), contract.toString())).isEqualTo(new Result(0, "No differences.\n"));
    }

    /** Needs the libraries of all services: their absence is not seen before a service is called. */
    @Test
    void serviceThatDoesNotAnswerIsNamed() throws IOException, InterruptedException {
        Path contexts = Files.writeString(directory.resolve("contexts.yaml"), """
                contexts:
                  local:
                    connect: {url: "http://127.0.0.1:9"}
                    kafka: {bootstrap: "127.0.0.1:9"}
                    bigquery: {credentials: none, endpoint: "http://127.0.0.1:9"}
                    variables: {CATALOG_BIGQUERY_PROJECT: p, CATALOG_BIGQUERY_DATASET: d}
                """);
        Path contract = home.resolve("contracts").resolve("product-catalog.odcs.yaml");
        Result plan = run("plan", contract.toString(), "--env", "local", "--contexts", contexts.toString());
        assertThat(plan.output()).startsWith("BigQuery at http://127.0.0.1:9: ").hasLineCount(1);
        assertThat(plan.status()).isEqualTo(1);
    }

    @Test
    void archiveHoldsTheListedFiles() throws IOException {
        assertThat(Artifacts.names(home)).containsExactly("bin", "contracts", "doc", "lib", "plugins");
        assertThat(Artifacts.names(home.resolve("doc")))
                .containsExactly(
                        "LICENSE",
                        "NOTICE",
                        "THIRD-PARTY.txt",
                        "bigquery-partition-sink-THIRD-PARTY.txt",
                        "licenses",
                        "s3-csv-source-THIRD-PARTY.txt",
                        "sbom.cdx.json");
        for (String plugin : List.of("s3-csv-source", "bigquery-partition-sink")) {
            assertThat(Artifacts.names(home.resolve("plugins").resolve(plugin)))
                    .isEqualTo(Artifacts.names(Path.of("..", plugin, "target", "plugin", plugin)));
        }
        List<String> jars = new ArrayList<>();
        for (String folder : List.of("lib", "plugins/dry-run")) {
            // The project's own modules change their version with each release.
            Artifacts.names(home.resolve(folder))
                    .forEach(jar -> jars.add(folder + "/" + jar.replaceFirst("-0\\.\\d+\\.\\d+-SNAPSHOT", "")));
        }
        Path list = Path.of("jars", "catalogctl.txt");
        if (Boolean.getBoolean("docs.update")) {
            Files.write(list, jars);
        }
        assertThat(jars)
                .as("the libraries of catalogctl: review the change, then run this test with -Ddocs.update=true")
                .isEqualTo(Files.readAllLines(list));
    }

    @Test
    void zipHoldsTheSameFiles() throws IOException {
        Set<String> zip = Artifacts.entries(Artifacts.catalogctl(".zip"));
        assertThat(zip).hasSizeGreaterThan(50).isEqualTo(Artifacts.files(home));
    }

    private static Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/catalogctl").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(empty.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
