package io.catalogconnect.transforms.condition;

import java.util.Objects;

/**
 * A condition as it was written: a part of a configuration value, with its place in that value.
 *
 * <p>Errors are told in terms of the whole value, because that is what the reader has before his eyes. Lines and columns
 * count from 1, columns in Unicode code points. Immutable.
 *
 * @param name what the rule is called in errors and metrics, for example the topic it is for
 * @param source the whole value of the configuration key
 * @param start index in {@code source} of the condition's first character
 * @param end index in {@code source} after the condition's last character
 */
public record ConditionText(String name, String source, int start, int end) {
    public ConditionText {
        Objects.requireNonNull(name, "name");
        Objects.checkFromToIndex(start, end, source.length());
    }

    /** A condition that is a whole configuration value. */
    public static ConditionText whole(String name, String source) {
        return new ConditionText(name, source, 0, source.length());
    }

    /** The condition itself, line breaks and all. */
    public String text() {
        return source.substring(start, end);
    }

    /**
     * An error at a place in the condition.
     *
     * @param offset place of the caret in code points from the condition's start; beyond its end means its end
     * @param message what is wrong and what would be right, without a full stop
     */
    public ConditionSyntaxException errorAt(int offset, String message) {
        String text = text();
        int limit = text.codePointCount(0, text.length());
        return errorAtIndex(start + text.offsetByCodePoints(0, Math.min(Math.max(offset, 0), limit)), message);
    }

    private ConditionSyntaxException errorAtIndex(int index, String message) {
        int lineStart = source.lastIndexOf('\n', index - 1) + 1;
        int lineEnd = source.indexOf('\n', index);
        String line = source.substring(lineStart, lineEnd < 0 ? source.length() : lineEnd)
                .stripTrailing();
        int line1 = (int) source.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        int column1 = source.codePointCount(lineStart, index) + 1;
        return new ConditionSyntaxException(message, line1, column1, line);
    }
}
