package io.catalogconnect.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A test case of a table in a resource file: replacements in a shipped contract, and the expected result. A block starts with
 * {@code # FILE: title}; {@code -} is a text, {@code +} its replacement, and {@code =} a line of the result.
 */
public record TextEdits(String name, String file, List<String> changes, List<String> expected) {

    /** The cases of a resource file. */
    public static Stream<TextEdits> of(String resource) throws IOException {
        List<TextEdits> all = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(TextEdits.class.getResourceAsStream(resource))) {
            for (String block : new String(in.readAllBytes(), UTF_8).strip().split("\n\n", -1)) {
                String[] lines = block.split("\n", -1);
                String[] title = lines[0].substring(2).split(": ", 2);
                all.add(new TextEdits(lines[0], title[0], after(lines, "-", "+"), after(lines, "=")));
            }
        }
        assertThat(all.stream().map(TextEdits::name)).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        return all.stream();
    }

    private static List<String> after(String[] lines, String... signs) {
        return Stream.of(lines)
                .filter(line -> Stream.of(signs).anyMatch(line::startsWith))
                .map(line -> signs.length > 1 ? line.substring(1).translateEscapes() : line.substring(1))
                .toList();
    }

    /** The text with all replacements. */
    public String apply(String text) {
        String edited = text;
        for (int i = 0; i < changes.size(); i += 2) {
            assertThat(edited).as("text to replace").contains(changes.get(i));
            edited = edited.replace(changes.get(i), changes.get(i + 1));
        }
        return edited;
    }

    @Override
    public String toString() {
        return name;
    }
}
