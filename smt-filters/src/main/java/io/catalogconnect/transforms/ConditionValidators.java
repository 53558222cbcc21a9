package io.catalogconnect.transforms;

import io.catalogconnect.transforms.condition.Condition;
import io.catalogconnect.transforms.condition.ConditionSyntaxException;
import io.catalogconnect.transforms.condition.ConditionText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Validators that compile what they are given, so that REST validation shows a rule's mistake where it was made. A whole rule
 * or list of rules sits in one key for that.
 */
final class ConditionValidators {
    private ConditionValidators() {}

    static ConfigDef.Validator condition() {
        return text(
                "a condition such as present(value.image)",
                (key, source) -> Condition.of(ConditionText.whole(key, source)));
    }

    static ConfigDef.Validator byTopic() {
        return text("lines of the form 'topic: condition'", (key, source) -> conditionsByTopic(source));
    }

    static ConfigDef.Validator routes() {
        return text(
                "lines of the form 'topic: condition', the first that matches wins", (key, source) -> ordered(source));
    }

    /**
     * One condition for each topic.
     *
     * @throws ConditionSyntaxException when one of them cannot be used, or two are for the same topic
     */
    static Map<String, Condition> conditionsByTopic(String source) {
        Map<String, Condition> conditions = new LinkedHashMap<>();
        for (ConditionText text : RuleList.parse("topic", source)) {
            if (conditions.put(text.name(), Condition.of(text)) != null) {
                throw text.errorAt(
                        0, "there is a condition for topic '" + text.name() + "' already; join them with || or &&");
            }
        }
        return conditions;
    }

    /** Conditions in the order in which they are tried. */
    static List<Condition> ordered(String source) {
        List<Condition> conditions = new ArrayList<>();
        RuleList.parse("topic", source).forEach(text -> conditions.add(Condition.of(text)));
        return conditions;
    }

    static <E extends Enum<E>> ConfigDef.Validator oneOf(Class<E> choices) {
        List<String> names = new ArrayList<>();
        for (E choice : choices.getEnumConstants()) {
            names.add(nameOf(choice));
        }
        return text(String.join(", ", names), (key, value) -> {
            if (!names.contains(value.toLowerCase(Locale.ROOT))) {
                throw new ConfigException(
                        "Configuration " + key + " is '" + value + "', it must be one of: " + String.join(", ", names));
            }
        });
    }

    static <E extends Enum<E>> E choice(Class<E> choices, String value) {
        return Enum.valueOf(choices, value.toUpperCase(Locale.ROOT).replace('.', '_'));
    }

    static String nameOf(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** An error of a rule in a configuration, as Connect shows it. */
    static ConfigException refused(String key, ConditionSyntaxException e) {
        return new ConfigException("Configuration " + key + ", " + e.getMessage());
    }

    private interface Check {
        void accept(String key, String value);
    }

    private static ConfigDef.Validator text(String expected, Check check) {
        return new ConfigDef.Validator() {
            @Override
            public void ensureValid(String name, @Nullable Object value) {
                if (value instanceof String text && !text.isEmpty()) {
                    try {
                        check.accept(name, text);
                    } catch (ConditionSyntaxException e) {
                        throw refused(name, e);
                    }
                }
            }

            @Override
            public String toString() {
                return expected;
            }
        };
    }
}
