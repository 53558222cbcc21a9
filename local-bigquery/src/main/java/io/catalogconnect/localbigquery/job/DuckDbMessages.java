package io.catalogconnect.localbigquery.job;

import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates DuckDB's error messages into BigQuery's. */
final class DuckDbMessages {

    private static final Map<Pattern, String> TEXTS = new LinkedHashMap<>();

    private static final Pattern DATE = Pattern.compile("Date out of range: (-?\\d+)-(-?\\d+)-(-?\\d+)");
    private static final Pattern TIME = Pattern.compile("Time out of range: (-?\\d+):(-?\\d+):(-?\\d+)\\.0");
    private static final String NEGATED = "int64 overflow: --9223372036854775808";

    static {
        TEXTS.put(Pattern.compile("Max(?:imum)? expression depth limit of .*"), SqlError.TOO_COMPLEX);
        TEXTS.put(Pattern.compile("Overflow in subtraction of INT64 \\(0 - -9223372036854775808\\)!?"), NEGATED);
        TEXTS.put(Pattern.compile("Overflow on abs\\(-9223372036854775808\\)!?"), NEGATED);
        TEXTS.put(Pattern.compile("Overflow in division of -9223372036854775808 / -1!?"), NEGATED);
        TEXTS.put(
                Pattern.compile("Like pattern must not end with escape character!?"),
                "LIKE pattern ends with a backslash");
        TEXTS.put(Pattern.compile("Could not decode string .* as base64.*"), "Failed to decode invalid base64 string");
        TEXTS.put(Pattern.compile("Unknown TimeZone '(.*)'!?"), "Invalid time zone: $1");
        TEXTS.put(Pattern.compile("Overflow in SUM of DECIMAL: .*"), "numeric overflow: SUM");
        TEXTS.put(
                Pattern.compile("Invalid replacement string for regexp_replace: (.*)"),
                "Invalid REGEXP_REPLACE pattern: $1");
        TEXTS.put(Pattern.compile("Failure in decode: .*"), "Invalid cast of bytes to UTF8 string");
        TEXTS.put(
                Pattern.compile("((?:missing|unexpected|invalid|bad|no argument|trailing) .*)"),
                "Cannot parse regular expression: $1");
        TEXTS.put(
                Pattern.compile("Overflow in (?:addition|subtraction|multiplication) of INT64 \\((.*)\\)!?"),
                "int64 overflow: $1");
        TEXTS.put(Pattern.compile("Type INT128 with value .* the destination type INT64.*"), "int64 overflow");
        TEXTS.put(
                Pattern.compile("column \"(.*)\" must appear in the GROUP BY clause.*"),
                "SELECT list expression references column $1 which is neither grouped nor aggregated");
        TEXTS.put(
                Pattern.compile("WHERE clause cannot contain aggregates.*"),
                "Aggregate function not allowed in WHERE clause");
        TEXTS.put(
                Pattern.compile("WHERE clause cannot contain window.*"),
                "Analytic function not allowed in WHERE clause");
        TEXTS.put(
                Pattern.compile("aggregate function calls cannot be nested"),
                "Aggregations of aggregations are not allowed");
        TEXTS.put(
                Pattern.compile("More than one row returned by a subquery.*"),
                "Scalar subquery produced more than one element");
        TEXTS.put(
                Pattern.compile("Could not parse string (\".*\") according to format specifier.*"),
                "Failed to parse input string $1");
    }

    private DuckDbMessages() {}

    /** BigQuery's message for the first line of a DuckDB message, or empty if the message is not translated. */
    static String translate(String text) {
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            return "Input calculates to invalid date: " + numbers("%04d-%02d-%02d", date);
        }
        Matcher time = TIME.matcher(text);
        if (time.matches()) {
            return "Input calculates to invalid time: " + numbers("%02d:%02d:%02d", time);
        }
        for (Map.Entry<Pattern, String> known : TEXTS.entrySet()) {
            Matcher matcher = known.getKey().matcher(text);
            if (matcher.matches()) {
                return matcher.replaceFirst(known.getValue());
            }
        }
        return "";
    }

    private static String numbers(String format, Matcher matcher) {
        return String.format(
                Locale.ROOT,
                format,
                Long.valueOf(matcher.group(1)),
                Long.valueOf(matcher.group(2)),
                Long.valueOf(matcher.group(3)));
    }
}
