package io.catalogconnect.localstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages in docs/troubleshooting.md are messages of the plugins. */
final class TroubleshootingTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> PLUGINS = List.of("s3-csv-source", "smt-filters", "bigquery-partition-sink");
    private static final Pattern MESSAGE = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);
    /** The end of a string literal, the concatenation, and the start of the next one. */
    private static final Pattern JOIN = Pattern.compile("\"\\s*\\+\\s*\"");

    @Test
    void everyMessageOfThePageIsInTheCode() throws IOException {
        List<String> messages = MESSAGE.matcher(Files.readString(ROOT.resolve("docs/troubleshooting.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        String code = PLUGINS.stream().map(TroubleshootingTest::literals).collect(Collectors.joining());

        assertThat(messages).hasSizeGreaterThan(30);
        assertThat(messages).filteredOn(message -> !code.contains(message)).isEmpty();
    }

    private static String literals(String module) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            StringBuilder code = new StringBuilder();
            for (Path source : sources) {
                code.append(JOIN.matcher(Files.readString(source)).replaceAll(""));
            }
            return code.toString();
        } catch (IOException e) {
            throw new IllegalStateException("The sources of " + module + " cannot be read", e);
        }
    }
}
