package io.catalogconnect.catalogctl.live.bigquery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import java.util.Map;
import java.util.TreeMap;

/** Resources and their attributes as JSON. */
final class ResourcesJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ResourcesJson() {}

    static String write(Map<ResourceKey, Map<String, String>> resources) {
        Map<String, Map<String, String>> named = new TreeMap<>();
        resources.forEach((resource, attributes) -> named.put(resource.toString(), new TreeMap<>(attributes)));
        try {
            return JSON.writeValueAsString(named);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<ResourceKey, Map<String, String>> read(String json) {
        Map<ResourceKey, Map<String, String>> resources = new TreeMap<>();
        try {
            JSON.readValue(json, new TypeReference<Map<String, Map<String, String>>>() {})
                    .forEach((name, attributes) -> resources.put(ResourceKey.parse(name), attributes));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new LiveException("The facts about contracts are not readable: " + e.getMessage(), e);
        }
        return resources;
    }
}
