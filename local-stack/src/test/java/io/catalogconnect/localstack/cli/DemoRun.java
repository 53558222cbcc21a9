package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Runs commands of {@code ./pipeline} in this process, over one state folder, and keeps what the last one printed. */
final class DemoRun {
    private final Path state;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    DemoRun(Path state) {
        this.state = state;
    }

    /** Runs a command that must end well. */
    void run(String command, String... arguments) {
        int exitCode = execute(command, arguments);
        assertThat(exitCode).as(errors()).isZero();
    }

    /** Runs a command and returns its exit code. */
    int execute(String command, String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return Pipeline.commandLine(Clock.systemUTC(), new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(Stream.concat(
                                Stream.of(command, "--home", "..", "--state", state.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    List<String> output() {
        return out.toString().lines().toList();
    }

    String lastLine() {
        List<String> lines = output();
        return lines.get(lines.size() - 1);
    }

    String errors() {
        return err.toString();
    }
}
