package io.catalogconnect.transforms;

import io.catalogconnect.transforms.condition.DeclaredFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Configuration of {@link ConditionFilter}. Immutable. */
record FilterConfig(
        @Nullable Rule forAll,
        Map<String, Rule> byTopic,
        boolean keepsMatches,
        FilterPolicy onNull,
        FilterPolicy onMissingField,
        TombstonePolicy onTombstone) {

    static final String CONDITION = "condition";
    static final String CONDITIONS_BY_TOPIC = "conditions.by.topic";
    static final String ACTION = "action";

    private enum Action {
        KEEP,
        DROP
    }

    FilterConfig {
        byTopic = Map.copyOf(byTopic);
    }

    static ConfigDef definition() {
        ConfigDef def = new ConfigDef();
        RuleKeys.defineCondition(
                def,
                CONDITION,
                "",
                "The condition for the records of every topic. Either this key or " + CONDITIONS_BY_TOPIC + " is set.",
                "Condition");
        RuleKeys.defineList(
                def,
                CONDITIONS_BY_TOPIC,
                "",
                RuleKeys.Naming.TOPIC,
                2,
                "A condition for each topic, one entry a line, as in 'products.team-a: present(value.image)'. Records of a topic"
                        + " without an entry pass.",
                "Conditions by topic");
        RuleKeys.defineChoice(
                def,
                ACTION,
                Action.KEEP,
                3,
                RuleKeys.RULES,
                "What happens to a record for which its condition is true: keep it and drop the others, or drop it and keep the"
                        + " others.",
                "Action");
        RuleKeys.defineFields(def);
        RuleKeys.definePolicies(def, FilterPolicy.FAIL, "fail, keep or drop");
        return RuleKeys.defineChoice(
                def,
                RuleKeys.ON_TOMBSTONE,
                TombstonePolicy.KEEP,
                3,
                RuleKeys.POLICIES,
                "What happens to a record without a value when the condition asks for the value: keep, drop or fail; with evaluate"
                        + " the condition decides, and present(value.image) is false then.",
                "On tombstone");
    }

    static FilterConfig of(Map<String, ?> props) {
        AbstractConfig config = new AbstractConfig(definition(), props, false);
        String condition = config.getString(CONDITION);
        String byTopic = config.getString(CONDITIONS_BY_TOPIC);
        if (condition.isBlank() == byTopic.isBlank()) {
            throw new ConfigException(
                    "Set either " + CONDITION + " (one condition for all topics) or " + CONDITIONS_BY_TOPIC
                            + " (one for each topic); " + (condition.isBlank() ? "none" : "both") + " of them is set");
        }
        DeclaredFields fields = RuleKeys.fields(config.getString(RuleKeys.FIELDS));
        return new FilterConfig(
                condition.isBlank() ? null : RuleKeys.condition(CONDITION, condition, fields),
                RuleKeys.list(CONDITIONS_BY_TOPIC, RuleKeys.Naming.TOPIC, byTopic, fields).stream()
                        .collect(Collectors.toMap(Rule::name, Function.identity())),
                RuleKeys.choice(Action.class, config.getString(ACTION)) == Action.KEEP,
                RuleKeys.choice(FilterPolicy.class, config.getString(RuleKeys.ON_NULL)),
                RuleKeys.choice(FilterPolicy.class, config.getString(RuleKeys.ON_MISSING_FIELD)),
                RuleKeys.choice(TombstonePolicy.class, config.getString(RuleKeys.ON_TOMBSTONE)));
    }

    @Nullable
    Rule ruleFor(@Nullable String topic) {
        return forAll != null || topic == null ? forAll : byTopic.get(topic);
    }

    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(byTopic.values());
        if (forAll != null) {
            rules.add(forAll);
        }
        return rules;
    }
}
