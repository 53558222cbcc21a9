package io.catalogconnect.toolkit.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The definition of a connector: a file of {@code config/connectors}.
 *
 * @param name the connector's name
 * @param config its configuration, in the form of Connect's REST API
 */
public record ConnectorDefinition(String name, Map<String, String> config) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public ConnectorDefinition {
        config = Map.copyOf(config);
    }

    /**
     * Reads the definitions of a folder, in the order of their file names.
     *
     * @throws UncheckedIOException if a file cannot be read or is not a connector's definition
     */
    public static List<ConnectorDefinition> readAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(ConnectorDefinition::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads one file: a connector with its name, or only its configuration, which is then named like the file.
     *
     * @throws UncheckedIOException if it cannot be read or is not a connector's definition
     */
    public static ConnectorDefinition read(Path file) {
        try {
            return of(JSON.readTree(file.toFile()), String.valueOf(file.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not a connector's definition: " + e.getMessage(), e);
        }
    }

    /**
     * Reads definitions that follow one another.
     *
     * @throws IOException if the text contains something else
     */
    public static List<ConnectorDefinition> parseAll(String text) throws IOException {
        List<ConnectorDefinition> all = new ArrayList<>();
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(text)) {
            while (values.hasNextValue()) {
                all.add(of(values.nextValue(), ""));
            }
        }
        return all;
    }

    private static ConnectorDefinition of(JsonNode content, String defaultName) throws IOException {
        JsonNode config = content.path("config").isObject() ? content.path("config") : content;
        if (!config.isObject() || config.isEmpty()) {
            throw new IOException("it must be an object with keys of a connector, or with name and config");
        }
        Map<String, String> keys = new LinkedHashMap<>();
        config.properties().forEach(key -> {
            if (!key.getValue().isNull()) {
                keys.put(key.getKey(), key.getValue().asText());
            }
        });
        return new ConnectorDefinition(content.path("name").asText(defaultName), keys);
    }

    /**
     * The value of a key.
     *
     * @throws IllegalArgumentException if the key does not exist
     */
    public String get(String key) {
        String value = config.get(key);
        if (value == null) {
            throw new IllegalArgumentException("Connector " + name + " has no key " + key);
        }
        return value;
    }

    /** The value of a key that holds a list, separated by commas; empty if the key does not exist. */
    public List<String> list(String key) {
        return Stream.of(config.getOrDefault(key, "").split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** Whether the connector is of the class with this simple name. */
    public boolean isA(String simpleName) {
        return get("connector.class").endsWith("." + simpleName);
    }
}
