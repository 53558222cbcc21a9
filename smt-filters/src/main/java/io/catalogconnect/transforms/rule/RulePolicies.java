package io.catalogconnect.transforms.rule;

import io.catalogconnect.transforms.condition.Verdict;
import org.apache.kafka.connect.connector.ConnectRecord;

/**
 * The answers that rules give, also where a condition has none. Immutable.
 *
 * @param answerWhenTrue the answer where the condition is true; the opposite is the answer where it is false
 * @param onNull for a null where the condition needs a value
 * @param onMissingField for a record without a field that the condition reads
 * @param onTombstone for a record without a value, if the condition reads the value
 */
public record RulePolicies(boolean answerWhenTrue, Policy onNull, Policy onMissingField, Policy onTombstone) {

    /**
     * The handling of one kind of record without an answer.
     *
     * @param fallback the configured handling
     * @param advice the correction that an error message proposes, without a full stop
     */
    public record Policy(Fallback fallback, String advice) {

        private boolean answer(Rule rule, String problem, ConnectRecord<?> record) {
            return switch (fallback) {
                case KEEP, TRUE -> true;
                case DROP, SKIP, FALSE -> false;
                case FAIL -> throw RuleFailure.notEvaluated(rule, problem, advice, record);
                case EVALUATE -> throw new IllegalStateException("The condition decides about such a record");
            };
        }
    }

    public RulePolicies {
        if (onNull.fallback() == Fallback.EVALUATE || onMissingField.fallback() == Fallback.EVALUATE) {
            throw new IllegalArgumentException("Only a tombstone can be left to the condition");
        }
    }

    /**
     * The answer of a rule for a record.
     *
     * @throws org.apache.kafka.connect.errors.DataException if the condition cannot be evaluated and the policy is to fail
     */
    public boolean answer(Rule rule, ConnectRecord<?> record) {
        if (onTombstone.fallback() != Fallback.EVALUATE && rule.lacksValueOf(record)) {
            return onTombstone.answer(rule, "the record is a tombstone", record);
        }
        Verdict verdict = rule.evaluate(record);
        return switch (verdict.kind()) {
            case MATCH -> answerWhenTrue;
            case NO_MATCH -> !answerWhenTrue;
            case NULL -> onNull.answer(rule, verdict.detail(), record);
            case MISSING -> onMissingField.answer(rule, verdict.detail(), record);
            case ERROR -> throw RuleFailure.notEvaluated(rule, verdict.detail(), "Correct the rule", record);
        };
    }
}
