package io.catalogconnect.transforms.condition;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import java.util.Optional;

/** A condition's text to a checked tree, or to an error that shows its place. Stateless. */
final class ConditionCompiler {
    private ConditionCompiler() {}

    /**
     * Parses and checks.
     *
     * @param types what is known of the record
     * @throws ConditionSyntaxException when the condition cannot be used
     */
    static CelAbstractSyntaxTree compile(ConditionText text, RecordTypes types) {
        String condition = text.text();
        if (condition.isBlank()) {
            throw text.errorAt(0, "there is no condition here; write one, for example present(value.image)");
        }
        int length = condition.codePointCount(0, condition.length());
        if (length > Language.MAX_LENGTH) {
            throw text.errorAt(
                    Language.MAX_LENGTH,
                    "the condition has " + length + " characters, at most " + Language.MAX_LENGTH + " are taken");
        }
        int unresolved = condition.indexOf("${");
        if (unresolved >= 0) {
            throw text.errorAt(
                    condition.codePointCount(0, unresolved),
                    "'${' was not replaced; check the name and the worker's config.providers");
        }
        CelCompiler compiler = types.compiler();
        CelAbstractSyntaxTree parsed = success(compiler.parse(condition), text, types);
        Fences.check(text, parsed);
        CelAbstractSyntaxTree named =
                CelAbstractSyntaxTree.newParsedAst(fieldsByName(parsed.getExpr()), parsed.getSource());
        CelAbstractSyntaxTree checked = success(compiler.check(named), text, types);
        CelType result = checked.getResultType();
        if (!isBoolean(result)) {
            throw text.errorAt(
                    0,
                    "the condition gives " + IssueTranslator.typeInWords(result)
                            + ", it must give true or false; compare it with something, or ask present(...)");
        }
        NeverRight.check(text, checked, types.fieldNames());
        return checked;
    }

    private static boolean isBoolean(CelType type) {
        CelType plain = type instanceof NullableType nullable ? nullable.targetType() : type;
        return plain.equals(SimpleType.BOOL) || plain.equals(SimpleType.DYN);
    }

    private static CelAbstractSyntaxTree success(CelValidationResult result, ConditionText text, RecordTypes types) {
        if (result.hasError()) {
            CelIssue first = result.getErrors().get(0);
            throw IssueTranslator.translate(first, result.getSource(), text, types);
        }
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException("CEL reports no error and gives no tree", e);
        }
    }

    /** {@code value["a b"]} is {@code value.a b}: a name that is no identifier can be asked of a struct too. */
    private static CelExpr fieldsByName(CelExpr expr) {
        return switch (expr.getKind()) {
            case SELECT ->
                CelExpr.ofSelect(
                        expr.id(),
                        fieldsByName(expr.select().operand()),
                        expr.select().field(),
                        expr.select().testOnly());
            case CALL -> {
                CelCall call = expr.call();
                Optional<CelExpr> target = call.target().map(ConditionCompiler::fieldsByName);
                ImmutableList<CelExpr> args = call.args().stream()
                        .map(ConditionCompiler::fieldsByName)
                        .collect(ImmutableList.toImmutableList());
                yield call.function().equals("_[_]") && Expressions.isText(args.get(1))
                        ? CelExpr.ofSelect(
                                expr.id(), args.get(0), args.get(1).constant().stringValue(), false)
                        : CelExpr.ofCall(expr.id(), target, call.function(), args);
            }
            case LIST ->
                CelExpr.ofList(
                        expr.id(),
                        expr.list().elements().stream()
                                .map(ConditionCompiler::fieldsByName)
                                .collect(ImmutableList.toImmutableList()),
                        ImmutableList.of());
            default -> expr;
        };
    }
}
