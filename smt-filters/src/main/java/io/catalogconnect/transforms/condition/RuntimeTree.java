package io.catalogconnect.transforms.condition;

import com.google.common.collect.ImmutableList;
import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rewrites a checked condition for CEL's runtime, so that what a field's absence or null means is decided by
 * {@link RuntimeFunctions} and not by CEL, which knows one kind of error only.
 *
 * <ul>
 *   <li>{@code a.b} becomes {@code @field(a, "b")}, {@code has(a.b)} becomes {@code @has(a, "b")};
 *   <li>{@code present(a.b.c)} and {@code blank(a.b.c)} are asked of {@code a} with the path {@code ["b", "c"]}, because absence on
 *       the way is an answer to them;
 *   <li>{@code ==}, {@code !=} and {@code in} become functions that refuse to compare a text with a number;
 *   <li>an operand that may be null is wrapped in {@code @value(...)}, which tells null from other faults, and one that may
 *       be neither true nor false where it must be in {@code @answer(...)}.
 * </ul>
 */
final class RuntimeTree {
    private final CelAbstractSyntaxTree checked;
    private final Map<Long, CelReference> references;
    private final Map<Long, CelType> types;
    private long nextId;

    private RuntimeTree(CelAbstractSyntaxTree checked) {
        this.checked = checked;
        this.references = new HashMap<>(checked.getReferenceMap());
        this.types = new HashMap<>(checked.getTypeMap());
        this.nextId = 1
                + Math.max(
                        checked.getSource().getPositionsMap().keySet().stream()
                                .mapToLong(Long::longValue)
                                .max()
                                .orElse(0),
                        types.keySet().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    /** A whole condition, which must be true or false. */
    static CelAbstractSyntaxTree of(CelAbstractSyntaxTree checked) {
        RuntimeTree tree = new RuntimeTree(checked);
        CelExpr root = tree.answer(checked.getExpr());
        return CelAbstractSyntaxTree.newCheckedAst(root, checked.getSource(), tree.references, tree.types);
    }

    /** A part of a condition, which may be anything. */
    static CelAbstractSyntaxTree ofPart(CelAbstractSyntaxTree checked) {
        RuntimeTree tree = new RuntimeTree(checked);
        CelExpr root = tree.rewrite(checked.getExpr());
        return CelAbstractSyntaxTree.newCheckedAst(root, checked.getSource(), tree.references, tree.types);
    }

    private CelExpr rewrite(CelExpr expr) {
        return switch (expr.getKind()) {
            case SELECT ->
                function(
                        expr.select().testOnly() ? RuntimeFunctions.HAS : RuntimeFunctions.FIELD,
                        expr,
                        rewrite(expr.select().operand()),
                        text(expr.select().field()));
            case LIST ->
                CelExpr.ofList(
                        expr.id(),
                        expr.list().elements().stream().map(this::rewrite).collect(ImmutableList.toImmutableList()),
                        ImmutableList.of());
            case CALL -> call(expr);
            default -> expr;
        };
    }

    private CelExpr call(CelExpr expr) {
        CelCall call = expr.call();
        List<CelExpr> args = call.args();
        return switch (call.function()) {
            case Language.PRESENT -> path(RuntimeFunctions.PRESENT, expr);
            case Language.BLANK -> path(RuntimeFunctions.BLANK, expr);
            case "_==_" -> function(RuntimeFunctions.EQUAL, expr, rewrite(args.get(0)), rewrite(args.get(1)));
            case "_!=_" -> function(RuntimeFunctions.NOT_EQUAL, expr, rewrite(args.get(0)), rewrite(args.get(1)));
            case "@in" -> function(RuntimeFunctions.IN, expr, rewrite(args.get(0)), operand(args.get(1)));
            case "_&&_", "_||_", "!_" ->
                CelExpr.ofCall(
                        expr.id(),
                        Optional.empty(),
                        call.function(),
                        args.stream().map(this::answer).collect(ImmutableList.toImmutableList()));
            case "_?_:_" ->
                CelExpr.ofCall(
                        expr.id(),
                        Optional.empty(),
                        call.function(),
                        ImmutableList.of(answer(args.get(0)), rewrite(args.get(1)), rewrite(args.get(2))));
            case Language.EQI -> function(RuntimeFunctions.EQI, expr, rewrite(args.get(0)), rewrite(args.get(1)));
            case Language.LOWER -> function(RuntimeFunctions.LOWER, expr, operand(args.get(0)));
            case Language.UPPER -> function(RuntimeFunctions.UPPER, expr, operand(args.get(0)));
            case Language.TRIM -> function(RuntimeFunctions.TRIM, expr, operand(args.get(0)));
            case Language.NUM -> function(RuntimeFunctions.NUM, expr, operand(args.get(0)));
            case Language.DATE -> function(RuntimeFunctions.DATE, expr, operand(args.get(0)));
            case "contains" -> function(RuntimeFunctions.CONTAINS, expr, operandsOf(call));
            case "matches" -> matches(expr);
            case "_+_", "string", "size" ->
                CelExpr.ofCall(
                        expr.id(),
                        call.target().map(this::part),
                        call.function(),
                        args.stream().map(this::part).collect(ImmutableList.toImmutableList()));
            default ->
                CelExpr.ofCall(
                        expr.id(),
                        call.target().map(this::operand),
                        call.function(),
                        args.stream().map(this::operand).collect(ImmutableList.toImmutableList()));
        };
    }

    /** Rewrites an operand that must not be null. */
    private CelExpr operand(CelExpr expr) {
        CelExpr rewritten = rewrite(expr);
        return maybeNull(expr)
                ? function(RuntimeFunctions.VALUE, expr, rewritten, text(Expressions.path(expr)))
                : rewritten;
    }

    private CelExpr[] operandsOf(CelCall call) {
        return Stream.concat(call.target().stream(), call.args().stream())
                .map(this::operand)
                .toArray(CelExpr[]::new);
    }

    /** Rewrites an operand that the operator copies. */
    private CelExpr part(CelExpr expr) {
        return function(RuntimeFunctions.PART, expr, operand(expr));
    }

    private CelExpr matches(CelExpr expr) {
        CelExpr[] operands = operandsOf(expr.call());
        int instructions = Pattern.compile(operands[1].constant().stringValue()).programSize();
        CelExpr searched = function(
                RuntimeFunctions.SEARCHED, operands[0], operands[0], CelExpr.ofConstant(id(), CelConstant.ofValue((long)
                        instructions)));
        boolean isMember = expr.call().target().isPresent();
        return CelExpr.ofCall(
                expr.id(),
                isMember ? Optional.of(searched) : Optional.empty(),
                expr.call().function(),
                isMember ? ImmutableList.of(operands[1]) : ImmutableList.of(searched, operands[1]));
    }

    /** Rewrites an operand that must be true or false; CEL itself does not let the other side decide when it is neither. */
    private CelExpr answer(CelExpr expr) {
        CelExpr operand = operand(expr);
        boolean sure = !maybeNull(expr)
                && checked.getType(expr.id()).filter(SimpleType.BOOL::equals).isPresent();
        return sure ? operand : function(RuntimeFunctions.ANSWER, expr, operand);
    }

    static boolean maybeNull(CelExpr expr) {
        return switch (expr.getKind()) {
            case SELECT -> !expr.select().testOnly();
            case IDENT -> true;
            case CALL ->
                expr.call().function().equals("_[_]") || expr.call().function().equals("_?_:_");
            case CONSTANT -> expr.constant().getKind() == CelConstant.Kind.NULL_VALUE;
            default -> false;
        };
    }

    private CelExpr path(String function, CelExpr call) {
        CelExpr root = call.call().args().get(0);
        List<CelExpr> names = new ArrayList<>();
        while (root.getKind() == CelExpr.ExprKind.Kind.SELECT && !root.select().testOnly()) {
            names.add(0, text(root.select().field()));
            root = root.select().operand();
        }
        return function(
                function, call, rewrite(root), CelExpr.ofList(id(), ImmutableList.copyOf(names), ImmutableList.of()));
    }

    private CelExpr function(String name, CelExpr original, CelExpr... args) {
        long id = id();
        references.put(id, CelReference.newBuilder().addOverloadIds(name).build());
        types.put(id, checked.getType(original.id()).orElse(SimpleType.DYN));
        return CelExpr.ofCall(id, Optional.empty(), name, ImmutableList.copyOf(args));
    }

    private CelExpr text(String text) {
        return CelExpr.ofConstant(id(), CelConstant.ofValue(text));
    }

    private long id() {
        return nextId++;
    }
}
