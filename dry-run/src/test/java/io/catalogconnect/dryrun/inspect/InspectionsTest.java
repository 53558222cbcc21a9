package io.catalogconnect.dryrun.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.dryrun.file.BadInputException;
import io.catalogconnect.dryrun.file.CellText;
import io.catalogconnect.dryrun.file.CsvFile;
import io.catalogconnect.dryrun.file.ReaderSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of files in {@code inspections.txt}: the configuration that is proposed for each, the rows that the source reads
 * with it, and the hints.
 */
final class InspectionsTest {
    private static final Set<String> SAME_FOR_ALL = Set.of("connector.class", "tasks.max", "s3.bucket", "topic");

    @TempDir
    Path folder;

    private record Case(
            String name, Map<String, String> configured, String charset, String file, List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void proposedConfigurationReadsTheFile(Case one) throws IOException {
        Path path = Files.write(folder.resolve("a.csv"), one.file().getBytes(Charset.forName(one.charset())));
        List<String> found = new ArrayList<>();
        try (CsvFile file = CsvFile.local(path.toString(), "a.csv")) {
            Inspection inspection = new Inspector(file, one.configured()).inspect();
            inspection.connector().config().forEach((key, value) -> {
                if (!SAME_FOR_ALL.contains(key) && !one.configured().containsKey(key)) {
                    found.add("@" + key + "=" + value);
                }
            });
            file.read(ReaderSettings.of(inspection.connector().config()), row -> {
                Struct value = row.result().value();
                found.add(value == null ? "!" + file.named(row.result().reason()) : "=" + shown(value));
            });
            inspection.hints().forEach(hint -> found.add("~" + hint));
        } catch (BadInputException e) {
            found.add("!" + e.getMessage());
        }
        assertThat(found.stream().map(line -> line.replace(path.toString(), "a.csv")))
                .isEqualTo(one.expected());
    }

    private static String shown(Struct row) {
        return row.schema().fields().stream()
                .map(field -> String.valueOf(CellText.of(row, field.name())))
                .collect(Collectors.joining("|"));
    }

    @Test
    void caseNamesAreDistinct() throws IOException {
        assertThat(cases().map(Case::name)).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(InspectionsTest.class.getResourceAsStream("/inspections.txt"))) {
            for (String block : new String(in.readAllBytes(), UTF_8).split("\n\n", -1)) {
                cases.add(parse(block.strip().split("\n", -1)));
            }
        }
        return cases.stream();
    }

    private static Case parse(String[] lines) {
        Map<String, String> configured = new HashMap<>();
        StringBuilder file = new StringBuilder();
        List<String> expected = new ArrayList<>();
        String charset = "UTF-8";
        for (String line : lines) {
            String rest = line.substring(1);
            switch (line.charAt(0)) {
                case '+' -> configured.put(rest.substring(0, rest.indexOf('=')), rest.substring(rest.indexOf('=') + 1));
                case '*' -> charset = rest;
                case '>' -> file.append(text(rest)).append('\n');
                case '@', '=', '!', '~' -> expected.add(line);
                default -> assertThat(line).startsWith("# ");
            }
        }
        return new Case(lines[0].substring(2), configured, charset, file.toString(), expected);
    }

    private static String text(String escaped) {
        return Pattern.compile("\\\\u([0-9A-Fa-f]{4})")
                .matcher(escaped)
                .replaceAll(hex -> String.valueOf((char) Integer.parseInt(hex.group(1), 16)))
                .translateEscapes();
    }
}
