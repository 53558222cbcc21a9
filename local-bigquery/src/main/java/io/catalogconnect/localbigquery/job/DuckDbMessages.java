package io.catalogconnect.localbigquery.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What BigQuery says where DuckDB says something else. */
final class DuckDbMessages {

    private static final Map<Pattern, String> TEXTS = new LinkedHashMap<>();

    static {
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

    /** BigQuery's words for the first line of a message, or empty when DuckDB's stay. */
    static String translate(String text) {
        for (Map.Entry<Pattern, String> known : TEXTS.entrySet()) {
            Matcher matcher = known.getKey().matcher(text);
            if (matcher.matches()) {
                return matcher.replaceFirst(known.getValue());
            }
        }
        return "";
    }
}
