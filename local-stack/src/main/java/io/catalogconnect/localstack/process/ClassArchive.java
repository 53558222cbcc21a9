package io.catalogconnect.localstack.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The class data sharing archive of a program: its JVM maps the loaded classes of an earlier run instead of reading and verifying
 * them again. The first run that ends normally writes it, beside the program's jars. It has the jars' sizes and times in its name,
 * because a JVM ignores an archive that is older than its jars.
 *
 * @param file where the archive is, or will be
 * @param draft what this run writes
 */
record ClassArchive(Path file, Path draft) {
    private static final int KEPT = 6;

    /**
     * The archive of a program, if its class path consists of folders of jars and the first one is writable.
     *
     * @param classPath the value of {@code -cp}
     * @param program its name; two programs with the same main class may load different classes
     * @throws IOException if the jars cannot be listed
     */
    static Optional<ClassArchive> of(String classPath, String program) throws IOException {
        List<String> entries = List.of(classPath.split(File.pathSeparator));
        if (!entries.stream().allMatch(entry -> entry.endsWith(File.separator + "*"))) {
            return Optional.empty();
        }
        MessageDigest digest = sha256();
        // A JVM ignores the archive of one with other options for the verification of classes.
        String jvm = System.getProperty("java.vm.version") + System.getenv("JAVA_TOOL_OPTIONS");
        digest.update((program + jvm).getBytes(StandardCharsets.UTF_8));
        for (String entry : entries) {
            for (Path jar : jars(Path.of(entry).resolveSibling("."))) {
                String line = jar + " " + Files.size(jar) + " "
                        + Files.getLastModifiedTime(jar).toMillis();
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        Path folder = Path.of(entries.get(0)).resolveSibling("class-archives");
        try {
            Files.createDirectories(folder);
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
        String name = HexFormat.of().formatHex(digest.digest(), 0, 12);
        long process = ProcessHandle.current().pid();
        return Optional.of(new ClassArchive(
                folder.resolve(name + ".jsa"),
                folder.resolve(name + "-" + process + "-" + System.nanoTime() + ".draft")));
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Options of the JVM that uses the archive, or writes it if it does not exist. */
    List<String> options() {
        return List.of(
                Files.exists(file) ? "-XX:SharedArchiveFile=" + file : "-XX:ArchiveClassesAtExit=" + draft,
                "-Xshare:auto",
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off");
    }

    /** Keeps what a run has written that ended normally, and deletes what another one has; call it when the process has ended. */
    void keepAfter(int exitCode) {
        try {
            if (exitCode != 0) {
                Files.deleteIfExists(draft);
            } else if (Files.exists(draft)) {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
                deleteOldest();
            }
        } catch (IOException e) {
            // The next run writes another one.
        }
    }

    private void deleteOldest() throws IOException {
        List<Path> archives;
        try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
            archives = files.filter(archive -> archive.toString().endsWith(".jsa"))
                    .sorted(Comparator.comparing(ClassArchive::time).reversed())
                    .toList();
        }
        for (Path archive : archives.subList(Math.min(KEPT, archives.size()), archives.size())) {
            Files.deleteIfExists(archive);
        }
    }

    private static FileTime time(Path archive) {
        try {
            return Files.getLastModifiedTime(archive);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
