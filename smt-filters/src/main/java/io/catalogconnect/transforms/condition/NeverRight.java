package io.catalogconnect.transforms.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Refuses parts of a condition that are always true, never true or never computable, whatever the record holds: such a part is
 * a mistake, and would be noticed only when records are missing. Stateless.
 */
final class NeverRight {
    private final ConditionText text;
    private final CelAbstractSyntaxTree checked;
    private final Set<String> fieldNames;

    private NeverRight(ConditionText text, CelAbstractSyntaxTree checked, Set<String> fieldNames) {
        this.text = text;
        this.checked = checked;
        this.fieldNames = fieldNames;
    }

    /**
     * Looks at every part.
     *
     * @param fieldNames names of the record's fields, as far as they are known
     * @throws ConditionSyntaxException with the place of the first part that cannot be right
     */
    static void check(ConditionText text, CelAbstractSyntaxTree checked, Set<String> fieldNames) {
        new NeverRight(text, checked, fieldNames).visit(checked.getExpr(), false);
    }

    private void visit(CelExpr expr, boolean isPartOfConstant) {
        boolean isConstant = isPartOfConstant;
        if (expr.getKind() == Kind.CONSTANT
                && expr.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE
                && Double.isInfinite(expr.constant().doubleValue())) {
            throw errorAt(expr, "this number is too large for a double");
        }
        if (expr.getKind() == Kind.CALL) {
            // A constant is computed as a whole: false && 1 / 0 == 1 has a value.
            if (!isConstant && !Expressions.looksAtRecord(expr)) {
                requireValue(expr);
                isConstant = true;
            }
            call(expr.call());
        }
        for (CelExpr child : childrenOf(expr).toList()) {
            visit(child, isConstant);
        }
    }

    private static Stream<CelExpr> childrenOf(CelExpr expr) {
        return switch (expr.getKind()) {
            case SELECT -> Stream.of(expr.select().operand());
            case LIST -> expr.list().elements().stream();
            case CALL -> operandsOf(expr.call()).stream();
            default -> Stream.of();
        };
    }

    private static List<CelExpr> operandsOf(CelCall call) {
        return Stream.concat(call.target().stream(), call.args().stream()).toList();
    }

    /** A part that does not read the record has one value for all records, or none. */
    private void requireValue(CelExpr constant) {
        Optional<Verdict> failure = failureOf(constant);
        if (failure.isEmpty()) {
            return;
        }
        CelExpr innermost = constant;
        for (Optional<CelExpr> next = Optional.of(constant); next.isPresent(); ) {
            innermost = next.get();
            next = childrenOf(innermost)
                    .filter(child ->
                            child.getKind() == Kind.CALL && failureOf(child).isPresent())
                    .findFirst();
        }
        throw errorAt(
                innermost,
                "this part fails for every record: "
                        + failureOf(innermost).orElseThrow().detail());
    }

    private Optional<Verdict> failureOf(CelExpr constant) {
        Object value = CelEvaluator.valueOf(CelAbstractSyntaxTree.newCheckedAst(
                constant, checked.getSource(), checked.getReferenceMap(), checked.getTypeMap()));
        return value instanceof Verdict verdict ? Optional.of(verdict) : Optional.empty();
    }

    private void call(CelCall call) {
        List<CelExpr> operands = operandsOf(call);
        switch (call.function()) {
            case Language.PRESENT, Language.BLANK -> requirePath(call.function(), operands.get(0));
            case "_==_", "_!=_" -> {
                operands.forEach(operand -> requireNoFieldName(operand, operands));
                requirePossible(operands.get(0), List.of(operands.get(1)));
                requirePossible(operands.get(1), List.of(operands.get(0)));
            }
            case "@in" -> {
                if (operands.get(1).getKind() == Kind.LIST) {
                    List<CelExpr> elements = operands.get(1).list().elements();
                    if (elements.isEmpty()) {
                        throw errorAt(operands.get(1), "'in' is never true for an empty list; put values into it");
                    }
                    requirePossible(operands.get(0), elements);
                }
            }
            case "startsWith", "endsWith", "contains" ->
                requirePossible(operands.get(0), operands.subList(1, operands.size()));
            default -> {}
        }
    }

