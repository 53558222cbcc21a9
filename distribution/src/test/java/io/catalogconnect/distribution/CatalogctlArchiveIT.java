package io.catalogconnect.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of catalogctl, unpacked, with a Java runtime and nothing else. */
final class CatalogctlArchiveIT {
    private static final Path SAMPLE =
            Path.of("../config/sample/product_catalog.csv").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private record Result(int status, String output) {}

    @Test
    void commandsRunInAnEmptyFolder() throws IOException, InterruptedException {
        Path home = Artifacts.untar(Artifacts.catalogctl(".tar.gz"), directory);
        Path contract = home.resolve("contracts").resolve("product-catalog.odcs.yaml");
        assertThat(run(home, "lint", contract.toString())).isEqualTo(new Result(0, contract + ": no errors\n"));
        assertThat(run(home, "lint", contract.toString(), "--sample", SAMPLE.toString())
                        .output())
                .contains("products_with_image    150 ", "samsung_without_image  5 ");
        Path wrong = Files.writeString(
                directory.resolve("wrong.yaml"),
                Files.readString(contract).replace("schema.evolution: relax", "schema.evolutin: relax"));
        assertThat(run(home, "lint", "--connectors", contract.toString()))
                .isEqualTo(new Result(0, contract + ": no errors\n"));
        assertThat(run(home, "lint", "--connectors", wrong.toString()).output())
                .contains("wrong.yaml:79:21: error: schema.evolutin is not used.", "[connector]");
        Result draft = run(home, "init", "--csv", SAMPLE.toString(), "--name", "catalog");
        assertThat(draft.status()).as(draft.output()).isZero();
        assertThat(draft.output()).contains("catalog.odcs.yaml: 7 errors").doesNotContain("SLF4J");
        assertThat(run(home, "render", contract.toString(), "--env", "local", "--out", "out"))
                .isEqualTo(new Result(0, ""));
        assertThat(directory.resolve("empty/out/catalog-source.json"))
                .hasSameTextualContentAs(Path.of("../config/connectors/replace/catalog-source.json"));
        assertThat(run(home, "docs", home.resolve("contracts").toString(), "--out", "site"))
                .isEqualTo(new Result(0, "2 products, 5 tables: site/index.html\n"));
        assertThat(directory.resolve("empty/site/index.html"))
                .hasSameTextualContentAs(Path.of("../docs/catalogue/index.html"));
        assertThat(run(home, "diff", contract.toString(), contract.toString()))
                .isEqualTo(new Result(0, "No differences.\n"));
        assertThat(run(home, "paln").status()).isEqualTo(64);
    }

    @Test
    void archiveHoldsTheListedFiles() throws IOException, InterruptedException {
        Path home = Artifacts.untar(Artifacts.catalogctl(".tar.gz"), directory);
        assertThat(Artifacts.names(home)).containsExactly("bin", "completion", "contracts", "doc", "lib", "plugins");
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
                    .isEqualTo(Artifacts.names(Artifacts.unzip(Artifacts.archiveOf(plugin), directory.resolve(plugin))
                            .resolve("lib")));
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
    void completionScriptIsTheOneOfTheCommands() throws IOException, InterruptedException {
        Path home = Artifacts.untar(Artifacts.catalogctl(".tar.gz"), directory);
        String script = run(home, "completion").output();
        Path committed = Path.of("src/main/completion/catalogctl");
        if (Boolean.getBoolean("docs.update")) {
            Files.createDirectories(committed.resolveSibling("."));
            Files.writeString(committed, script);
        }
        assertThat(committed).as("run this test with -Ddocs.update=true").hasContent(script);
    }

    @Test
    void zipHoldsTheSameFiles() throws IOException, InterruptedException {
        Path tar = Artifacts.untar(Artifacts.catalogctl(".tar.gz"), Files.createDirectories(directory.resolve("tar")));
        Path zip = Artifacts.unzip(Artifacts.catalogctl(".zip"), directory.resolve("zip"));
        for (String folder : List.of("", "bin", "doc", "lib", "plugins", "plugins/s3-csv-source")) {
            assertThat(Artifacts.names(zip.resolve(folder))).isEqualTo(Artifacts.names(tar.resolve(folder)));
        }
    }

    private Result run(Path home, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/catalogctl").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(directory.resolve("empty")).toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
