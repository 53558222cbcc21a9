package io.catalogconnect.localbigquery;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Test cases in resource files: paragraphs, separated by empty lines. */
public final class TextCases {
    private static final Pattern EMPTY_LINES = Pattern.compile("\n\\s*\n");

    private TextCases() {}

    /** The text of a resource. */
    public static String read(String resource) {
        try (InputStream in =
                requireNonNull(TextCases.class.getClassLoader().getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paragraphs of a resource, without the lines that start with the comment mark. */
    public static List<String> paragraphs(String resource, String comment) {
        return EMPTY_LINES
                .splitAsStream(read(resource))
                .map(paragraph -> paragraph
                        .lines()
                        .filter(line -> !line.startsWith(comment))
                        .collect(Collectors.joining("\n"))
                        .strip())
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
    }

    /** The paragraphs of a resource as pairs: the last line is the expected result, the lines before it are the input. */
    public static Stream<Arguments> pairs(String resource) {
        return paragraphs(resource, "#").stream().map(paragraph -> {
            int last = paragraph.lastIndexOf('\n');
            if (last < 0) {
                throw new IllegalArgumentException("No expected result in " + resource + ": " + paragraph);
            }
            return Arguments.of(paragraph.substring(0, last), paragraph.substring(last + 1));
        });
    }
}
