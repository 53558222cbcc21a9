package io.catalogconnect.transforms.condition;

import dev.cel.common.ast.CelExpr;

/** A part of a condition in words, for errors about a record: {@code value.year_release}. */
final class Paths {
    private Paths() {}

    static String of(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> expr.ident().name();
            case SELECT -> of(expr.select().operand()) + "." + expr.select().field();
            case CALL ->
                expr.call().function().equals("_[_]") ? of(expr.call().args().get(0)) + "[...]" : "an operand";
            default -> "an operand";
        };
    }
}
