package io.catalogconnect.transforms.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.transforms.condition.HostileCorpus.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and records that aim at the memory, the time or the stack of the worker, in a process with a heap of 256 MB. */
final class HostileCorpusTest {
    /** A process that hangs. The bound of each evaluation is {@link Work#LIMIT} steps. */
    private static final int MAX_MINUTES = 5;

    @Test
    void noRuleAndNoRecordExceedsTheHeapTheStackOrTheSteps(@TempDir Path folder) throws Exception {
        List<Line> lines = HostileCorpus.lines();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(100);

        List<String> results = run(folder);

        assertThat(results).hasSameSizeAs(lines);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            String[] cells = results.get(i).split(" ", 2);
            Line line = lines.get(i);
            boolean isLimited = cells[0].equals("limit");
            assertThat(Long.parseLong(cells[1]))
                    .as(line.condition())
                    .isLessThanOrEqualTo(isLimited ? Work.LIMIT + 1 : Work.LIMIT);
            if (!cells[0].equals(line.outcome())) {
                wrong.add(
                        line.record() + " | " + cells[0] + " instead of " + line.outcome() + " | " + line.condition());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<String> run(Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileCorpus.class.getName())
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        boolean isDone = process.waitFor(MAX_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(isDone)
                .as("the process ends; it printed%n%s", Files.readString(out))
                .isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }
}
