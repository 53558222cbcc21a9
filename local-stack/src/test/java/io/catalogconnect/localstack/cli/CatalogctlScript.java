package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the script {@code catalogctl} on a running stack, and collects what it prints. */
final class CatalogctlScript {
    private final List<String> target;
    private final Path output;

    private CatalogctlScript(List<String> target, Path directory) {
        this.target = target;
        this.output = directory.resolve("catalogctl.txt");
    }

    /**
     * On a local stack.
     *
     * @param stack file with the addresses of the stack
     * @param directory folder for the file with everything that was printed
     */
    CatalogctlScript(Path stack, Path directory) {
        this(List.of("--env=local", "--stack=" + stack), directory);
    }

    /** With a context of a file. */
    static CatalogctlScript inContext(String name, Path contexts, Path directory) {
        return new CatalogctlScript(List.of("--env=" + name, "--contexts=" + contexts), directory);
    }

    /** Starts a command. Its standard error is a pipe. */
    Process start(String command, Path file, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("../catalogctl", command, file.toString()));
        arguments.addAll(target);
        arguments.addAll(List.of(options));
        return new ProcessBuilder(arguments)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    /** Runs a command that must end with an exit code, and returns the lines of its standard error. */
    List<String> run(int exitCode, String command, Path file, String... options)
            throws IOException, InterruptedException {
        Process process = start(command, file, options);
        try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
            List<String> lines = errors.lines().toList();
            assertThat(process.waitFor())
                    .as(command + " " + file + "\n" + String.join("\n", lines))
                    .isEqualTo(exitCode);
            return lines;
        }
    }

    /** Everything that the commands have printed on standard output. */
    String printed() throws IOException {
        return Files.readString(output);
    }
}
