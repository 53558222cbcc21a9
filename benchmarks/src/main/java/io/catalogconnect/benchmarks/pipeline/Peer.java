package io.catalogconnect.benchmarks.pipeline;

import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Another connector. In the values of its configuration, {@code {topic}} stands for the topic of a run, and {@code {file}}
 * for the path of the CSV file on this machine. {@code ${env:CATALOG_...}} works as in the connectors that ship.
 */
record Peer(ConnectorDefinition definition) {
    String connectorClass() {
        return definition.get("connector.class");
    }

    /** The configuration of a run. */
    Map<String, String> config(String topic, Path file) {
        Map<String, String> config = new HashMap<>();
        definition
                .config()
                .forEach((key, value) ->
                        config.put(key, value.replace("{topic}", topic).replace("{file}", file.toString())));
        return config;
    }
}
