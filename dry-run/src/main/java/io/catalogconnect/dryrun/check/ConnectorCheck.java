package io.catalogconnect.dryrun.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.s3csv.config.SourceSettings;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Checks the configuration of a connector as its plugin does, without a request to any service. Placeholders such as
 * {@code ${env:NAME}} are not checked.
 */
public final class ConnectorCheck {
    private static final String SINK = "io.catalogconnect.bigquery.BigQueryPartitionSinkConnector";
    private static final String SINK_SETTINGS = "io.catalogconnect.bigquery.config.SinkSettings";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What is wrong with a key.
     *
     * @param message complete sentences
     */
    public record KeyProblem(String key, String message) {}

    private ConnectorCheck() {}

    /** Answers one request: the configuration of a connector as a JSON object. */
    public static String answer(String request) throws JsonProcessingException, ReflectiveOperationException {
        Map<String, String> config = JSON.readValue(request, new TypeReference<>() {});
        return JSON.writeValueAsString(Map.of("problems", problems(config)));
    }

    private static List<KeyProblem> problems(Map<String, String> config) throws ReflectiveOperationException {
        Map<String, String> checked = new LinkedHashMap<>();
        config.forEach(
                (key, value) -> checked.put(key, PLACEHOLDER.matcher(value).replaceAll("placeholder")));
        List<KeyProblem> problems = new ArrayList<>();
        for (ConfigValue value : validate(checked).configValues()) {
            boolean placeholder = config.getOrDefault(value.name(), "").contains("${");
            if (!placeholder) {
                value.errorMessages().forEach(message -> problems.add(new KeyProblem(value.name(), message)));
            }
        }
        for (Map.Entry<String, String> entry : checked.entrySet()) {
            Map<String, String> single = Map.of(entry.getKey(), entry.getValue());
            unused(config, single).forEach(message -> problems.add(new KeyProblem(entry.getKey(), message)));
        }
        return problems;
    }

    private static Config validate(Map<String, String> config) throws ReflectiveOperationException {
        return isSink(config) ? (Config) sink("validate").invoke(null, config) : SourceSettings.TABLE.validate(config);
    }

    private static List<String> unused(Map<String, String> config, Map<String, String> single)
            throws ReflectiveOperationException {
        if (!isSink(config)) {
            return SourceSettings.TABLE.unusedKeys(single);
        }
        List<String> sentences = new ArrayList<>();
        ((List<?>) sink("unusedKeys").invoke(null, single))
                .forEach(sentence -> sentences.add(String.valueOf(sentence)));
        return sentences;
    }

    private static boolean isSink(Map<String, String> config) {
        return config.getOrDefault("connector.class", "").equals(SINK);
    }

    /** The sink is not on the class path of the source. */
    private static Method sink(String name) throws ReflectiveOperationException {
        return Class.forName(SINK_SETTINGS, true, Thread.currentThread().getContextClassLoader())
                .getMethod(name, Map.class);
    }
}
