package io.catalogconnect.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JavaProcessTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @Test
    void processPrintsThatItServesAndEndsWithItsStandardInput() throws Exception {
        JavaProcess process = start("serve");
        assertThat(process.awaitReady(PATIENCE)).isEqualTo("echo ready hello");
        assertThatCode(process::checkRunning).doesNotThrowAnyException();
        process.close();
        assertThat(ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(log()).content().contains("a log line");
    }

    @Test
    void aLineReachesTheProcess() throws Exception {
        try (JavaProcess process = start("repeat")) {
            process.send("füñf 5️⃣");
            assertThat(process.awaitReady(PATIENCE)).isEqualTo("echo ready füñf 5️⃣");
        }
    }

    @Test
    void closeIsIdempotent() throws Exception {
        JavaProcess process = start("serve");
        process.awaitReady(PATIENCE);
        process.close();
        assertThatCode(process::close).doesNotThrowAnyException();
    }

    @Test
    void processThatEndsBeforeItServesIsReportedWithItsLog() throws Exception {
        try (JavaProcess process = start("fail")) {
            assertThatThrownBy(() -> process.awaitReady(PATIENCE))
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessage("The echo ended before it served, with exit code 3. Its log: " + log());
        }
    }

    @Test
    void processThatNeverServesIsReported() throws Exception {
        try (JavaProcess process = start("silent")) {
            assertThatThrownBy(() -> process.awaitReady(Duration.ofMillis(10)))
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessage("The echo did not serve within 0 s. Its log: " + log());
        }
    }

    @Test
    void temporaryFilesOfAKilledProcessAreDeleted() throws Exception {
        Path temporary = directory.resolve("tmp");
        JavaProcess process = start("leave a temporary file");
        process.awaitReady(PATIENCE);
        assertThat(temporary).isDirectoryContaining(file -> file.toString().endsWith(".left"));
        process.kill();
        assertThat(temporary).doesNotExist();
    }

    @Test
    void killedProcessIsDetected() throws Exception {
        JavaProcess process = start("serve");
        process.awaitReady(PATIENCE);
        process.kill();
        assertThatThrownBy(process::checkRunning)
                .isInstanceOf(ProcessFailedException.class)
                .hasMessage("The echo ended with exit code 137. Its log: " + log());
        process.close();
    }

    @Test
    void processThatDoesNotStopIsKilledAndItsThreadsAreLogged() throws Exception {
        JavaProcess process = start("hang");
        process.awaitReady(PATIENCE);
        process.close(Duration.ofMillis(10));
        assertThatThrownBy(process::checkRunning).hasMessageStartingWith("The echo ended with exit code 137.");
        assertThat(log())
                .content()
                .contains("The echo did not stop within 0 s and is killed. Its threads, if it still answers:\n")
                .contains("at " + EchoProcess.class.getName() + ".main(");
    }

    @Test
    void pausedProcessDoesNothingUntilItIsResumed() throws Exception {
        try (JavaProcess process = start("serve")) {
            process.awaitReady(PATIENCE);
            process.pause();
            assertThat(state(process)).startsWith("T");
            process.resume();
            assertThat(state(process)).doesNotStartWith("T");
        }
    }

    @Test
    void endedProcessCannotBePaused() throws Exception {
        JavaProcess process = start("serve");
        process.awaitReady(PATIENCE);
        process.close();
        assertThatThrownBy(process::pause)
                .isInstanceOf(ProcessFailedException.class)
                .hasMessage("The echo was not sent SIGSTOP: kill ended with 1");
    }

    @Test
    void secondRunOfAProgramUsesTheClassArchiveOfTheFirst() throws Exception {
        Path archives = directory.resolve("target").resolve("class-archives");
        Path jar = packProgram("1");
        assertThat(loadedClasses()).doesNotContain("EchoProcess source: shared objects file (top)");
        assertThat(archives).isDirectoryContaining("glob:**.jsa");

        assertThat(loadedClasses()).contains("EchoProcess source: shared objects file (top)");

        Files.delete(jar);
        packProgram("2, with another size");
        assertThat(loadedClasses()).doesNotContain("EchoProcess source: shared objects file (top)");
        try (Stream<Path> files = Files.list(archives)) {
            assertThat(files).hasSize(2).allMatch(file -> file.toString().endsWith(".jsa"));
        }
    }

    @Test
    void killedProcessLeavesNoClassArchive() throws Exception {
        packProgram("1");
        JavaProcess process = start(directory.resolve("target") + File.separator + "*", List.of(), "serve");
        process.awaitReady(PATIENCE);
        process.kill();

        assertThat(directory.resolve("target").resolve("class-archives")).isEmptyDirectory();
    }

    private Path packProgram(String comment) throws IOException {
        Path jar = Files.createDirectories(directory.resolve("target")).resolve("echo.jar");
        String name = EchoProcess.class.getName().replace('.', '/') + ".class";
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                InputStream content = EchoProcess.class.getResourceAsStream("EchoProcess.class")) {
            zip.setComment(comment);
            zip.putNextEntry(new ZipEntry(name));
            Objects.requireNonNull(content).transferTo(zip);
        }
        return jar;
    }

    /** Runs the packed program, and returns the JVM's log of the classes that it loaded. */
    private String loadedClasses() throws Exception {
        Path classes = directory.resolve("classes.log");
        try (JavaProcess process = start(
                directory.resolve("target") + File.separator + "*",
                List.of("-Xlog:class+load:file=" + classes),
                "serve")) {
            process.awaitReady(PATIENCE);
        }
        return Files.readString(classes);
    }

    /** What ps calls the process's state; T is stopped. */
    private static String state(JavaProcess process) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(process.pid())).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Path log() {
        return directory.resolve("logs").resolve("echo.log");
    }

    private JavaProcess start(String argument) throws IOException {
        return start(System.getProperty("java.class.path"), List.of("-Xmx64m"), argument);
    }

    private JavaProcess start(String classPath, List<String> jvmOptions, String argument) throws IOException {
        return JavaProcess.start(new JavaProcess.Command(
                "The echo",
                classPath,
                EchoProcess.class.getName(),
                jvmOptions,
                List.of(argument),
                Map.of("GREETING", "hello"),
                "echo ready",
                directory.resolve("tmp"),
                log()));
    }
}
