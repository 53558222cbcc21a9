package io.catalogconnect.transforms.config;

import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import io.catalogconnect.transforms.condition.Condition;
import io.catalogconnect.transforms.condition.ConditionText;
import io.catalogconnect.transforms.rule.ControlRecords;
import io.catalogconnect.transforms.rule.Fallback;
import io.catalogconnect.transforms.rule.Rule;
import io.catalogconnect.transforms.rule.RulePolicies;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * Settings of {@code MatchesCondition}. Immutable.
 *
 * @param onControl the predicate's value for control records
 */
public record PredicateSettings(Rule rule, RulePolicies policies, boolean onControl) {

    private static final Setting<ConditionText> CONDITION = RuleKeys.condition("condition")
            .described(
                    Importance.HIGH,
                    "Condition",
                    "Condition of the predicate, for example `value.brand == \"Samsung\"`.");
    private static final PolicyKeys POLICIES = PolicyKeys.of(
            List.of(Fallback.TRUE, Fallback.FALSE),
            "`true` and `false` are the value of the predicate",
            List.of(Fallback.FALSE, Fallback.TRUE, Fallback.FAIL, Fallback.EVALUATE),
            "`false` and `true` are the value of the predicate, `fail` stops the task");
    private static final Setting<Boolean> ON_CONTROL = Setting.flag("on.control", false)
            .described(
                    Importance.MEDIUM,
                    "On control record",
                    "Value of the predicate for a control record, such as the end marker of an S3 object (no value, and the"
                            + " header " + ControlRecords.HEADER + "). Set `true` for a negated predicate, so that the"
                            + " transformation does not change such records.");

    /** All keys. */
    public static final SettingsTable TABLE = SettingsTable.builder()
            .group(RuleKeys.RULES, CONDITION, RuleKeys.FIELDS)
            .group(
                    PolicyKeys.POLICIES,
                    POLICIES.onNull(),
                    POLICIES.onMissingField(),
                    POLICIES.onTombstone(),
                    ON_CONTROL)
            .check((settings, problems) ->
                    RuleKeys.fitFields(CONDITION, List.of(settings.get(CONDITION)), settings, problems))
            .build();

    /** Reads the valid values of the keys. */
    public static PredicateSettings read(Settings settings) {
        return new PredicateSettings(
                new Rule("predicate", Condition.of(settings.get(CONDITION), settings.get(RuleKeys.FIELDS))),
                POLICIES.read(true, settings),
                settings.get(ON_CONTROL));
    }
}
