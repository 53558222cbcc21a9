package io.catalogconnect.transforms.condition;

import dev.cel.common.CelSource;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.LinkedHashSet;
import java.util.Set;

/** Questions about the parts of a condition. */
final class Expressions {
    private Expressions() {}

    /** The names of all fields that a condition asks for, at any depth. */
    static Set<String> fieldNames(CelExpr expr) {
        Set<String> names = new LinkedHashSet<>();
        collect(expr, names);
        return names;
    }

    /** Whether the value of an expression can differ from record to record. */
    static boolean looksAtRecord(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> true;
            case SELECT -> looksAtRecord(expr.select().operand());
            case CALL ->
                expr.call().target().filter(Expressions::looksAtRecord).isPresent()
                        || expr.call().args().stream().anyMatch(Expressions::looksAtRecord);
            case LIST -> expr.list().elements().stream().anyMatch(Expressions::looksAtRecord);
            default -> false;
        };
    }

    private static void collect(CelExpr expr, Set<String> names) {
        switch (expr.getKind()) {
            case SELECT -> {
                names.add(expr.select().field());
                collect(expr.select().operand(), names);
            }
            case CALL -> {
                expr.call().target().ifPresent(target -> collect(target, names));
                expr.call().args().forEach(arg -> collect(arg, names));
            }
            case LIST -> expr.list().elements().forEach(element -> collect(element, names));
            default -> {}
        }
    }

    /** A part of a condition in words, for errors about a record: {@code value.year_release}. */
    static String path(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> expr.ident().name();
            case SELECT -> path(expr.select().operand()) + "." + expr.select().field();
            case CALL ->
                expr.call().function().equals("_[_]") ? path(expr.call().args().get(0)) + "[...]" : "an operand";
            default -> "an operand";
        };
    }

    /** Whether the expression is a string literal. */
    static boolean isText(CelExpr expr) {
        return expr.getKind() == Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    /** The place of an expression, in code points from the start of the condition. */
    static int offsetOf(CelSource source, long exprId) {
        Integer offset = source.getPositionsMap().get(exprId);
        return offset == null ? 0 : offset;
    }
}
