package io.catalogconnect.transforms.condition;

import dev.cel.common.ast.CelExpr;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names of all fields that a condition asks for, at whatever depth. */
final class FieldNames {
    private FieldNames() {}

    static Set<String> in(CelExpr expr) {
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
                expr.call().target().filter(FieldNames::looksAtRecord).isPresent()
                        || expr.call().args().stream().anyMatch(FieldNames::looksAtRecord);
            case LIST -> expr.list().elements().stream().anyMatch(FieldNames::looksAtRecord);
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
}
