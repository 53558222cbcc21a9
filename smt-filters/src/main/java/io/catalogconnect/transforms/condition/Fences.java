package io.catalogconnect.transforms.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import java.util.regex.Matcher;

/**
 * What the grammar takes and a condition must not have: made-up messages and maps, unsigned numbers, and regular expressions
 * that are not written out, are wrong, or would grow large. Stateless.
 */
final class Fences {
    /** The product of all counted repetitions in one regular expression; RE2 copies the repeated part that many times. */
    static final int MAX_REPETITIONS = 1_000;

    /** Instructions in one regular expression; the time of a search grows with their number times the text's length. */
    static final int MAX_INSTRUCTIONS = 1_000;

    private static final java.util.regex.Pattern COUNTED =
            java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

    private final ConditionText text;
    private final CelSource source;

    private Fences(ConditionText text, CelSource source) {
        this.text = text;
        this.source = source;
    }

    static void check(ConditionText text, CelAbstractSyntaxTree parsed) {
        new Fences(text, parsed.getSource()).visit(parsed.getExpr());
    }

    private void visit(CelExpr expr) {
        switch (expr.getKind()) {
            case CALL -> call(expr);
            case SELECT -> visit(expr.select().operand());
            case LIST -> expr.list().elements().forEach(this::visit);
            case CONSTANT -> {
                if (expr.constant().getKind() == CelConstant.Kind.UINT64_VALUE) {
                    throw error(expr, "unsigned numbers are not part of the language; leave the u away");
                }
            }
            case STRUCT, MAP, COMPREHENSION ->
                throw error(expr, "a condition cannot build messages or maps; it can look at the record only");
            case IDENT, NOT_SET -> {}
        }
    }

    private void call(CelExpr expr) {
        CelCall call = expr.call();
        call.target().ifPresent(this::visit);
        call.args().forEach(this::visit);
        if (call.function().equals("matches") && !call.args().isEmpty()) {
            regex(call.args().get(call.args().size() - 1));
        }
    }

    private void regex(CelExpr expr) {
        if (!Expressions.isText(expr)) {
            throw error(expr, "the regular expression must be written out, as in value.brand.matches('^Sam')");
        }
        String regex = expr.constant().stringValue();
        Matcher counted = COUNTED.matcher(regex);
        long repetitions = 1;
        while (counted.find()) {
            String most = counted.group(2) == null || counted.group(2).isEmpty() ? counted.group(1) : counted.group(2);
            repetitions = Math.min(Integer.MAX_VALUE, repetitions * Math.max(1, Long.parseLong(most)));
        }
        if (repetitions > MAX_REPETITIONS) {
            throw error(
                    expr,
                    "the counted repetitions of this regular expression multiply to more than " + MAX_REPETITIONS
                            + "; use smaller ones, or * and +");
        }
        try {
            int instructions = Pattern.compile(regex).programSize();
            if (instructions > MAX_INSTRUCTIONS) {
                throw error(
                        expr,
                        "this regular expression has " + instructions + " instructions, at most " + MAX_INSTRUCTIONS
                                + " are accepted; use fewer or smaller repetitions");
            }
        } catch (PatternSyntaxException e) {
            throw error(expr, "this is no regular expression of RE2: " + e.getMessage());
        }
    }

    private ConditionSyntaxException error(CelExpr at, String message) {
        return text.errorAt(Expressions.offsetOf(source, at.id()), message);
    }
}
