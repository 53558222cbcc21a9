package io.catalogconnect.transforms.config;

import io.catalogconnect.transforms.condition.Condition;
import io.catalogconnect.transforms.condition.ConditionSyntaxException;
import io.catalogconnect.transforms.condition.ConditionText;
import io.catalogconnect.transforms.condition.DeclaredFields;
import io.catalogconnect.transforms.rule.Fallback;
import io.catalogconnect.transforms.rule.Rule;
import io.catalogconnect.transforms.rule.RulePolicies;
import io.catalogconnect.transforms.rule.RulePolicies.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** The rules in a connector's configuration, so that they can be evaluated without a worker. */
public final class ConnectorRules {
    private static final Policy FAIL = new Policy(Fallback.FAIL, "Guard it in the rule, as in present(...) && ...");

    private ConnectorRules() {}

    /**
     * A rule and where it applies.
     *
     * @param key the configuration key that contains the rule
     * @param topic the only topic to whose records the rule applies; null if it applies to all
     * @param effect what the transformation does with records for which the rule is true, as a verb phrase; empty for a
     *     rule that is not configured
     */
    public record ConfiguredRule(String key, @Nullable String topic, String effect, Rule rule, RulePolicies policies) {}

    /**
     * A rule that is not configured yet. It fails for a record that it cannot decide, as configured rules do by default.
     *
     * @param value schema of the records' values; null if it is not known yet
     * @throws ConditionSyntaxException if the condition is not valid, or reads a field that the schema does not have
     */
    public static ConfiguredRule of(String condition, @Nullable Schema value) {
        ConditionText text = ConditionText.whole("condition", condition);
        Condition checked = value == null ? Condition.of(text) : Condition.of(text, DeclaredFields.of(value));
        return new ConfiguredRule(
                "condition", null, "", new Rule("condition", checked), new RulePolicies(true, FAIL, FAIL, FAIL));
    }

    /**
     * The rules of all transformations and predicates of this plugin, in the order of the configuration.
     *
     * @param connector a connector's whole configuration
     * @throws ConfigException that lists everything that is wrong with one of them
     */
    public static List<ConfiguredRule> in(Map<String, String> connector) {
        List<ConfiguredRule> rules = new ArrayList<>();
        for (String list : List.of("transforms", "predicates")) {
            for (String name : connector.getOrDefault(list, "").split(",", -1)) {
                if (!name.isBlank()) {
                    rules.addAll(rulesOf(list + "." + name.strip() + ".", connector));
                }
            }
        }
        return rules;
    }

    private static List<ConfiguredRule> rulesOf(String prefix, Map<String, String> connector) {
        Map<String, String> keys = new HashMap<>();
        connector.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                keys.put(key.substring(prefix.length()), value);
            }
        });
        String type = keys.getOrDefault("type", "").strip();
        try {
            return switch (type.substring(type.lastIndexOf('.') + 1)) {
                case "ConditionFilter" -> filter(prefix, FilterSettings.read(FilterSettings.TABLE.parse(keys)));
                case "ConditionRouter" -> router(prefix, RouterSettings.read(RouterSettings.TABLE.parse(keys)));
                case "ConditionTag" -> tags(prefix, TagSettings.read(TagSettings.TABLE.parse(keys)));
                case "MatchesCondition" ->
                    predicate(prefix, PredicateSettings.read(PredicateSettings.TABLE.parse(keys)));
                default -> List.of();
            };
        } catch (ConfigException e) {
            throw new ConfigException(prefix + e.getMessage());
        }
    }

    private static List<ConfiguredRule> filter(String prefix, FilterSettings filter) {
        String effect = filter.policies().answerWhenTrue() ? "keeps them" : "drops them";
        Rule forAll = filter.forAll();
        if (forAll != null) {
            return List.of(new ConfiguredRule(prefix + "condition", null, effect, forAll, filter.policies()));
        }
        return filter.byTopic().values().stream()
                .map(rule -> new ConfiguredRule(
                        prefix + "conditions.by.topic", rule.name(), effect, rule, filter.policies()))
                .toList();
    }

    private static List<ConfiguredRule> router(String prefix, RouterSettings router) {
        return router.routes().stream()
                .map(rule -> new ConfiguredRule(
                        prefix + "routes", null, "sends them to " + rule.name(), rule, router.policies()))
                .toList();
    }

    private static List<ConfiguredRule> tags(String prefix, TagSettings tag) {
        return tag.tags().stream()
                .map(rule -> new ConfiguredRule(
                        prefix + "tags", null, "adds the header " + rule.name() + " to them", rule, tag.policies()))
                .toList();
    }

    private static List<ConfiguredRule> predicate(String prefix, PredicateSettings predicate) {
        return List.of(new ConfiguredRule(
                prefix + "condition", null, "applies to them", predicate.rule(), predicate.policies()));
    }
}
