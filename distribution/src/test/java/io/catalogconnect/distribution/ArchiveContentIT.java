package io.catalogconnect.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the archives and the image hold. */
final class ArchiveContentIT {
    static final List<String> PLUGINS = Artifacts.PLUGINS;

    /** A line of THIRD-PARTY.txt begins with the licences of a library. */
    private static final Pattern LICENCES = Pattern.compile("^ +((?:\\([^)]*\\) )+)");

    private static final Pattern LICENCE = Pattern.compile("\\(([^)]*)\\)");

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("PLUGINS")
    void archiveHoldsTheListedJarsAndNoOther(String plugin) throws IOException {
        List<String> components = components(plugin);
        // The project's own modules change their version with each release.
        List<String> libraries = components.stream()
                .map(component -> component.startsWith("io.catalogconnect:")
                        ? component.substring(0, component.lastIndexOf(':'))
                        : component)
                .toList();
        Path list = Path.of("jars", plugin + ".txt");
        if (Boolean.getBoolean("docs.update")) {
            Files.write(list, libraries);
        }
        assertThat(libraries)
                .as("the libraries of " + plugin + ": review the change, then run this test with -Ddocs.update=true")
                .isEqualTo(Files.readAllLines(list));

        Path archive = Artifacts.unzip(Artifacts.archiveOf(plugin), directory);
        List<String> expected = new ArrayList<>();
        if (!plugin.equals("smt-filters")) {
            // That one's libraries are inside its own jar, relocated.
            components.forEach(component -> expected.add(jar(component)));
        }
        expected.add(plugin + "-" + version(plugin) + ".jar");
        assertThat(Artifacts.names(archive.resolve("lib"))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @FieldSource("PLUGINS")
    void archiveHasTheLayoutThatConfluentsInstallerExpects(String plugin) throws IOException {
        Path archive = Artifacts.unzip(Artifacts.archiveOf(plugin), directory);
        assertThat(Artifacts.names(archive)).containsExactly("assets", "doc", "etc", "lib", "manifest.json");
        JsonNode manifest = Artifacts.json(archive.resolve("manifest.json"));
        assertThat(archive.getFileName())
                .hasToString(manifest.path("owner").path("username").asText()
                        + "-" + manifest.path("name").asText()
                        + "-" + manifest.path("version").asText());
        assertThat(manifest.path("name").asText()).isEqualTo(plugin);
        assertThat(manifest.path("version").asText()).isEqualTo(version(plugin));
        assertThat(manifest.path("owner").path("username").asText()).matches("[a-z0-9_]{2,255}");
        assertThat(archive.resolve(manifest.path("logo").asText())).isRegularFile();
        assertThat(Artifacts.names(archive.resolve("doc")))
                .containsExactly("LICENSE", "NOTICE", "README.md", "THIRD-PARTY.txt", "licenses", "sbom.cdx.json");
        assertThat(archive.resolve("doc").resolve("README.md")).content().contains("Version " + version(plugin));
        assertThat(Artifacts.json(archive.resolve("doc").resolve("sbom.cdx.json")))
                .isEqualTo(Artifacts.sbomOf(plugin));
        List<String> samples = Artifacts.names(archive.resolve("etc"));
        assertThat(samples).isNotEmpty();
        for (String sample : samples) {
            assertThat(Artifacts.json(archive.resolve("etc").resolve(sample))
                            .path("config")
                            .path("connector.class")
                            .asText())
                    .as(sample)
                    .startsWith("io.catalogconnect.");
        }
    }

    @ParameterizedTest
    @FieldSource("PLUGINS")
    void archiveHoldsTheTextOfEveryLicence(String plugin) throws IOException {
        Path doc = Artifacts.unzip(Artifacts.archiveOf(plugin), directory).resolve("doc");
        TreeSet<String> licences = new TreeSet<>();
        for (String line : Files.readAllLines(doc.resolve("THIRD-PARTY.txt"))) {
            Matcher library = LICENCES.matcher(line);
            if (library.find()) {
                LICENCE.matcher(library.group(1)).results().forEach(match -> licences.add(match.group(1)));
            }
        }
        assertThat(licences).contains("Apache-2.0");
        // The project's own licence; its text is doc/LICENSE.
        licences.remove("Apache-2.0");
        assertThat(licences)
                .isNotEmpty()
                .allSatisfy(licence -> assertThat(
                                // Go's licence is the BSD licence of three clauses.
                                doc.resolve("licenses")
                                        .resolve(licence.replace("Go License", "BSD-3-Clause")
                                                        .replace(' ', '-') + ".txt"))
                        .isRegularFile());
    }

    @Test
    void archiveOfAllPluginsHoldsOneVersionOfEachLibrary() throws IOException {
        Path lib = Artifacts.unzip(Artifacts.archiveOfAll(), directory).resolve("lib");
        TreeSet<String> expected = new TreeSet<>();
        for (String plugin : PLUGINS) {
            expected.addAll(Artifacts.names(
                    Artifacts.unzip(Artifacts.archiveOf(plugin), directory).resolve("lib")));
        }
        List<String> jars = Artifacts.names(lib);
        assertThat(jars).containsExactlyElementsOf(expected);
        // The libraries of smt-filters are inside its own jar, relocated.
        Map<String, String> libraries = new TreeMap<>();
        for (String plugin : List.of("s3-csv-source", "bigquery-partition-sink")) {
            for (String component : components(plugin)) {
                String library = component.substring(0, component.lastIndexOf(':'));
                assertThat(libraries.merge(
                                library, component, (one, other) -> one.equals(other) ? one : one + " and " + other))
                        .isEqualTo(component);
            }
        }
        assertThat(libraries).isNotEmpty();
    }

    @Test
    void imageHoldsTheFoldersOfThePluginsAndTheLicences() throws IOException, InterruptedException {
        Path root = directory.resolve("image");
        Artifacts.unpackImage(Artifacts.image(), root);
        assertThat(Artifacts.names(root))
                .containsExactly("bigquery-partition-sink", "doc", "s3-csv-source", "smt-filters");
        for (String plugin : PLUGINS) {
            assertThat(Artifacts.names(root.resolve(plugin)))
                    .isEqualTo(Artifacts.names(Artifacts.unzip(Artifacts.archiveOf(plugin), directory)
                            .resolve("lib")));
        }
        assertThat(Artifacts.names(root.resolve("doc"))).containsExactly("LICENSE", "NOTICE", "licenses");
    }

    /** The file of a library: group:artifact:version becomes artifact-version.jar. */
    private static String jar(String component) {
        return component.substring(component.indexOf(':') + 1).replace(':', '-') + ".jar";
    }

    private static String version(String plugin) throws IOException {
        return Artifacts.sbomOf(plugin)
                .path("metadata")
                .path("component")
                .path("version")
                .asText();
    }

    /** The libraries of a plugin as its bill of materials names them, sorted. */
    private static List<String> components(String plugin) throws IOException {
        List<String> components = new ArrayList<>();
        for (JsonNode component : Artifacts.sbomOf(plugin).path("components")) {
            components.add(component.path("group").asText() + ":"
                    + component.path("name").asText() + ":"
                    + component.path("version").asText());
        }
        components.sort(null);
        return components;
    }
}
