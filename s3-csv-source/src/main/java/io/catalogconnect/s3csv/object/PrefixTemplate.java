package io.catalogconnect.s3csv.object;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The prefix of the keys to list. It may depend on the day: {@code catalog/dt={yyyy-MM-dd}/} lists only the last days, however
 * many objects older days have. Immutable.
 */
public final class PrefixTemplate {

    private final String text;
    private final String before;
    private final @Nullable DateTimeFormatter day;
    private final String after;

    private PrefixTemplate(String text, String before, @Nullable DateTimeFormatter day, String after) {
        this.text = text;
        this.before = before;
        this.day = day;
        this.after = after;
    }

    /**
     * Reads a template with at most one date pattern in braces.
     *
     * @throws IllegalArgumentException if the braces or the pattern in them are not valid
     */
    public static PrefixTemplate of(String text) {
        int open = text.indexOf('{');
        int close = text.indexOf('}');
        if (open < 0 && close < 0) {
            return new PrefixTemplate(text, text, null, "");
        }
        if (close < open || open < 0 || text.indexOf('{', open + 1) >= 0 || text.indexOf('}', close + 1) >= 0) {
            throw new IllegalArgumentException(
                    "it may contain one date pattern in braces, as in catalog/dt={yyyy-MM-dd}/");
        }
        String pattern = text.substring(open + 1, close);
        try {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
            if (formatter.format(LocalDate.EPOCH).isEmpty()) {
                throw new IllegalArgumentException("it formats to an empty text");
            }
            return new PrefixTemplate(text, text.substring(0, open), formatter, text.substring(close + 1));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("{" + pattern + "} is not a date pattern: " + e.getMessage(), e);
        }
    }

    /** The part before the date pattern; the whole prefix without a date pattern. */
    public String beforeDate() {
        return before;
    }

    @Override
    public String toString() {
        return text;
    }

    /** True if the prefixes depend on the day. */
    public boolean isDated() {
        return day != null;
    }

    /**
     * The prefixes to list, oldest day first.
     *
     * @param today the day in UTC
     * @param lookBackDays number of days before today that are listed, too
     */
    public List<String> prefixes(LocalDate today, int lookBackDays) {
        DateTimeFormatter formatter = day;
        if (formatter == null) {
            return List.of(before);
        }
        Set<String> prefixes = new LinkedHashSet<>();
        for (int back = lookBackDays; back >= 0; back--) {
            prefixes.add(before + formatter.format(today.minusDays(back)) + after);
        }
        return new ArrayList<>(prefixes);
    }
}
