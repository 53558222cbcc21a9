package io.catalogconnect.transforms.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.settings.SettingsTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

final class SettingsTablesTest {
    private static final Map<String, SettingsTable> TABLES = new LinkedHashMap<>();

    static {
        TABLES.put("ConditionFilter", FilterSettings.TABLE);
        TABLES.put("ConditionRouter", RouterSettings.TABLE);
        TABLES.put("ConditionTag", TagSettings.TABLE);
        TABLES.put("Pseudonymize", PseudonymizeSettings.TABLE);
        TABLES.put("MatchesCondition", PredicateSettings.TABLE);
    }

    @Test
    void everyKeyHasItsDefault() throws IOException {
        try (InputStream expected = Objects.requireNonNull(getClass().getResourceAsStream("/config-defaults.txt"))) {
            assertThat(TABLES.entrySet().stream()
                            .flatMap(entry -> keys(entry.getValue())
                                    .map(key -> entry.getKey() + " " + key.name + "=" + defaultOf(key))))
                    .containsExactlyElementsOf(new String(expected.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
    }

    @Test
    void everyKeyHasADocumentationAGroupAndALabel() {
        assertThat(TABLES.values().stream().flatMap(SettingsTablesTest::keys))
                .isNotEmpty()
                .allSatisfy(key -> {
                    assertThat(key.documentation).as(key.name).endsWith(".").hasSizeGreaterThan(15);
                    assertThat(key.group).as(key.name).isNotBlank();
                    assertThat(key.displayName).as(key.name).isNotBlank().isNotEqualTo(key.name);
                });
    }

    private static Stream<ConfigKey> keys(SettingsTable table) {
        Map<String, ConfigKey> keys = table.definition().configKeys();
        return table.names().stream().map(keys::get);
    }

    private static String defaultOf(ConfigKey key) {
        return key.hasDefault() ? ConfigDef.convertToString(key.defaultValue, key.type) : "(required)";
    }
}
