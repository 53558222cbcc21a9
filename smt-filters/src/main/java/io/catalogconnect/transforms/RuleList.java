package io.catalogconnect.transforms;

import io.catalogconnect.transforms.condition.ConditionSyntaxException;
import io.catalogconnect.transforms.condition.ConditionText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ordered list of named conditions in one configuration value: {@code name: condition} on a line of its own each. A line
 * that begins with a space or a tab goes on with the entry above it; empty lines and lines that begin with {@code #} are left
 * out.
 */
final class RuleList {
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9._-]+)[ \\t]*:");

    private RuleList() {}

    /**
     * Reads the list.
     *
     * @param what what a name is, for errors: "topic"
     * @return the entries in order; each name may come more than once
     * @throws ConditionSyntaxException for a line that is no entry, with its place
     */
    static List<ConditionText> parse(String what, String source) {
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
            while (goesOn(source, entryEnd + 1)) {
                entryEnd = endOfLine(source, entryEnd + 1);
            }
            Matcher entry = ENTRY.matcher(line);
            if (!entry.lookingAt()) {
                throw new ConditionText(what, source, lineStart, entryEnd)
                        .errorAt(
                                0,
                                Character.isWhitespace(line.charAt(0))
                                        ? "this line goes on with an entry, but there is none above it"
                                        : "an entry begins with a " + what
                                                + " and a colon; a line that goes on with the entry above begins with a space");
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

    private static boolean goesOn(String source, int lineStart) {
        return lineStart < source.length()
                && (source.charAt(lineStart) == ' ' || source.charAt(lineStart) == '\t')
                && !source.substring(lineStart, endOfLine(source, lineStart)).isBlank();
    }
}
