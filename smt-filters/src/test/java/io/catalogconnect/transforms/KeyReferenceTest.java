package io.catalogconnect.transforms;

import io.catalogconnect.testkit.ReferencePage;
import io.catalogconnect.transforms.predicates.MatchesCondition;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/config/smt-filters.md} with the keys in the code. */
final class KeyReferenceTest {
    @Test
    void pageListsTheKeysOfTheCode() throws IOException {
        new ReferencePage().check("config/smt-filters.md", page());
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Configuration of the transformations and the predicate

                [Rules](../rules.md) describes the language of conditions. This page is generated from the code.
                """);
        section(page, ConditionFilter.class.getName(), ConditionFilter.OVERVIEW_DOC, ConditionFilter.CONFIG_DEF);
        section(page, ConditionRouter.class.getName(), ConditionRouter.OVERVIEW_DOC, ConditionRouter.CONFIG_DEF);
        section(page, ConditionTag.class.getName(), ConditionTag.OVERVIEW_DOC, ConditionTag.CONFIG_DEF);
        section(
                page,
                Pseudonymize.class.getName() + "$Key` and `$Value",
                Pseudonymize.OVERVIEW_DOC,
                Pseudonymize.CONFIG_DEF);
        section(
                page,
                MatchesCondition.class.getName() + "` (predicate)`",
                MatchesCondition.OVERVIEW_DOC,
                MatchesCondition.CONFIG_DEF);
        return page.toString().replace("(predicate)``", "(predicate)");
    }

    private static void section(StringBuilder page, String name, String overview, ConfigDef def) {
        page.append("\n## `").append(name).append("`\n\n").append(overview).append('\n');
        Map<String, List<ConfigKey>> groups = new LinkedHashMap<>();
        for (String group : def.groups()) {
            groups.put(
                    group,
                    def.configKeys().values().stream()
                            .filter(key -> group.equals(key.group))
                            .sorted(Comparator.comparingInt((ConfigKey key) -> key.orderInGroup))
                            .toList());
        }
        groups.forEach((group, keys) -> {
            page.append("\n### ")
                    .append(group)
                    .append("\n\n| key | type | default | valid values | description |\n|---|---|---|---|---|\n");
            keys.forEach(key -> page.append("| `")
                    .append(key.name)
                    .append("` | ")
                    .append(key.type.name().toLowerCase(java.util.Locale.ROOT))
                    .append(" | ")
                    .append(key.hasDefault() ? defaultOf(key) : "required")
                    .append(" | ")
                    .append(key.type == ConfigDef.Type.STRING && key.validator != null ? key.validator : "")
                    .append(" | ")
                    .append(key.documentation)
                    .append(" |\n"));
        });
    }

    private static String defaultOf(ConfigKey key) {
        Object value = key.defaultValue;
        return value == null || value.toString().isEmpty() || value.equals(List.of()) ? "none" : "`" + value + "`";
    }
}
