package io.catalogconnect.bigquery.table;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The table of each topic: the configured one, or else the topic's name with every character that BigQuery does not
 * permit replaced by an underscore. The topic is the one after transformations, so that transformations can route.
 */
public final class TableRouter {

    private final Map<String, String> configured;
    private final Map<String, String> derived = new ConcurrentHashMap<>();

    public TableRouter(Map<String, String> configured) {
        this.configured = Map.copyOf(configured);
    }

    public String tableFor(String topic) {
        String table = configured.get(topic);
        return table != null ? table : derived.computeIfAbsent(topic, ColumnNames::tableFor);
    }
}
