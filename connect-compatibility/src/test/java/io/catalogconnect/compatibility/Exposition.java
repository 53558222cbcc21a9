package io.catalogconnect.compatibility;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an exporter serves: its metrics, each with the labels that all of its samples have.
 *
 * @param labels the labels of each metric
 * @param samples the samples, as they were served
 */
record Exposition(Map<String, Set<String>> labels, List<String> samples) {
    /** The labels that Prometheus adds when it scrapes. */
    private static final Set<String> ADDED = Set.of("job", "instance");

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"(?:[^\"\\\\]|\\\\.)*\"(?:,|$)");

    /** Reads the text format of Prometheus. */
    static Exposition parse(String text) {
        Map<String, Set<String>> metrics = new TreeMap<>();
        // Prometheus makes it for each target.
        metrics.put("up", new HashSet<>());
        List<String> samples =
                text.lines().filter(line -> !line.startsWith("#")).toList();
        for (String line : samples) {
            Matcher sample = SAMPLE.matcher(line);
            if (!sample.matches()) {
                throw new IllegalArgumentException("Not a sample: " + line);
            }
            Set<String> names = new HashSet<>();
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> names.add(label.group(1)));
            }
            metrics.merge(sample.group(1), names, Exposition::common);
        }
        return new Exposition(metrics, samples);
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
        Set<String> common = new HashSet<>(one);
        common.retainAll(other);
        return common;
    }

    /** The metrics and labels that an expression, or a text about its result, names in vain. */
    Set<String> missing(PromQl expression, Set<String> shown) {
        Set<String> missing = new TreeSet<>();
        for (PromQl.Selector selector : expression.selectors()) {
            Set<String> existing = labels.get(selector.metric());
            if (existing == null) {
                missing.add(selector.metric());
                continue;
            }
            Set<String> named = new LinkedHashSet<>(selector.labels());
            named.addAll(expression.grouping());
            named.addAll(shown);
            named.removeAll(existing);
            named.removeAll(ADDED);
            named.forEach(label -> missing.add(selector.metric() + "{" + label + "}"));
        }
        if (!expression.grouping().isEmpty()) {
            shown.stream()
                    .filter(label -> !expression.grouping().contains(label))
                    .forEach(label -> missing.add("{" + label + "} after aggregation"));
        }
        return missing;
    }
}
