package io.catalogconnect.transforms.condition;

import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes a checked condition a tree of {@link Node}s for records of one schema.
 *
 * <p>What conditions are made of is covered; what is rare (conversions, parts of a date, arithmetic over unknown kinds) is
 * not, and then the whole condition runs on CEL's runtime, see {@link CelEvaluator}. Both give the same answers, which a
 * differential test holds them to.
 */
final class ClosureCompiler {
    /** Leaves the compilation when something is not covered. */
    private static final class NotCovered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotCovered() {
            super(null, null, false, false);
        }
    }

    private static final Set<CelType> NUMBERS = Set.of(SimpleType.INT, SimpleType.DOUBLE);

    private final CelAbstractSyntaxTree checked;
    private final @Nullable Schema valueSchema;
    private final @Nullable Schema keySchema;

    private ClosureCompiler(CelAbstractSyntaxTree checked, @Nullable Schema valueSchema, @Nullable Schema keySchema) {
        this.checked = checked;
        this.valueSchema = valueSchema;
        this.keySchema = keySchema;
    }

    /**
     * The condition for records whose value and key are Structs of these schemas.
     *
     * @param valueSchema null for values that are no Structs
     * @param keySchema null for keys that are no Structs
     * @return empty when the condition needs CEL's runtime
     */
    static Optional<Node> compile(
            CelAbstractSyntaxTree checked, @Nullable Schema valueSchema, @Nullable Schema keySchema) {
        try {
            return Optional.of(new ClosureCompiler(checked, valueSchema, keySchema).operand(checked.getExpr()));
        } catch (NotCovered notCovered) {
            return Optional.empty();
        }
    }

    private Node node(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT -> new Node.Constant(constant(expr.constant()));
            case IDENT -> variable(expr.ident().name());
            case SELECT -> select(expr);
            case LIST -> list(expr);
            case CALL -> Expressions.looksAtRecord(expr) ? call(expr) : folded(expr);
            case NOT_SET, STRUCT, MAP, COMPREHENSION -> throw new NotCovered();
        };
    }

    private static Object constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case NULL_VALUE -> constant.nullValue();
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            case BYTES_VALUE -> constant.bytesValue();
            default -> throw new NotCovered();
        };
    }

    private Node variable(String name) {
        if (name.equals(Language.VALUE) && valueSchema != null) {
            return new FieldNodes.ValueStruct(valueSchema);
        }
        if (name.equals(Language.KEY) && keySchema != null) {
            return new FieldNodes.KeyStruct(keySchema);
        }
        return new FieldNodes.Variable(name);
    }

    private Node select(CelExpr expr) {
        Node holder = node(expr.select().operand());
        String name = expr.select().field();
        if (expr.select().testOnly()) {
            return new FieldNodes.Has(holder, name);
        }
        Field field = knownField(holder, name);
        return field == null
                ? new FieldNodes.ByName(holder, name)
                : new FieldNodes.OfStruct((FieldNodes.Raw) holder, field);
    }

    private static @Nullable Field knownField(Node holder, String name) {
        if (!(holder instanceof FieldNodes.Raw raw)) {
            return null;
        }
        Schema schema = raw.schema();
        return schema == null || schema.type() != Schema.Type.STRUCT ? null : schema.field(name);
    }

    private Node list(CelExpr expr) {
        List<Node> elements = expr.list().elements().stream().map(this::node).toList();
        if (!Expressions.looksAtRecord(expr)) {
            List<Object> values = new ArrayList<>();
            for (Node element : elements) {
                if (!(element instanceof Node.Constant constant)) {
                    return new FunctionNodes.ListOf(elements);
                }
                values.add(constant.value());
            }
            return new Node.Constant(List.copyOf(values));
        }
        return new FunctionNodes.ListOf(elements);
    }

    /** A call that does not look at the record is computed here and now. */
    private Node folded(CelExpr expr) {
        Object value = CelEvaluator.valueOf(CelAbstractSyntaxTree.newCheckedAst(
                expr, checked.getSource(), checked.getReferenceMap(), checked.getTypeMap()));
        return value instanceof Verdict verdict ? new Node.Failure(verdict) : new Node.Constant(value);
    }

    private Node call(CelExpr expr) {
        CelCall call = expr.call();
        List<CelExpr> args = call.args();
        return switch (call.function()) {
            case "_&&_" -> new Node.And(operand(args.get(0)), operand(args.get(1)));
            case "_||_" -> new Node.Or(operand(args.get(0)), operand(args.get(1)));
            case "!_" -> new Node.Not(operand(args.get(0)));
            case "_?_:_" -> new Node.Choice(operand(args.get(0)), node(args.get(1)), node(args.get(2)));
            case "_==_" -> equal(args);
            case "_!=_" -> new Node.Not(equal(args));
            case "@in" -> new FunctionNodes.TestOfTwo(RuntimeFunctions::in, node(args.get(0)), operand(args.get(1)));
            case "_[_]" -> element(args);
            case Language.PRESENT -> present(args.get(0));
            case Language.BLANK -> new Node.Not(present(args.get(0)));
            case Language.EQI ->
                new FunctionNodes.TestOfTwo(RuntimeFunctions::eqi, node(args.get(0)), node(args.get(1)));
            case Language.LOWER -> new FunctionNodes.OfOne(RuntimeFunctions::lower, operand(args.get(0)));
            case Language.UPPER -> new FunctionNodes.OfOne(RuntimeFunctions::upper, operand(args.get(0)));
            case Language.TRIM -> new FunctionNodes.OfOne(RuntimeFunctions::trim, operand(args.get(0)));
            case Language.NUM -> new FunctionNodes.OfOne(RuntimeFunctions::num, operand(args.get(0)));
            case Language.DATE -> new FunctionNodes.OfOne(RuntimeFunctions::date, operand(args.get(0)));
            default -> standard(call);
        };
    }

    private Node standard(CelCall call) {
        List<CelExpr> operands = new ArrayList<>();
        call.target().ifPresent(operands::add);
        operands.addAll(call.args());
        String name = call.function();
        if (name.equals("size")) {
            return new FunctionNodes.OfOne(FunctionNodes::size, operand(operands.get(0)));
        }
        if (name.equals("matches")) {
            return new FunctionNodes.Matches(
                    operand(operands.get(0)),
                    Pattern.compile(operands.get(1).constant().stringValue()));
        }
        if (operands.size() != 2) {
            throw new NotCovered();
        }
        CelExpr left = operands.get(0);
        CelExpr right = operands.get(1);
        Optional<Comparison> comparison = Comparison.of(name);
        if (comparison.isPresent()) {
            return compare(comparison.get(), left, right);
        }
        Optional<FunctionNodes.Two> ofTexts = FunctionNodes.ofTexts(name);
        if (ofTexts.isPresent()) {
            return new FunctionNodes.TestOfTwo(ofTexts.get(), operand(left), operand(right));
        }
        return arithmetic(name, left, right);
    }

    private Node compare(Comparison comparison, CelExpr left, CelExpr right) {
        Node first = operand(left);
        Node second = operand(right);
        if (first instanceof Node.Needed needed
                && needed.operand() instanceof FieldNodes.Raw field
                && isWholeNumber(field.schema())
                && second instanceof Node.Constant constant
                && constant.value() instanceof Long whole) {
            return new Comparison.WithWhole(comparison, field, Expressions.path(left), whole);
        }
        return new Comparison.OfTwo(comparison, first, second);
    }

    private static boolean isWholeNumber(@Nullable Schema schema) {
        return schema != null
                && schema.name() == null
                && switch (schema.type()) {
                    case INT8, INT16, INT32, INT64 -> true;
                    default -> false;
                };
    }

    private Node arithmetic(String operator, CelExpr left, CelExpr right) {
        List<CelType> types = List.of(plainType(left), plainType(right));
        if (!NUMBERS.containsAll(types)) {
            throw new NotCovered();
        }
        Optional<FunctionNodes.Arithmetic> function = types.contains(SimpleType.DOUBLE)
                ? FunctionNodes.ofReals(operator)
                : FunctionNodes.ofWholeNumbers(operator);
        return new FunctionNodes.OfTwo(function.orElseThrow(NotCovered::new), operand(left), operand(right));
    }

    private CelType plainType(CelExpr expr) {
        CelType type = checked.getType(expr.id()).orElse(SimpleType.DYN);
        return type instanceof NullableType nullable ? nullable.targetType() : type;
    }

    private Node equal(List<CelExpr> args) {
        Node left = node(args.get(0));
        Node right = node(args.get(1));
        if (right instanceof Node.Constant constant && constant.value() instanceof String text) {
            return new FunctionNodes.EqualsText(left, text);
        }
        return new FunctionNodes.TestOfTwo(RuntimeFunctions::equal, left, right);
    }

    private Node element(List<CelExpr> args) {
        CelExpr index = args.get(1);
        if (index.getKind() != Kind.CONSTANT || index.constant().getKind() != CelConstant.Kind.INT64_VALUE) {
            throw new NotCovered();
        }
        return new FieldNodes.Element(operand(args.get(0)), index.constant().int64Value());
    }

    private Node present(CelExpr expr) {
        List<String> path = new ArrayList<>();
        CelExpr root = expr;
        while (root.getKind() == Kind.SELECT && !root.select().testOnly()) {
            path.add(0, root.select().field());
            root = root.select().operand();
        }
        Node holder = node(root);
        Field field = path.size() == 1 ? knownField(holder, path.get(0)) : null;
        return field == null || !(holder instanceof FieldNodes.ValueStruct struct)
                ? new FieldNodes.PresentPath(holder, List.copyOf(path))
                : new FieldNodes.PresentField(new FieldNodes.OfStruct(struct, field));
    }

    /** A part that must not be null; the same parts are wrapped as in {@link RuntimeTree}. */
    private Node operand(CelExpr expr) {
        Node node = node(expr);
        return RuntimeTree.maybeNull(expr) ? new Node.Needed(node, Expressions.path(expr)) : node;
    }
}