    /** Refuses the name of a field in quotation marks, as SQL has it, in a comparison with a constant. */
    private void requireNoFieldName(CelExpr operand, List<CelExpr> operands) {
        if (Expressions.isText(operand)
                && operands.stream().noneMatch(Expressions::looksAtRecord)
                && fieldNames.contains(operand.constant().stringValue())) {
            String name = operand.constant().stringValue();
            throw errorAt(operand, "'" + name + "' is a text here; a field is written value." + name);
        }
    }

    private void requirePath(String function, CelExpr operand) {
        if (isPath(operand)) {
            return;
        }
        String name = Expressions.isText(operand) ? operand.constant().stringValue() : "";
        throw errorAt(
                operand,
                name.startsWith(Language.VALUE + ".") || name.startsWith(Language.KEY + ".")
                        ? function + " gets the text '" + name
                                + "' here, whose answer is always the same; leave out the quotation marks: "
                                + function + "(" + name + ")"
                        : function + " needs a field, as in " + function
                                + "(value.image); the answer for anything else is always the same");
    }

    private static boolean isPath(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> true;
            case SELECT -> !expr.select().testOnly() && isPath(expr.select().operand());
            case CALL ->
                expr.call().function().equals("_[_]")
                        && isPath(expr.call().args().get(0));
            default -> false;
        };
    }

    /** Refuses a comparison of an operand with constants none of which it can ever equal or contain. */
    private void requirePossible(CelExpr operand, List<CelExpr> constants) {
        if (isWhole(operand) && constants.stream().allMatch(NeverRight::isFraction)) {
            boolean isQuotient =
                    operand.getKind() == Kind.CALL && operand.call().function().equals("_/_");
            throw errorAt(
                    constants.get(0),
                    "an int is never equal to " + constants.get(0).constant().doubleValue()
                            + (isQuotient ? "; a quotient of two ints is an int, divide by 2.0 and not by 2" : ""));
        }
        UnaryOperator<String> conversion = conversionOf(operand);
        if (constants.stream()
                .allMatch(constant -> Expressions.isText(constant)
                        && !conversion
                                .apply(constant.constant().stringValue())
                                .equals(constant.constant().stringValue()))) {
            String written = constants.get(0).constant().stringValue();
            throw errorAt(
                    constants.get(0),
                    operand.call().function() + "(...) never has the text '" + written + "'; write '"
                            + conversion.apply(written) + "'");
        }
    }

    private static UnaryOperator<String> conversionOf(CelExpr operand) {
        return switch (operand.getKind() == Kind.CALL ? operand.call().function() : "") {
            case Language.LOWER -> text -> text.toLowerCase(Locale.ROOT);
            case Language.UPPER -> text -> text.toUpperCase(Locale.ROOT);
            default -> UnaryOperator.identity();
        };
    }

    private boolean isWhole(CelExpr expr) {
        CelType type = checked.getType(expr.id()).orElse(SimpleType.DYN);
        return (type instanceof NullableType nullable ? nullable.targetType() : type).equals(SimpleType.INT);
    }

    private static boolean isFraction(CelExpr expr) {
        return expr.getKind() == Kind.CONSTANT
                && expr.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE
                && expr.constant().doubleValue() != Math.rint(expr.constant().doubleValue());
    }

    private ConditionSyntaxException errorAt(CelExpr expr, String message) {
        return text.errorAt(startOf(expr), message);
    }

    /** CEL's place of a call is its operator or parenthesis; a reader looks at the start of its first part. */
    private int startOf(CelExpr expr) {
        int start = Expressions.offsetOf(checked.getSource(), expr.id());
        if (expr.getKind() == Kind.CALL
                && expr.call().target().isEmpty()
                && Character.isLetter(expr.call().function().codePointAt(0))) {
            start = IssueTranslator.before(text.text(), expr.call().function(), start);
        }
        if (expr.getKind() == Kind.SELECT && expr.select().testOnly()) {
            start = IssueTranslator.before(text.text(), "has", start);
        }
        return childrenOf(expr).mapToInt(this::startOf).reduce(start, Math::min);
    }
}
