package io.catalogconnect.s3csv.object;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the date of a file in an object's key. Without a pattern it is the day of the last modification, in UTC. Immutable. */
public final class ObjectKeyPattern {

    private final @Nullable Pattern pattern;
    private final boolean inParts;
    private final DateNotation notation;
    private final MissingDate missing;

    private ObjectKeyPattern(@Nullable Pattern pattern, boolean inParts, DateNotation notation, MissingDate missing) {
        this.pattern = pattern;
        this.inParts = inParts;
        this.notation = notation;
        this.missing = missing;
    }

    /**
     * Compiles a regular expression, found anywhere in a key, with a group {@code date}, or with the groups {@code year},
     * {@code month} and {@code day}. Dates are in ISO 8601, and a key must have one.
     *
     * @param regex null or empty to use the day of the last modification
     * @throws IllegalArgumentException if it is not a regular expression or lacks a group
     */
    public static ObjectKeyPattern of(@Nullable String regex) {
        if (regex == null || regex.isEmpty()) {
            return new ObjectKeyPattern(null, false, DateNotation.ISO, MissingDate.LAST_MODIFIED);
        }
        boolean inParts = hasGroup(regex, "year") && hasGroup(regex, "month") && hasGroup(regex, "day");
        if (inParts == hasGroup(regex, "date")) {
            throw new IllegalArgumentException("it must have either a group named date, as in"
                    + " dt=(?<date>\\d{4}-\\d{2}-\\d{2}), or the groups year, month and day");
        }
        return new ObjectKeyPattern(Pattern.compile(regex), inParts, DateNotation.ISO, MissingDate.FAIL);
    }

    private static boolean hasGroup(String regex, String name) {
        return regex.contains("(?<" + name + ">");
    }

    /** The same pattern with another notation of the group {@code date}, and another treatment of keys without a date. */
    public ObjectKeyPattern with(DateNotation newNotation, MissingDate newMissing) {
        return pattern == null ? this : new ObjectKeyPattern(pattern, inParts, newNotation, newMissing);
    }

    /** True if an object with this key is not read, because the key has no date. */
    public boolean skips(String key) {
        return pattern != null
                && missing == MissingDate.SKIP
                && !pattern.matcher(key).find();
    }

    /**
     * The date of an object.
     *
     * @throws DateTimeException if the key has no date and must have one, or the date is not valid
     */
    public LocalDate fileDate(ObjectRef object) {
        Matcher matcher = pattern == null ? null : pattern.matcher(object.key());
        if (matcher == null || !matcher.find()) {
            if (missing != MissingDate.LAST_MODIFIED) {
                throw new DateTimeException(
                        "file.date.pattern finds no date in the key. Upload the object with a date in its key and"
                                + " delete this one, or correct the pattern, or set file.date.missing to last-modified or skip");
            }
            return object.lastModified().atZone(ZoneOffset.UTC).toLocalDate();
        }
        return inParts
                ? DateNotation.ISO.parse(padded(matcher.group("year"), 4) + "-" + padded(matcher.group("month"), 2)
                        + "-" + padded(matcher.group("day"), 2))
                : notation.parse(String.valueOf(matcher.group("date")));
    }

    private static String padded(@Nullable String number, int digits) {
        String text = String.valueOf(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
