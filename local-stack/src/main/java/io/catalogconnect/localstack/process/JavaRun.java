package io.catalogconnect.localstack.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a program that ran to its end.
 *
 * @param exitCode its exit code
 * @param output the lines of its standard output
 * @param errors the lines of its standard error, which is also its log
 */
public record JavaRun(int exitCode, List<String> output, List<String> errors) {
    public JavaRun {
        output = List.copyOf(output);
        errors = List.copyOf(errors);
    }

    /**
     * Runs a program and waits for its end. It is killed if this process is told to stop.
     *
     * @param command what to run; its log is replaced
     * @throws IOException if the operating system refuses, or the log cannot be written
     */
    public static JavaRun of(JavaProcess.Command command) throws IOException, InterruptedException {
        @Nullable ClassArchive archive = command.archive();
        Process process =
                command.builder(archive).redirectError(command.log().toFile()).start();
        Thread hook = new Thread(process::destroyForcibly, "stop-" + command.name());
        Runtime.getRuntime().addShutdownHook(hook);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> output = out.lines().toList();
            int exitCode = process.waitFor();
            if (archive != null) {
                archive.keepAfter(exitCode);
            }
            String errors = new String(Files.readAllBytes(command.log()), StandardCharsets.UTF_8);
            return new JavaRun(exitCode, output, errors.lines().toList());
        } finally {
            process.destroyForcibly().waitFor();
            FolderTree.delete(command.temporary());
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is stopping already, and the hook with it.
        }
    }
}
