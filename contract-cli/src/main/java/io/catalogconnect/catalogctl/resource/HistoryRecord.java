package io.catalogconnect.catalogctl.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of the histories of a table, as an attribute of the table in the facts. Only a recorded history may be deleted. The
 * attribute is absent if an earlier version has applied the table. It is never compared with the table in BigQuery.
 */
public final class HistoryRecord {
    private static final String HISTORIES = "histories";

    private HistoryRecord() {}

    /** The recorded names; empty if there are none, or none are recorded. */
    public static Set<String> names(Map<String, String> attributes) {
        return Stream.of(attributes.getOrDefault(HISTORIES, "").split(","))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The attributes of a table with the record of its history, before an apply changes the table and the sink. A table that
     * already exists under the name of the history is recorded only if an earlier version has applied this table: otherwise it
     * is not known whose it is.
     *
     * @param applied attributes that were applied last; empty for a new table
     * @param history name of the history; empty if the sink does not replace the table
     * @param exists whether BigQuery has a table of this name
     */
    public static Map<String, String> add(Map<String, String> applied, Optional<String> history, boolean exists) {
        boolean isOfEarlierVersion = !applied.isEmpty() && !applied.containsKey(HISTORIES);
        if (isOfEarlierVersion && history.isEmpty()) {
            return applied;
        }
        Set<String> names = names(applied);
        history.filter(name -> !exists || isOfEarlierVersion).ifPresent(names::add);
        Map<String, String> attributes = new LinkedHashMap<>(applied);
        attributes.put(HISTORIES, String.join(",", names));
        return attributes;
    }

    /** The attributes of a contract with the record of the attributes that were applied last. */
    public static Map<String, String> keep(Map<String, String> attributes, Map<String, String> applied) {
        String histories = applied.get(HISTORIES);
        if (histories == null) {
            return attributes;
        }
        Map<String, String> kept = new LinkedHashMap<>(attributes);
        kept.put(HISTORIES, histories);
        return kept;
    }
}
