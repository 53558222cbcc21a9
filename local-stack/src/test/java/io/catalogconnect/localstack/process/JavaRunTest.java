package io.catalogconnect.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JavaRunTest {
    @TempDir
    Path directory;

    @Test
    void outputAndErrorsAreReturned() throws Exception {
        JavaRun run = run("print");
        assertThat(run).isEqualTo(new JavaRun(0, List.of("first hello", "second ü"), List.of("an error ü")));
        assertThat(run("print").errors()).as("of this run only").hasSize(1);
        assertThat(directory.resolve("tmp")).doesNotExist();
    }

    @Test
    void exitCodeIsReturned() throws Exception {
        assertThat(run("fail")).isEqualTo(new JavaRun(3, List.of(), List.of()));
    }

    private JavaRun run(String argument) throws Exception {
        return JavaRun.of(new JavaProcess.Command(
                "The echo",
                System.getProperty("java.class.path"),
                EchoProcess.class.getName(),
                List.of("-Xmx64m"),
                List.of(argument),
                Map.of("GREETING", "hello"),
                "",
                directory.resolve("tmp"),
                directory.resolve("logs").resolve("echo.log")));
    }
}
