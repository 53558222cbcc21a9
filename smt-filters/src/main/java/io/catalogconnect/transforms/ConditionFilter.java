package io.catalogconnect.transforms;

import io.catalogconnect.transforms.config.FilterSettings;
import io.catalogconnect.transforms.rule.Rule;
import io.catalogconnect.transforms.rule.RuleFailure;
import java.util.Collection;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps or drops records by a condition: one condition for all topics, or one for each topic.
 *
 * @param <R> the type of record
 */
public final class ConditionFilter<R extends ConnectRecord<R>> extends ConditionTransformation<R, FilterSettings> {
    /** Summary for the documentation. */
    public static final String OVERVIEW_DOC =
            "Keeps or drops records by a condition over their value, key, headers, topic"
                    + " and timestamp. One condition applies to all topics, or each topic has its own.";

    /** All keys. */
    public static final ConfigDef CONFIG_DEF = FilterSettings.TABLE.selfCheckingDefinition();

    /** For Connect, which creates instances by reflection. */
    public ConditionFilter() {
        super(CONFIG_DEF, FilterSettings.TABLE, FilterSettings::read);
    }

    @Override
    @Nullable
    R applyRules(FilterSettings current, R record) {
        Rule rule = current.ruleFor(record.topic());
        if (rule == null) {
            return withoutRule(current, record);
        }
        if (current.policies().answer(rule, record)) {
            return record;
        }
        rule.countDrop();
        return null;
    }

    private @Nullable R withoutRule(FilterSettings current, R record) {
        return switch (current.onOtherTopic()) {
            case PASS -> record;
            case DROP -> null;
            case FAIL ->
                throw RuleFailure.of(
                        "The filter has no condition",
                        "conditions.by.topic has no entry for the topic",
                        "Correct a misspelled entry, add `" + record.topic()
                                + ": true` to keep all records of the topic, or set topics.without.condition to pass or drop",
                        record);
        };
    }

    @Override
    protected Collection<Rule> rules(FilterSettings current) {
        return current.rules();
    }
}
