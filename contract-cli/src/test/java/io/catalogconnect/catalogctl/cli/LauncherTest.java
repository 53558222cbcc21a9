package io.catalogconnect.catalogctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that start Java, with a program in its place that prints its arguments. */
final class LauncherTest {
    @TempDir
    Path folder;

    @Test
    void scriptOfTheRepositoryIsFoundThroughLinks() throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path target = Files.createDirectories(home.resolve("contract-cli/target"));
        Files.createFile(target.resolve("built-by-catalogctl"));
        Path script = Files.copy(Path.of("..", "catalogctl"), home.resolve("catalogctl"));
        assertThat(run(link(script))).contains("-cp " + target + "/lib/*:" + target + "/* ");
    }

    @Test
    void scriptOfTheArchiveIsFoundThroughLinks() throws IOException, InterruptedException {
        Path home = folder.resolve("home");
        Path script = Files.copy(
                Path.of("..", "distribution", "src", "main", "catalogctl", "catalogctl"),
                Files.createDirectories(home.resolve("bin")).resolve("catalogctl"));
        assertThat(run(link(script))).contains("-cp " + home + "/lib/* ");
    }

    /** A relative link to an absolute one, in other folders. */
    private Path link(Path script) throws IOException {
        Path links = Files.createDirectory(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("absolute"), script);
        Path bin = Files.createDirectory(folder.resolve("bin"));
        return Files.createSymbolicLink(bin.resolve("catalogctl"), Path.of("..", "links", "absolute"));
    }

    private String run(Path script) throws IOException, InterruptedException {
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$*\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder =
                new ProcessBuilder(List.of("bash", script.toString(), "help")).redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", java.getParent() + ":" + System.getenv("PATH"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
