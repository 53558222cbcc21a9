package io.catalogconnect.compatibility;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics and labels that an expression of PromQL names. An expression with a construct that this class does not know is
 * refused, so that no name escapes the check.
 *
 * @param selectors the metrics, each with the labels of its matchers
 * @param grouping the labels of {@code by}, {@code without}, {@code on} and {@code ignoring}
 */
record PromQl(List<Selector> selectors, Set<String> grouping) {
    private static final Set<String> FUNCTIONS = Set.of(
            "sum",
            "max",
            "min",
            "avg",
            "count",
            "rate",
            "increase",
            "deriv",
            "min_over_time",
            "max_over_time",
            "absent",
            "hour",
            "minute");
    private static final Set<String> LABEL_LISTS = Set.of("by", "without", "on", "ignoring");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool");

    private static final Pattern TOKEN = Pattern.compile("""
            (?x) \\s* (?:
              (?<offset> offset \\s+ \\d+[smhd] \\b )
            | (?<word> [a-zA-Z_:][a-zA-Z0-9_:]* )
            | (?<matchers> \\{ (?: [^"}] | "[^"]*" )* } )
            | (?<range> \\[ (?: \\d+[smhd] (?: :\\d+[smhd] )? | \\$__rate_interval ) ] )
            | (?<other> \\d+ (?: \\.\\d+ )? | [<>=!]= | [-+*/<>(),] ) ) \\s*""");
    private static final Pattern MATCHER =
            Pattern.compile("\\s*([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)\\s*\"[^\"]*\"\\s*(?:,|$)");
    private static final Pattern LABELS = Pattern.compile("\\s*\\(([^()]*)\\)");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_]\\w*");
    private static final Pattern VARIABLE = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");

    /** A metric and the labels of its matchers. */
    record Selector(String metric, Set<String> labels) {}

    /** Reads an expression, or Grafana's {@code label_values(metric, label)}. */
    static PromQl parse(String expression) {
        Matcher variable = VARIABLE.matcher(expression);
        if (variable.matches()) {
            return new PromQl(List.of(new Selector(variable.group(1), Set.of(variable.group(2)))), Set.of());
        }
        List<Selector> selectors = new ArrayList<>();
        Set<String> grouping = new LinkedHashSet<>();
        Matcher token = TOKEN.matcher(expression);
        int at = 0;
        while (at < expression.length()) {
            if (!token.region(at, expression.length()).lookingAt()) {
                throw refused(expression, at);
            }
            String word = token.group("word");
            int start = at;
            at = token.end();
            boolean call = expression.startsWith("(", at);
            if (token.group("matchers") != null) {
                throw refused(expression, start);
            }
            if (word == null || OPERATORS.contains(word)) {
                continue;
            }
            if (LABEL_LISTS.contains(word)) {
                Matcher list = LABELS.matcher(expression).region(at, expression.length());
                if (!list.lookingAt()) {
                    throw refused(expression, at);
                }
                grouping.addAll(labels(expression, list.group(1)));
                at = list.end();
            } else if (FUNCTIONS.contains(word)) {
                if (!call && !expression.startsWith("by", at)) {
                    throw refused(expression, start);
                }
            } else if (call) {
                throw refused(expression, start);
            } else if (token.region(at, expression.length()).lookingAt() && token.group("matchers") != null) {
                selectors.add(new Selector(word, matched(expression, token.group("matchers"))));
                at = token.end();
            } else {
                selectors.add(new Selector(word, Set.of()));
            }
        }
        if (selectors.isEmpty()) {
            throw refused(expression, 0);
        }
        return new PromQl(List.copyOf(selectors), grouping);
    }

    private static Set<String> matched(String expression, String matchers) {
        Set<String> labels = new LinkedHashSet<>();
        String inside = matchers.substring(1, matchers.length() - 1);
        Matcher each = MATCHER.matcher(inside);
        int at = 0;
        while (at < inside.length()) {
            if (!each.region(at, inside.length()).lookingAt()) {
                throw refused(expression, expression.indexOf(matchers));
            }
            labels.add(each.group(1));
            at = each.end();
        }
        return labels;
    }

    private static Set<String> labels(String expression, String list) {
        Set<String> labels = new LinkedHashSet<>();
        if (list.isBlank()) {
            return labels;
        }
        for (String label : list.split(",", -1)) {
            if (!LABEL.matcher(label.strip()).matches()) {
                throw refused(expression, expression.indexOf(list));
            }
            labels.add(label.strip());
        }
        return labels;
    }

    private static IllegalArgumentException refused(String expression, int at) {
        return new IllegalArgumentException("Not understood at character " + at + ": " + expression);
    }
}
