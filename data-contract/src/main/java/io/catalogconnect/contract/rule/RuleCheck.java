package io.catalogconnect.contract.rule;

import io.catalogconnect.transforms.condition.Condition;
import io.catalogconnect.transforms.condition.ConditionSyntaxException;
import io.catalogconnect.transforms.condition.ConditionText;
import io.catalogconnect.transforms.condition.DeclaredFields;
import java.util.Optional;

/** Compiles a rule as the transformation {@code ConditionFilter} does. */
public final class RuleCheck {
    private RuleCheck() {}

    /**
     * What prevents the use of a rule.
     *
     * @param message without a full stop
     * @param line line in the rule, from 1
     * @param column column in that line in code points, from 1
     */
    public record Problem(String message, int line, int column) {}

    /**
     * Compiles a rule for records with fields.
     *
     * @param fields as in the key {@code fields} of the transformation
     */
    public static Optional<Problem> problem(String rule, String fields) {
        try {
            Condition.of(ConditionText.whole("rule", rule), DeclaredFields.parse(fields));
            return Optional.empty();
        } catch (ConditionSyntaxException e) {
            return Optional.of(new Problem(e.problem(), e.line(), e.column()));
        }
    }

    /**
     * True if two rules have the same meaning apart from white space, comments, parentheses and quotes. False if one of them
     * cannot be used.
     *
     * @param fields as in the key {@code fields} of the transformation
     */
    public static boolean areSame(String first, String second, String fields) {
        try {
            DeclaredFields declared = DeclaredFields.parse(fields);
            return Condition.of(ConditionText.whole("rule", first), declared)
                    .hasSameTree(Condition.of(ConditionText.whole("rule", second), declared));
        } catch (ConditionSyntaxException e) {
            return false;
        }
    }
}
