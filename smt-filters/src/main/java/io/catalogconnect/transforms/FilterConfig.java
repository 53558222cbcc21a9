package io.catalogconnect.transforms;

import io.catalogconnect.transforms.condition.Condition;
import io.catalogconnect.transforms.condition.ConditionText;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Configuration of {@link ConditionFilter}. Immutable. */
record FilterConfig(
        @Nullable Condition forAll,
        Map<String, Condition> byTopic,
        boolean keepsMatches,
        FilterPolicy onNull,
        FilterPolicy onMissingField,
        TombstonePolicy onTombstone) {

    static final String CONDITION = "condition";
    static final String CONDITIONS_BY_TOPIC = "conditions.by.topic";
    static final String ACTION = "action";
    static final String ON_NULL = "on.null";
    static final String ON_MISSING_FIELD = "on.missing.field";
    static final String ON_TOMBSTONE = "on.tombstone";

    private enum Action {
        KEEP,
        DROP
    }

    FilterConfig {
        byTopic = Map.copyOf(byTopic);
    }

    static ConfigDef definition() {
        String rules = "Rules";
        String policies = "Policies";
        return new ConfigDef()
                .define(
                        CONDITION,
                        ConfigDef.Type.STRING,
                        "",
                        ConditionValidators.condition(),
                        Importance.HIGH,
                        "The condition for the records of every topic. Either this key or " + CONDITIONS_BY_TOPIC
                                + " is set.",
                        rules,
                        1,
                        Width.LONG,
                        "Condition")
                .define(
                        CONDITIONS_BY_TOPIC,
                        ConfigDef.Type.STRING,
                        "",
                        ConditionValidators.byTopic(),
                        Importance.HIGH,
                        "A condition for each topic, one entry a line, as in 'products.team-a: present(value.image)'. A line that"
                                + " begins with a space goes on with the entry above it, a line that begins with # is a remark."
                                + " Records of a topic without an entry pass.",
                        rules,
                        2,
                        Width.LONG,
                        "Conditions by topic")
                .define(
                        ACTION,
                        ConfigDef.Type.STRING,
                        "keep",
                        ConditionValidators.oneOf(Action.class),
                        Importance.MEDIUM,
                        "What happens to a record for which its condition is true: keep it and drop the others, or drop it and"
                                + " keep the others.",
                        rules,
                        3,
                        Width.SHORT,
                        "Action")
                .define(
                        ON_NULL,
                        ConfigDef.Type.STRING,
                        "fail",
                        ConditionValidators.oneOf(FilterPolicy.class),
                        Importance.MEDIUM,
                        "What happens to a record with a null where the condition needs a value, as in value.price > 100.",
                        policies,
                        1,
                        Width.SHORT,
                        "On null")
                .define(
                        ON_MISSING_FIELD,
                        ConfigDef.Type.STRING,
                        "fail",
                        ConditionValidators.oneOf(FilterPolicy.class),
                        Importance.MEDIUM,
                        "What happens to a record that does not have a field that the condition asks for.",
                        policies,
                        2,
                        Width.SHORT,
                        "On missing field")
                .define(
                        ON_TOMBSTONE,
                        ConfigDef.Type.STRING,
                        "keep",
                        ConditionValidators.oneOf(TombstonePolicy.class),
                        Importance.MEDIUM,
                        "What happens to a record without a value when the condition asks for the value. With evaluate the"
                                + " condition decides: present(value.image) is false then.",
                        policies,
                        3,
                        Width.SHORT,
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
        return new FilterConfig(
                condition.isBlank() ? null : Condition.of(ConditionText.whole(CONDITION, condition)),
                ConditionValidators.conditionsByTopic(byTopic),
                ConditionValidators.choice(Action.class, config.getString(ACTION)) == Action.KEEP,
                ConditionValidators.choice(FilterPolicy.class, config.getString(ON_NULL)),
                ConditionValidators.choice(FilterPolicy.class, config.getString(ON_MISSING_FIELD)),
                ConditionValidators.choice(TombstonePolicy.class, config.getString(ON_TOMBSTONE)));
    }

    @Nullable
    Condition conditionFor(@Nullable String topic) {
        return forAll != null || topic == null ? forAll : byTopic.get(topic);
    }
}
