package io.catalogconnect.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/** {@code docker-compose.yml}, read as its images would. */
record ComposeFile(Path home, JsonNode root) {
    /** The Kafka line in a Confluent Platform line, by Confluent's table of supported versions. */
    private static final Map<String, String> KAFKA_OF_PLATFORM =
            Map.of("7.7", "3.7", "7.8", "3.8", "7.9", "3.9", "8.0", "4.0", "8.1", "4.1", "8.2", "4.2", "8.3", "4.3");

    static ComposeFile read(Path home) throws IOException {
        try (Reader reader = Files.newBufferedReader(home.resolve("docker-compose.yml"))) {
            return new ComposeFile(home, new ObjectMapper().valueToTree(new Yaml().load(reader)));
        }
    }

    JsonNode services() {
        return root.path("services");
    }

    /** The image that a service runs: of a service that is built, the image that its Dockerfile starts from. */
    String baseImage(String service) throws IOException {
        JsonNode definition = services().path(service);
        if (!definition.has("build")) {
            return definition.path("image").asText();
        }
        return dockerfile(service).stream()
                .filter(line -> line.startsWith("FROM "))
                .reduce((first, last) -> last)
                .orElseThrow()
                .substring("FROM ".length());
    }

    List<String> dockerfile(String service) throws IOException {
        return Files.readAllLines(home.resolve(
                services().path(service).path("build").path("dockerfile").asText()));
    }

    /** The Kafka release line of a service that runs an image of the Confluent Platform. */
    String kafkaLine(String service) throws IOException {
        String image = baseImage(service);
        String platform = image.replaceFirst("^confluentinc/[a-z-]+:(\\d+\\.\\d+)\\.\\d+$", "$1");
        String line = KAFKA_OF_PLATFORM.get(platform);
        if (line == null) {
            throw new IllegalArgumentException("Image " + image + " of service " + service
                    + " is not of a known line of the Confluent Platform: " + KAFKA_OF_PLATFORM.keySet());
        }
        return line;
    }

    /** The environment of a service. */
    Map<String, String> environment(String service) {
        Map<String, String> environment = new TreeMap<>();
        services()
                .path(service)
                .path("environment")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        return environment;
    }

    /**
     * The properties that an image of the Confluent Platform makes of its environment: {@code CONNECT_FOO_BAR} is
     * {@code foo.bar}, two underscores are one underscore, three are a dash.
     */
    static Map<String, String> properties(String prefix, Map<String, String> environment) {
        Map<String, String> properties = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                properties.put(propertyName(name.substring(prefix.length())), value);
            }
        });
        return properties;
    }

    private static String propertyName(String variable) {
        StringBuilder name = new StringBuilder();
        int at = 0;
        while (at < variable.length()) {
            int end = at;
            while (end < variable.length() && variable.charAt(end) == '_') {
                end++;
            }
            switch (end - at) {
                case 0 -> {
                    name.append(variable.charAt(at));
                    end = at + 1;
                }
                case 1 -> name.append('.');
                case 2 -> name.append('_');
                case 3 -> name.append('-');
                default -> throw new IllegalArgumentException(variable + " has more than three underscores in a row");
            }
            at = end;
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    /** The command of a service's health check, without {@code CMD}. */
    List<String> healthCheck(String service) {
        List<String> words = new ArrayList<>();
        services().path(service).path("healthcheck").path("test").forEach(word -> words.add(word.asText()));
        if (words.isEmpty() || !words.get(0).equals("CMD")) {
            throw new IllegalArgumentException("The health check of " + service + " is not of the form [CMD, ...]");
        }
        return words.subList(1, words.size());
    }
}
