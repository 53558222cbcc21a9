package io.catalogconnect.bigquery;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

final class ConfigReferenceTest {

    private static final String HEAD = """
            # Configuration of the BigQuery partition sink

            `connector.class=io.catalogconnect.bigquery.BigQueryPartitionSinkConnector`. Besides these keys there are those
            of every sink connector: `name`, `tasks.max`, `topics` or `topics.regex`, `errors.tolerance`,
            `errors.deadletterqueue.topic.name` and the converters. This page is generated from the code.
            """;

    @Test
    void theReferenceListsEveryKeyAsItIs() throws IOException {
        ConfigDef def = BigQueryPartitionSinkConfig.definition();
        StringBuilder page = new StringBuilder(HEAD);
        for (String group : def.groups()) {
            page.append("\n## ").append(group).append("\n");
            def.configKeys().values().stream()
                    .filter(key -> group.equals(key.group))
                    .sorted((a, b) -> Integer.compare(a.orderInGroup, b.orderInGroup))
                    .forEach(key -> page.append(describe(key)));
        }

        GeneratedDocs.checkOrUpdate("config/bigquery-partition-sink.md", page.toString());
    }

    private static String describe(ConfigKey key) {
        String valid = key.validator == null ? "" : String.valueOf(key.validator);
        return "\n### `" + key.name + "`\n\n" + key.documentation + "\n\n"
                + "- Type: " + key.type.name().toLowerCase(Locale.ROOT) + "\n"
                + "- Default: " + defaultValue(key) + "\n"
                + (valid.isEmpty() ? "" : "- Valid: " + valid + "\n")
                + "- Importance: " + key.importance.name().toLowerCase(Locale.ROOT) + "\n";
    }

    private static String defaultValue(ConfigKey key) {
        if (!key.hasDefault()) {
            return "none, it must be given";
        }
        Object value = key.defaultValue;
        boolean empty = value == null || value.equals("") || value.equals(List.of());
        return empty ? "empty" : "`" + value + "`";
    }
}
