package io.catalogconnect.localstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** INVARIANTS.md names tests; each of them has to exist, under that name, in that class. */
final class InvariantsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("Enforced by:\\s+(\\w+)\\.(\\w+)");

    @Test
    void everyInvariantNamesATestThatIsThere() throws IOException {
        String invariants = Files.readString(ROOT.resolve("INVARIANTS.md"));
        Map<String, String> tests = testSources();
        List<String> promises =
                invariants.lines().filter(line -> line.startsWith("- ")).toList();
        List<String> named = TEST.matcher(invariants)
                .results()
                .map(match -> match.group(1) + "." + match.group(2))
                .toList();
        assertThat(named).hasSameSizeAs(promises).hasSizeGreaterThan(10);
        assertThat(named).allSatisfy(test -> {
            String className = test.substring(0, test.indexOf('.'));
            String method = test.substring(test.indexOf('.') + 1);
            assertThat(tests.getOrDefault(className, "")).contains("void " + method + "(");
        });
    }

    private static Map<String, String> testSources() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(InvariantsTest::javaFiles)
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            InvariantsTest::read,
                            (one, other) -> one + other));
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
