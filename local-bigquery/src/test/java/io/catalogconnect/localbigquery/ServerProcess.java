package io.catalogconnect.localbigquery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** local-bigquery in a separate process, with the class path of this test. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("local-bigquery ready http=127\\.0\\.0\\.1:(\\d+) grpc=127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path temporary;
    private final int httpPort;
    private final int grpcPort;

    private ServerProcess(Process process, Path temporary, int httpPort, int grpcPort) {
        this.process = process;
        this.temporary = temporary;
        this.httpPort = httpPort;
        this.grpcPort = grpcPort;
    }

    static ServerProcess start(Path database, List<String> jvmOptions, String... options) throws IOException {
        // A process that is killed leaves DuckDB's library behind, and so do fifty.
        Path temporary = Files.createTempDirectory(database.toAbsolutePath().getParent(), "tmp");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Such a process lives for seconds.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LocalBigQueryServer.class.getName()));
        command.addAll(List.of(
                "--database", database.toString(), "--http-port", "0", "--grpc-port", "0", "--stop-with-stdin"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        Matcher ready = READY.matcher(line == null ? "" : line);
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new IOException("local-bigquery did not start; it said: " + line);
        }
        return new ServerProcess(
                process, temporary, Integer.parseInt(ready.group(1)), Integer.parseInt(ready.group(2)));
    }

    int grpcPort() {
        return grpcPort;
    }

    int httpPort() {
        return httpPort;
    }

    /** As {@code kill -9}. */
    void kill() {
        close();
    }

    /** As {@code kill}. */
    int terminate() throws InterruptedException, IOException {
        process.destroy();
        return exitCode();
    }

    /** By the end of its standard input. */
    int endInput() throws InterruptedException, IOException {
        process.getOutputStream().close();
        return exitCode();
    }

    private int exitCode() throws InterruptedException, IOException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IOException("local-bigquery does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        if (!Files.exists(temporary)) {
            return; // closed before
        }
        try (Stream<Path> files = Files.walk(temporary)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
