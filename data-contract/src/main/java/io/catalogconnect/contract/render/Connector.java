package io.catalogconnect.contract.render;

import io.catalogconnect.contract.report.JsonText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connector as Connect's REST API accepts it.
 *
 * @param config keys and values in the order of the file
 */
public record Connector(String name, Map<String, String> config) {
    public Connector {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /** The body of the request that creates the connector. */
    public String json() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("config", config);
        return JsonText.of(body);
    }
}
