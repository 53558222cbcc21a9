package io.catalogconnect.bigquery.table;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The table of each topic: the configured one, or else the topic's name with every character that BigQuery does not
 * permit replaced by an underscore. The topic is the one after transformations, so that transformations can route. Used by
 * the task's thread only.
 */
public final class TableRouter {

    private final Map<String, String> configured;
    private final TableRules rules;
    private final Map<String, String> tables = new HashMap<>();
    /** By table, the topic that is written to it without an entry in {@code tables}. */
    private final Map<String, String> derivedFrom = new HashMap<>();

    public TableRouter(Map<String, String> configured, TableRules rules) {
        this.configured = Map.copyOf(configured);
        this.rules = rules;
    }

    /**
     * The table of a topic.
     *
     * @throws ConfigException if the connector must not write to that table, or another topic maps to it by accident
     */
    public String tableFor(String topic) {
        String known = tables.get(topic);
        if (known != null) {
            return known;
        }
        String table = configured.get(topic);
        if (table == null) {
            table = tableOf(topic);
            refuseSharing(topic, table);
        }
        String chosen = table;
        rules.refusal(table).ifPresent(refusal -> {
            throw new ConfigException("Topic " + topic + ": " + refusal + ".");
        });
        tables.put(topic, chosen);
        return chosen;
    }

    /** The table name of a topic that has no configured table. */
    private static String tableOf(String topic) {
        return topic.replaceAll("[^A-Za-z0-9_]", "_");
    }

    /** Two names may become one when characters are replaced. Only the configuration says that this is wanted. */
    private void refuseSharing(String topic, String table) {
        String other = derivedFrom.putIfAbsent(table, topic);
        if (other == null) {
            other = configuredFor(table);
        }
        if (other != null && !other.equals(topic)) {
            throw new ConfigException("Topics " + other + " and " + topic + " both map to table " + table
                    + ". Add an entry for each of them to tables.");
        }
    }

    private @Nullable String configuredFor(String table) {
        return configured.entrySet().stream()
                .filter(entry -> entry.getValue().equals(table))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElse(null);
    }
}
