package io.catalogconnect.transforms.config;

import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import io.catalogconnect.transforms.condition.ConditionText;
import io.catalogconnect.transforms.rule.Rule;
import io.catalogconnect.transforms.rule.RulePolicies;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Settings of {@code ConditionTag}. Immutable. */
public record TagSettings(List<Rule> tags, RulePolicies policies) {

    private static final Setting<List<ConditionText>> TAGS = RuleKeys.list("tags", RuleKeys.Naming.HEADER)
            .described(
                    Importance.HIGH,
                    "Tags",
                    "Headers to add, one entry per line, for example `has-image: present(value.image)`. A header whose condition"
                            + " is true is added with the boolean value true. Headers with these names that the record already"
                            + " has are removed first." + RuleKeys.LIST_SYNTAX);
    private static final PolicyKeys POLICIES = PolicyKeys.ofSeveralRules();

    /** All keys. */
    public static final SettingsTable TABLE = SettingsTable.builder()
            .group(RuleKeys.RULES, TAGS, RuleKeys.FIELDS)
            .group(PolicyKeys.POLICIES, POLICIES.onNull(), POLICIES.onMissingField(), POLICIES.onTombstone())
            .check(RuleKeys.fitFields(TAGS))
            .build();

    public TagSettings {
        tags = List.copyOf(tags);
    }

    /** Reads the valid values of the keys. */
    public static TagSettings read(Settings settings) {
        return new TagSettings(
                RuleKeys.rules(RuleKeys.Naming.HEADER, settings.get(TAGS), settings), POLICIES.read(true, settings));
    }
}
