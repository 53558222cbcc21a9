package io.catalogconnect.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** The files that the build of this module made, and what is inside them. */
final class Artifacts {
    /** The plugins, by the names of their modules. */
    static final List<String> PLUGINS = List.of("s3-csv-source", "smt-filters", "bigquery-partition-sink");

    private static final Path TARGET = Path.of("target");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Artifacts() {}

    /** The archive of one plugin in Confluent's layout. */
    static Path archiveOf(String plugin) {
        return only("catalogconnect-" + plugin + "-", ".zip");
    }

    /** The archive of all plugins. */
    static Path archiveOfAll() {
        return only("catalog-connect-plugins-", ".zip");
    }

    /** The image, as an OCI archive. */
    static Path image() {
        return only("catalog-connect-plugins-", "-oci.tar");
    }

    /** The archive of catalogctl with an ending. */
    static Path catalogctl(String ending) {
        return only("catalogctl-", ending);
    }

    /** Unpacks a compressed tar archive and returns the single folder that it holds. */
    static Path untar(Path archive, Path into) throws IOException, InterruptedException {
        tar("-xzf", archive, into);
        return into.resolve(archive.getFileName().toString().replaceFirst("\\.tar\\.gz$", ""));
    }

    /** The software bill of materials of a plugin. */
    static JsonNode sbomOf(String plugin) throws IOException {
        return JSON.readTree(Path.of("..", plugin, "target", "bom.json").toFile());
    }

    /** Unpacks an archive and returns the single folder that it holds. */
    static Path unzip(Path archive, Path into) throws IOException {
        Path folder = into.toAbsolutePath().normalize();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException(archive + " holds " + entry.getName() + ", which lies outside of it");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.resolveSibling("."));
                    Files.copy(zip, file);
                }
            }
        }
        String name = archive.getFileName().toString().replaceFirst("\\.zip$", "");
        Path base = folder.resolve(name);
        if (!Files.isDirectory(base)) {
            throw new IOException(archive + " does not hold a folder " + name);
        }
        return base;
    }

    /** The paths of the files in a zip archive. */
    static Set<String> entries(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The paths of the files in an unpacked folder, which begin with the name of the folder. */
    static Set<String> files(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().resolveSibling("");
        try (Stream<Path> files = Files.walk(folder.toAbsolutePath())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> parent.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Unpacks an image's layers, in their order, as a container runtime does before it mounts the image. */
    static void unpackImage(Path image, Path into) throws IOException, InterruptedException {
        Path layout = Files.createDirectories(into.resolveSibling(into.getFileName() + "-layout"));
        tar("-xf", image, layout);
        JsonNode index = JSON.readTree(layout.resolve("index.json").toFile());
        JsonNode manifest = JSON.readTree(
                blob(layout, index.path("manifests").path(0).path("digest").asText())
                        .toFile());
        Files.createDirectories(into);
        for (JsonNode layer : manifest.path("layers")) {
            tar("-xzf", blob(layout, layer.path("digest").asText()), into);
        }
    }

    /** The names of the files in a folder, sorted. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Reads a JSON file. */
    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    private static Path blob(Path layout, String digest) {
        return layout.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    private static void tar(String option, Path archive, Path into) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("tar", option, archive.toString(), "-C", into.toString())
                .redirectErrorStream(true)
                .start();
        String output;
        try (InputStream out = process.getInputStream()) {
            output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (process.waitFor() != 0) {
            throw new IOException("tar " + option + " " + archive + " failed: " + output);
        }
    }

    private static Path only(String prefix, String suffix) {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(TARGET)) {
            files.filter(file -> file.getFileName().toString().startsWith(prefix)
                            && file.getFileName().toString().endsWith(suffix))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.size() != 1) {
            throw new IllegalStateException(TARGET + " must hold one file " + prefix + "*" + suffix + ", not " + found
                    + "; run mvn clean on this module");
        }
        return found.get(0);
    }
}
