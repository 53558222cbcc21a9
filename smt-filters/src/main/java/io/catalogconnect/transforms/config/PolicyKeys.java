package io.catalogconnect.transforms.config;

import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.transforms.rule.Fallback;
import io.catalogconnect.transforms.rule.RulePolicies;
import io.catalogconnect.transforms.rule.RulePolicies.Policy;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * The keys for records that a condition cannot decide. Each plugin accepts other words for them.
 *
 * @param choices the words besides `fail`, for error messages
 * @param tombstoneChoices the same for tombstones
 */
record PolicyKeys(
        Setting<Fallback> onNull,
        Setting<Fallback> onMissingField,
        Setting<Fallback> onTombstone,
        String choices,
        String tombstoneChoices) {

    static final String POLICIES = "Policies";

    /** The policies of plugins with several rules. */
    static PolicyKeys ofSeveralRules() {
        return of(
                List.of(Fallback.SKIP),
                "`skip` treats the condition as false",
                List.of(Fallback.SKIP, Fallback.EVALUATE),
                "`skip` treats the condition as false");
    }

    /**
     * Defines the keys.
     *
     * @param words the words besides `fail` for nulls and missing fields
     * @param meaning explains these words
     * @param tombstoneWords the words for tombstones, the default first
     * @param tombstoneMeaning explains these words
     */
    static PolicyKeys of(List<Fallback> words, String meaning, List<Fallback> tombstoneWords, String tombstoneMeaning) {
        return new PolicyKeys(
                Setting.oneOf("on.null", Fallback.FAIL, words)
                        .described(
                                Importance.MEDIUM,
                                "On null",
                                "Handling of a record with a null where a condition needs a value, as in `value.price > 100`:"
                                        + " `fail` stops the task, " + meaning + "."),
                Setting.oneOf("on.missing.field", Fallback.FAIL, words)
                        .described(
                                Importance.MEDIUM,
                                "On missing field",
                                "Handling of a record without a field that a condition reads: `fail` stops the task, "
                                        + meaning + "."),
                Setting.oneOf(
                                "on.tombstone",
                                tombstoneWords.get(0),
                                tombstoneWords.stream().skip(1).toList())
                        .described(
                                Importance.MEDIUM,
                                "On tombstone",
                                "Handling of a record without a value if the condition reads the value: "
                                        + tombstoneMeaning
                                        + "; `evaluate` evaluates the condition, for which `present(value.image)` is false."),
                choices(words),
                choices(tombstoneWords.stream()
                        .filter(word -> word != Fallback.FAIL)
                        .toList()));
    }

    /** Reads the keys. */
    RulePolicies read(boolean answerWhenTrue, Settings settings) {
        return new RulePolicies(
                answerWhenTrue,
                policy(settings, onNull),
                policy(settings, onMissingField),
                new Policy(settings.get(onTombstone), "Set " + onTombstone.name() + " to " + tombstoneChoices));
    }

    private Policy policy(Settings settings, Setting<Fallback> key) {
        return new Policy(
                settings.get(key),
                "Guard it in the rule, as in present(...) && ..., or set " + key.name() + " to " + choices);
    }

    private static String choices(List<Fallback> words) {
        List<String> texts = words.stream().map(Setting::wordOf).toList();
        int last = texts.size() - 1;
        return last == 0 ? texts.get(0) : String.join(", ", texts.subList(0, last)) + " or " + texts.get(last);
    }
}
