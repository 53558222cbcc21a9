package io.catalogconnect.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the keys of a connector configuration that nothing reads, and the keys that were probably meant. */
final class UnusedKeys {

    /** Keys that Connect reads from every connector's configuration, up to Kafka 4.3. */
    private static final Set<String> CONNECT = Set.of(
            "name",
            "connector.class",
            "connector.plugin.version",
            "tasks.max",
            "tasks.max.enforce",
            "topics",
            "topics.regex",
            "transforms",
            "predicates",
            "config.action.reload",
            "exactly.once.support",
            "transaction.boundary",
            "transaction.boundary.interval.ms",
            "offsets.storage.topic",
            "initial_state",
            "key.converter",
            "value.converter",
            "header.converter");

    private static final List<String> CONNECT_PREFIXES = List.of(
            "key.converter.",
            "value.converter.",
            "header.converter.",
            "transforms.",
            "predicates.",
            "errors.",
            "topic.creation.",
            "producer.override.",
            "consumer.override.",
            "admin.override.",
            "config.providers");

    private UnusedKeys() {}

    static List<String> in(Collection<String> keys, Collection<String> known) {
        return keys.stream()
                .filter(key -> !known.contains(key)
                        && !CONNECT.contains(key)
                        && CONNECT_PREFIXES.stream().noneMatch(key::startsWith))
                .sorted()
                .toList();
    }

    static String sentence(String key, Collection<String> known) {
        Optional<String> nearest = Stream.concat(known.stream(), CONNECT.stream())
                .filter(candidate -> distance(key, candidate) <= Math.max(2, candidate.length() / 4))
                .min(Comparator.comparingInt((String candidate) -> distance(key, candidate))
                        .thenComparing(Comparator.naturalOrder()));
        return Shortened.of(key) + " is not used."
                + nearest.map(name -> " Did you mean " + name + "?").orElse("");
    }

    /** The number of characters to insert, delete or replace, case and separators left aside. */
    private static int distance(String left, String right) {
        String from = bare(left);
        String to = bare(right);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }

    private static String bare(String key) {
        String shortKey = key.length() > 100 ? key.substring(0, 100) : key;
        return shortKey.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }
}
