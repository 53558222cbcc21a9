package io.catalogconnect.localstack.contract;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that a regular expression finds as a date in the key of a file, for expressions of the usual forms. */
final class DateInKey {
    /** A group of the date or a part of it, digits, or a character. */
    private static final Pattern TOKEN = Pattern.compile("\\(\\?<(?<group>date|year|month|day)>[^()]*\\)"
            + "|\\\\d(?:\\{(?<digits>\\d+)(?:,\\d*)?}|\\+)?"
            + "|\\\\(?<escaped>[^\\p{Alnum}])"
            + "|(?<plain>[^\\\\()\\[\\]{}.*+?|^$])");

    private DateInKey() {}

    /**
     * A text in which a pattern finds a date, or empty if the pattern has other constructs than groups, digits and characters.
     * Digits that are not of the date are zeros.
     *
     * @param shown the date as the group {@code date} contains it
     */
    static Optional<String> text(String pattern, LocalDate date, String shown) {
        StringBuilder text = new StringBuilder();
        Matcher token = TOKEN.matcher(pattern);
        int end = 0;
        while (end < pattern.length()) {
            token.region(end, pattern.length());
            if (!token.lookingAt()) {
                return Optional.empty();
            }
            text.append(text(token, date, shown));
            end = token.end();
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
    }

    private static String text(Matcher token, LocalDate date, String shown) {
        if (token.group("group") != null) {
            return part(token.group("group"), date, shown);
        }
        if (token.group("escaped") != null) {
            return token.group("escaped");
        }
        if (token.group("plain") != null) {
            return token.group("plain");
        }
        return "0".repeat(token.group("digits") == null ? 1 : Integer.parseInt(token.group("digits")));
    }

    /** True if the groups of a match are those of the date. */
    static boolean isDate(Matcher found, LocalDate date, String shown) {
        String pattern = found.pattern().pattern();
        if (pattern.contains("(?<date>")) {
            return shown.equals(found.group("date"));
        }
        for (String group : new String[] {"year", "month", "day"}) {
            if (!pattern.contains("(?<" + group + ">")
                    || Integer.parseInt(found.group(group)) != Integer.parseInt(part(group, date, shown))) {
                return false;
            }
        }
        return true;
    }

    private static String part(String group, LocalDate date, String shown) {
        return switch (group) {
            case "year" -> String.format(Locale.ROOT, "%04d", date.getYear());
            case "month" -> String.format(Locale.ROOT, "%02d", date.getMonthValue());
            case "day" -> String.format(Locale.ROOT, "%02d", date.getDayOfMonth());
            default -> shown;
        };
    }
}
