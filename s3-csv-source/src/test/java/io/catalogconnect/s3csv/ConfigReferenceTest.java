package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** The reference is made from the definition. To write it anew: run this test with {@code -Ddocs.write=true}. */
class ConfigReferenceTest {

    private static final Path FILE = Path.of("..", "docs", "config", "s3-csv-source.md");

    @Test
    void theReferenceIsUpToDate() throws IOException {
        String reference = reference(S3CsvSourceConfig.CONFIG_DEF);
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(FILE.toAbsolutePath().getParent());
            Files.writeString(FILE, reference);
        }

        assertThat(Files.readString(FILE))
                .as(
                        "%s is stale. Write it anew with mvn -pl s3-csv-source test -Dtest=ConfigReferenceTest"
                                + " -Ddocs.write=true",
                        FILE)
                .isEqualTo(reference);
    }

    @Test
    void theReferenceHasEverySetting() throws IOException {
        String text = Files.readString(FILE);

        assertThat(S3CsvSourceConfig.CONFIG_DEF.names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(text).contains("### `" + name + "`\n"));
    }

    private static String reference(ConfigDef definition) {
        StringBuilder text = new StringBuilder("# S3 CSV source: settings\n\n`connector.class="
                + S3CsvSourceConnector.class.getName()
                + "`\n\nMade from the connector's definition; a test fails when it is"
                + " stale.\n");
        Map<String, List<ConfigDef.ConfigKey>> groups = definition.configKeys().values().stream()
                .collect(Collectors.groupingBy(key -> String.valueOf(key.group)));
        for (String group : definition.groups()) {
            text.append("\n## ").append(group).append('\n');
            groups.getOrDefault(group, List.of()).stream()
                    .sorted((left, right) -> Integer.compare(left.orderInGroup, right.orderInGroup))
                    .forEach(key -> entry(text, key));
        }
        return text.toString();
    }

    private static void entry(StringBuilder text, ConfigDef.ConfigKey key) {
        text.append("\n### `")
                .append(key.name)
                .append("`\n\n")
                .append(key.documentation)
                .append("\n\n- type: ")
                .append(key.type.toString().toLowerCase(Locale.ROOT))
                .append("\n- default: ")
                .append(shownDefault(key))
                .append('\n');
        String valid = key.validator == null ? "" : key.validator.toString();
        if (!valid.isEmpty()) {
            text.append("- valid: ").append(valid.replace("\n", " ")).append('\n');
        }
        text.append("- importance: ")
                .append(key.importance.toString().toLowerCase(Locale.ROOT))
                .append('\n');
    }

    private static String shownDefault(ConfigDef.ConfigKey key) {
        if (key.defaultValue == ConfigDef.NO_DEFAULT_VALUE) {
            return "none, must be given";
        }
        String value = key.defaultValue == null ? "" : ConfigDef.convertToString(key.defaultValue, key.type);
        return value == null || value.isEmpty() ? "empty" : "`" + value + "`";
    }
}
