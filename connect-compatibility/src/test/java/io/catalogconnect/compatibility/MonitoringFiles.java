package io.catalogconnect.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** The expressions in {@code config/monitoring} and in the alerts that are rendered from the shipped contract. */
final class MonitoringFiles {
    private static final Pattern IN_LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern IN_SUMMARY = Pattern.compile("\\{\\{ \\$labels\\.(\\w+) }}");

    /** {@code RenderingTest} compares this file with the rendering. */
    private static final String RENDERED_ALERTS =
            "data-contract/src/test/resources/rendered/product-catalog/alerts.yaml";

    private final Path folder;
    private final Path renderedAlerts;

    /**
     * An expression and the labels that the text about its result shows.
     *
     * @param place the alert, or the panel of the dashboard
     */
    record Expression(String place, String text, Set<String> shown) {}

    MonitoringFiles(Path home) {
        this.folder = home.resolve("config").resolve("monitoring");
        this.renderedAlerts = home.resolve(RENDERED_ALERTS);
    }

    /** All expressions of the alert rules, those of the contract included, and of the dashboard. */
    List<Expression> expressions() throws IOException {
        List<Expression> all = new ArrayList<>();
        List<JsonNode> everyAlert = new ArrayList<>(alerts());
        everyAlert.addAll(alerts(renderedAlerts));
        for (JsonNode alert : everyAlert) {
            all.add(new Expression(
                    alert.path("alert").asText(),
                    alert.path("expr").asText(),
                    names(IN_SUMMARY, alert.path("annotations").path("summary").asText())));
        }
        JsonNode dashboard = dashboard();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                all.add(new Expression(
                        panel.path("title").asText(),
                        target.path("expr").asText(),
                        names(IN_LEGEND, target.path("legendFormat").asText())));
            }
        }
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            if (variable.path("type").asText().equals("query")) {
                all.add(new Expression(
                        variable.path("name").asText(), variable.path("query").asText(), Set.of()));
            }
        }
        return all;
    }

    /** The alert rules. */
    List<JsonNode> alerts() throws IOException {
        return alerts(folder.resolve("alerts.yml"));
    }

    private static List<JsonNode> alerts(Path file) throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        yaml(file).path("groups").forEach(group -> group.path("rules").forEach(alerts::add));
        return alerts;
    }

    /** The dashboard of Grafana. */
    JsonNode dashboard() throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve("grafana")
                        .resolve("dashboards")
                        .resolve("catalog-connect.json")
                        .toFile());
    }

    /** A YAML file of the folder. */
    JsonNode yaml(String file) throws IOException {
        return yaml(folder.resolve(file));
    }

    private static JsonNode yaml(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return new ObjectMapper().valueToTree(new Yaml().load(reader));
        }
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
