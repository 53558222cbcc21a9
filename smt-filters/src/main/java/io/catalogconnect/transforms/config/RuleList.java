package io.catalogconnect.transforms.config;

import io.catalogconnect.transforms.condition.ConditionSyntaxException;
import io.catalogconnect.transforms.condition.ConditionText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses an ordered list of named conditions in one configuration value: one entry {@code name: condition} per line. A line
 * that starts with a space or a tab continues the entry above it. Empty lines and lines that start with {@code #} are
 * ignored.
 */
final class RuleList {
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9._-]+)[ \\t]*:");

    private RuleList() {}

    /**
     * Parses a list.
     *
     * @param kind the kind of name, for errors: "topic"
     * @return the entries in order; a name may occur more than once
     * @throws ConditionSyntaxException that shows the line that is not an entry
     */
    static List<ConditionText> parse(String kind, String source) {
        List<ConditionText> entries = new ArrayList<>();
        int lineStart = 0;
        while (lineStart < source.length()) {
            int lineEnd = endOfLine(source, lineStart);
            String line = source.substring(lineStart, lineEnd);
            if (line.isBlank() || line.startsWith("#")) {
                lineStart = lineEnd + 1;
                continue;
            }
            int entryEnd = lineEnd;
            while (continuesEntry(source, entryEnd + 1)) {
                entryEnd = endOfLine(source, entryEnd + 1);
            }
            Matcher entry = ENTRY.matcher(line);
            if (!entry.lookingAt()) {
                throw new ConditionText(kind, source, lineStart, entryEnd)
                        .errorAt(
                                0,
                                Character.isWhitespace(line.charAt(0))
                                        ? "this line continues an entry, but there is no entry above it"
                                        : "an entry starts with a " + kind
                                                + " and a colon; a line that continues the entry above starts with a space");
            }
            entries.add(new ConditionText(entry.group(1), source, lineStart + entry.end(), entryEnd));
            lineStart = entryEnd + 1;
        }
        return entries;
    }

    private static int endOfLine(String source, int from) {
        int end = source.indexOf('\n', from);
        return end < 0 ? source.length() : end;
    }

    private static boolean continuesEntry(String source, int lineStart) {
        return lineStart < source.length()
                && (source.charAt(lineStart) == ' ' || source.charAt(lineStart) == '\t')
                && !source.substring(lineStart, endOfLine(source, lineStart)).isBlank();
    }
}
