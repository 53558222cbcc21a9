package io.catalogconnect.transforms;

import io.catalogconnect.transforms.condition.Verdict;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;

/** What happens to a record that one rule of several cannot decide. Immutable. */
record RulePolicies(Choice onNull, Choice onMissingField) {
    enum Choice {
        /** Stop with an error. */
        FAIL,
        /** The rule counts as one that does not match. */
        SKIP
    }

    static ConfigDef define(ConfigDef def) {
        return RuleKeys.definePolicies(
                def, Choice.FAIL, "fail, or skip, which takes the rule for one that does not match");
    }

    static RulePolicies of(AbstractConfig config) {
        return new RulePolicies(
                RuleKeys.choice(Choice.class, config.getString(RuleKeys.ON_NULL)),
                RuleKeys.choice(Choice.class, config.getString(RuleKeys.ON_MISSING_FIELD)));
    }

    /**
     * Whether the rule matches.
     *
     * @param what the rule in words, for errors
     */
    boolean matches(String what, Rule rule, ConnectRecord<?> record) {
        Verdict verdict = rule.evaluate(record);
        return switch (verdict.kind()) {
            case MATCH -> true;
            case NO_MATCH -> false;
            case NULL -> skipped(onNull, RuleKeys.ON_NULL, what, verdict, record);
            case MISSING -> skipped(onMissingField, RuleKeys.ON_MISSING_FIELD, what, verdict, record);
            case ERROR -> throw RuleFailure.of(what, verdict.detail(), "Correct the rule", record);
        };
    }

    private static boolean skipped(Choice choice, String key, String what, Verdict verdict, ConnectRecord<?> record) {
        if (choice == Choice.SKIP) {
            return false;
        }
        throw RuleFailure.of(
                what,
                verdict.detail(),
                "Guard it in the rule, as in present(...) && ..., or set " + key
                        + " to skip, which takes the rule for one that does not match",
                record);
    }
}
