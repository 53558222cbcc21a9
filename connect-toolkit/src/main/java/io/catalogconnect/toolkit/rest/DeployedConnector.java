package io.catalogconnect.toolkit.rest;

import java.util.Map;

/**
 * A connector on a worker.
 *
 * @param config its configuration, without its name
 */
public record DeployedConnector(String name, Map<String, String> config, ConnectorStatus status) {
    public DeployedConnector {
        config = Map.copyOf(config);
    }
}
