package io.catalogconnect.s3csv.object;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the date of a file in an object's key. If the key has none, the date is the day of the last modification, in UTC.
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
     * @throws IllegalArgumentException if it is not a regular expression or has no such group
     */
    public static ObjectKeyPattern of(@Nullable String regex) {
        if (regex == null || regex.isEmpty()) {
            return new ObjectKeyPattern(null);
        }
        if (!regex.contains("(?<" + GROUP + ">")) {
            throw new IllegalArgumentException(
                    "it must have a group named date, as in dt=(?<date>\\d{4}-\\d{2}-\\d{2})");
        }
        return new ObjectKeyPattern(Pattern.compile(regex));
    }

    /**
     * The date of an object.
     *
     * @throws DateTimeException if the date in the key is not valid; the message contains it
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
            throw new DateTimeException(
                    "the date in the key is '" + text + "', which is not a date such as 2026-01-31", e);
        }
    }
}
