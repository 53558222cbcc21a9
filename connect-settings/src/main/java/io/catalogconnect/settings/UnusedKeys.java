package io.catalogconnect.settings;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the keys of a connector configuration that nothing reads, and the keys that were probably meant. */
final class UnusedKeys {

    /** Keys with which {@code catalogctl} marks the connectors of a data contract. No plugin reads them. */
    private static final Set<String> CONTRACT =
            Set.of("contract.id", "contract.environment", "contract.version", "contract.digest");

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
                        && !CONTRACT.contains(key)
                        && CONNECT_PREFIXES.stream().noneMatch(key::startsWith))
                .sorted()
                .toList();
    }

    static String sentence(String key, Collection<String> known) {
        Optional<String> nearest = NearestName.of(
                key, Stream.concat(known.stream(), CONNECT.stream()).toList());
        return Shortened.of(key) + " is not used."
                + nearest.map(name -> " Did you mean " + name + "?").orElse("");
    }
}
