package io.catalogconnect.transforms.config;

import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import io.catalogconnect.transforms.condition.ConditionText;
import io.catalogconnect.transforms.rule.Fallback;
import io.catalogconnect.transforms.rule.Rule;
import io.catalogconnect.transforms.rule.RulePolicies;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.jspecify.annotations.Nullable;

/**
 * Settings of {@code ConditionFilter}. Immutable.
 *
 * @param forAll the condition for all topics, or null
 * @param byTopic the conditions by topic; empty if there is one for all topics
 * @param onOtherTopic the handling of a record whose topic has no condition
 * @param policies their answer is true for a record that is kept
 */
public record FilterSettings(
        @Nullable Rule forAll, Map<String, Rule> byTopic, OtherTopic onOtherTopic, RulePolicies policies) {

    /** The handling of a record whose topic has no condition. */
    public enum OtherTopic {
        /** It is kept. */
        PASS,
        /** It is dropped. */
        DROP,
        /** An exception. */
        FAIL
    }

    private enum Action {
        KEEP,
        DROP
    }

    private static final Setting<Optional<ConditionText>> CONDITION = RuleKeys.condition("condition")
            .optional()
            .described(
                    Importance.HIGH,
                    "Condition",
                    "Condition for the records of all topics. Set either this key or `conditions.by.topic`.");
    private static final Setting<Optional<List<ConditionText>>> BY_TOPIC = RuleKeys.list(
                    "conditions.by.topic", RuleKeys.Naming.TOPIC)
            .optional()
            .described(
                    Importance.HIGH,
                    "Conditions by topic",
                    "Conditions by topic, one entry per line, for example `products.team-a: present(value.image)`."
                            + " The key `topics.without.condition` applies to records of other topics."
                            + RuleKeys.LIST_SYNTAX);
    private static final Setting<OtherTopic> WITHOUT_CONDITION = Setting.word(
                    "topics.without.condition", OtherTopic.PASS)
            .described(
                    Importance.MEDIUM,
                    "Topics without a condition",
                    "Handling of a record whose topic has no entry in `conditions.by.topic`: `pass` keeps it,"
                            + " `drop` drops it, `fail` stops the task. `fail` detects a misspelled topic. With it, a"
                            + " topic that is not filtered needs an entry such as `products.raw: true`.");
    private static final Setting<Action> ACTION = Setting.word("action", Action.KEEP)
            .described(
                    Importance.MEDIUM,
                    "Action",
                    "`keep` keeps the records for which the condition is true and drops those for which it is"
                            + " false. `drop` does the opposite.");
    private static final PolicyKeys POLICIES = PolicyKeys.of(
            List.of(Fallback.KEEP, Fallback.DROP),
            "`keep` keeps the record, `drop` drops it",
            List.of(Fallback.KEEP, Fallback.DROP, Fallback.FAIL, Fallback.EVALUATE),
            "`keep` keeps it, `drop` drops it, `fail` stops the task");

    /** All keys. */
    public static final SettingsTable TABLE = SettingsTable.builder()
            .group(RuleKeys.RULES, CONDITION, BY_TOPIC, WITHOUT_CONDITION, ACTION, RuleKeys.FIELDS)
            .group(PolicyKeys.POLICIES, POLICIES.onNull(), POLICIES.onMissingField(), POLICIES.onTombstone())
            .check((settings, problems) -> {
                if (settings.get(CONDITION).isPresent()
                        == settings.get(BY_TOPIC).isPresent()) {
                    problems.add(
                            CONDITION,
                            (settings.get(CONDITION).isPresent() ? "is set, and so is " : "is not set, and neither is ")
                                    + BY_TOPIC + ". Set either " + CONDITION + ", for all topics, or " + BY_TOPIC);
                }
            })
            .check((settings, problems) -> {
                if (settings.get(CONDITION).isPresent() && settings.get(WITHOUT_CONDITION) != OtherTopic.PASS) {
                    problems.add(
                            WITHOUT_CONDITION,
                            "is set, and so is " + CONDITION + ", which applies to all topics. Set it together with "
                                    + BY_TOPIC + " only");
                }
            })
            .check((settings, problems) -> RuleKeys.fitFields(
                    CONDITION, settings.get(CONDITION).stream().toList(), settings, problems))
            .check((settings, problems) ->
                    RuleKeys.fitFields(BY_TOPIC, settings.get(BY_TOPIC).orElse(List.of()), settings, problems))
            .build();

    public FilterSettings {
        byTopic = Collections.unmodifiableMap(new LinkedHashMap<>(byTopic));
    }

    /** Reads the valid values of the keys. */
    public static FilterSettings read(Settings settings) {
        Optional<Rule> forAll =
                RuleKeys.rules(
                                RuleKeys.Naming.TOPIC,
                                settings.get(CONDITION).stream().toList(),
                                settings)
                        .stream()
                        .findFirst();
        return new FilterSettings(
                forAll.orElse(null),
                RuleKeys.rules(RuleKeys.Naming.TOPIC, settings.get(BY_TOPIC).orElse(List.of()), settings).stream()
                        .collect(Collectors.toMap(
                                Rule::name, Function.identity(), (rule, same) -> rule, LinkedHashMap::new)),
                settings.get(WITHOUT_CONDITION),
                POLICIES.read(settings.get(ACTION) == Action.KEEP, settings));
    }

    /** The rule for the records of a topic, or null. */
    public @Nullable Rule ruleFor(@Nullable String topic) {
        return forAll != null || topic == null ? forAll : byTopic.get(topic);
    }

    /** All rules. */
    public List<Rule> rules() {
        return Stream.concat(Stream.ofNullable(forAll), byTopic.values().stream())
                .toList();
    }
}
