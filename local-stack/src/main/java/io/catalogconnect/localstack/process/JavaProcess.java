package io.catalogconnect.localstack.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A child process that runs a main class, prints one line on standard output when it is ready, logs to standard error, and
 * shuts down when its standard input is closed. The operating system closes that input when this process ends for any reason.
 *
 * <p>Thread-safe.
 */
public final class JavaProcess implements AutoCloseable {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration THREAD_DUMP = Duration.ofSeconds(3);

    private final Command command;
    private final Process process;
    private final @Nullable ClassArchive archive;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    /**
     * What to run.
     *
     * @param name name of the process in messages
     * @param classPath the value of {@code -cp}
     * @param mainClass the class with the main method
     * @param jvmOptions options of the JVM, before the main class
     * @param arguments arguments of the main class
     * @param environment added to this process's own environment
     * @param readyPrefix start of the line that the process prints when it is ready
     * @param temporary the folder for its temporary files, deleted when the process has ended
     * @param log the file that standard error is appended to
     */
    public record Command(
            String name,
            String classPath,
            String mainClass,
            List<String> jvmOptions,
            List<String> arguments,
            Map<String, String> environment,
            String readyPrefix,
            Path temporary,
            Path log) {
        public Command {
            jvmOptions = List.copyOf(jvmOptions);
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }

        /** The archive of the program. With an agent, a JVM that is told to write one does not start. */
        @Nullable
        ClassArchive archive() throws IOException {
            return jvmOptions.stream().anyMatch(option -> option.startsWith("-javaagent:"))
                    ? null
                    : ClassArchive.of(classPath, name + " " + mainClass).orElse(null);
        }

        /** What starts the program, with an empty folder for its temporary files. */
        ProcessBuilder builder(@Nullable ClassArchive archive) throws IOException {
            Files.createDirectories(log.toAbsolutePath().getParent());
            FolderTree.delete(temporary);
            Files.createDirectories(temporary);
            ProcessBuilder builder = new ProcessBuilder(line(archive == null ? List.of() : archive.options()));
            builder.environment().putAll(environment);
            return builder;
        }

        private List<String> line(List<String> archiveOptions) {
            List<String> line = new ArrayList<>();
            line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            line.addAll(archiveOptions);
            line.addAll(jvmOptions);
            line.add("-XX:+DisplayVMOutputToStderr");
            line.add("-Djava.io.tmpdir=" + temporary);
            line.addAll(List.of("-cp", classPath, mainClass));
            line.addAll(arguments);
            return line;
        }
    }

    private JavaProcess(Command command, Process process, @Nullable ClassArchive archive) {
        this.command = command;
        this.process = process;
        this.archive = archive;
    }

    /**
     * Starts the process and returns at once.
     *
     * @throws IOException if the operating system refuses, or the log cannot be written
     */
    public static JavaProcess start(Command command) throws IOException {
        ClassArchive archive = command.archive();
        Process process = command.builder(archive)
                .redirectError(ProcessBuilder.Redirect.appendTo(command.log().toFile()))
                .start();
        JavaProcess started = new JavaProcess(command, process, archive);
        Thread reader = new Thread(started::readOutput, command.name() + "-output");
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    /**
     * Waits until the process prints that it is ready.
     *
     * @return that whole line
     * @throws ProcessFailedException if the process ends before, or takes longer than {@code timeout}
     */
    public String awaitReady(Duration timeout) throws InterruptedException {
        try {
            return ready.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ProcessFailedException(
                    command.name() + " did not serve within " + timeout.toSeconds() + " s. Its log: " + command.log());
        } catch (ExecutionException e) {
            throw new ProcessFailedException(command.name() + " ended before it served, with exit code " + exitCode()
                    + ". Its log: " + command.log());
        }
    }

    /**
     * Writes a line to the process's standard input, which stays open.
     *
     * @throws IOException if the process has ended
     */
    public void send(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /**
     * Does nothing while the process runs.
     *
     * @throws ProcessFailedException if it does not
     */
    public void checkRunning() {
        if (!process.isAlive()) {
            throw new ProcessFailedException(
                    command.name() + " ended with exit code " + exitCode() + ". Its log: " + command.log());
        }
    }

    /** The operating system's id of the process. */
    public long pid() {
        return process.pid();
    }

    /** Kills the process without a shutdown and waits until it has ended. */
    public void kill() {
        process.destroyForcibly().onExit().join();
        keepArchive();
        deleteTemporaryFiles();
    }

    /**
     * Suspends the process (SIGSTOP). It keeps its memory and its connections.
     *
     * @throws ProcessFailedException where the operating system cannot do that
     */
    public void pause() throws InterruptedException {
        signal("STOP");
    }

    /** Resumes a {@linkplain #pause() paused} process. For the process, no time has passed. */
    public void resume() throws InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws InterruptedException {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (status == 0) {
                return;
            }
            throw new ProcessFailedException(
                    command.name() + " was not sent SIG" + name + ": kill ended with " + status);
        } catch (IOException e) {
            throw new ProcessFailedException(command.name() + " was not sent SIG" + name + ": " + e.getMessage());
        }
    }

    /**
     * Shuts the process down, and kills it if it is still running after a minute. In this case, the log shows what its threads
     * did. Idempotent.
     */
    @Override
    public void close() {
        close(STOP_TIMEOUT);
    }

    void close(Duration timeout) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It ended by itself, and its standard input with it.
        }
        try {
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                keepArchive();
                deleteTemporaryFiles();
            } else {
                logThreads(timeout);
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Appends the stack traces of all threads to the log, unless the process does not answer. */
    private void logThreads(Duration timeout) throws InterruptedException {
        try {
            String why = command.name() + " did not stop within " + timeout.toSeconds()
                    + " s and is killed. Its threads, if it still answers:\n";
            Files.writeString(command.log(), why, StandardOpenOption.APPEND);
            signal("QUIT");
            process.waitFor(THREAD_DUMP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | ProcessFailedException e) {
            // It has just ended, or cannot be asked: it is killed in any case.
        }
    }

    private void keepArchive() {
        if (archive != null) {
            archive.keepAfter(process.exitValue());
        }
    }

    /** Native libraries that were unpacked, for one: a process that is killed leaves them behind. */
    private void deleteTemporaryFiles() {
        try {
            FolderTree.delete(command.temporary());
        } catch (IOException e) {
            // The next start deletes them, or says why it cannot.
        }
    }

    private int exitCode() {
        return process.onExit().join().exitValue();
    }

    private void readOutput() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(command.readyPrefix())) {
                    ready.complete(line);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(new UncheckedIOException(e));
        }
        ready.completeExceptionally(new ProcessFailedException(command.name() + " closed its standard output"));
    }
}
