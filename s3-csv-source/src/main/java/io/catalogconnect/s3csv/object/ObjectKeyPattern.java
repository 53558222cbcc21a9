package io.catalogconnect.s3csv.object;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the date stands in a key. A key without one is dated by the day, in UTC, on which the object was last modified.
 * Immutable.
 */
public final class ObjectKeyPattern {

    private static final String GROUP = "date";

    private final @Nullable Pattern pattern;

    private ObjectKeyPattern(@Nullable Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles a regular expression, found anywhere in a key, whose group {@code date} is an ISO-8601 date.
     *
     * @param regex null or empty to use the day of the last modification
     * @throws IllegalArgumentException when it is no regular expression or has no such group
     */
    public static ObjectKeyPattern of(@Nullable String regex) {
        if (regex == null || regex.isEmpty()) {
            return new ObjectKeyPattern(null);
        }
        if (!regex.contains("(?<" + GROUP + ">")) {
            throw new IllegalArgumentException(
                    "has no group named date. Mark where the date stands, as in dt=(?<date>\\d{4}-\\d{2}-\\d{2})");
        }
        return new ObjectKeyPattern(Pattern.compile(regex));
    }

    /**
     * The date of an object.
     *
     * @throws DateTimeException when the key has a date that does not exist; the message names it
     */
    public LocalDate fileDate(ObjectRef object) {
        Matcher matcher = pattern == null ? null : pattern.matcher(object.key());
        String text = matcher != null && matcher.find() ? matcher.group(GROUP) : null;
        if (text == null) {
            return object.lastModified().atZone(ZoneOffset.UTC).toLocalDate();
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new DateTimeException("the date in its key is '" + text + "', not a date like 2026-01-31", e);
        }
    }
}
