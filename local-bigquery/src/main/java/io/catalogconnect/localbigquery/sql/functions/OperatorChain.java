package io.catalogconnect.localbigquery.sql.functions;

import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Translates a long chain of one operator, such as a sum of a thousand columns. DuckDB processes expressions recursively, so the translation must not
 * be as deep as the chain is long. Associative operators become a balanced tree. A sum is folded from left to right over a list, because the order
 * of additions decides about overflow and rounding.
 */
public final class OperatorChain {

    private static final int LONG = 50;
    private static final Set<String> ASSOCIATIVE = Set.of("AND", "OR", "||");

    private OperatorChain() {}

    /** The operands of a long chain from left to right, or an empty list for every other expression. */
    public static List<Expr> operands(Expr.Binary chain) {
        String operator = chain.operator();
        ArrayDeque<Expr> operands = new ArrayDeque<>();
        if (!ASSOCIATIVE.contains(operator) && !operator.equals("+")) {
            return List.of();
        }
        Expr left = chain;
        while (left instanceof Expr.Binary binary && binary.operator().equals(operator)) {
            operands.addFirst(binary.right());
            left = binary.left();
        }
        operands.addFirst(left);
        return operands.size() < LONG ? List.of() : List.copyOf(operands);
    }

    /** Translates the chain of these operands. */
    public static TypedSql translate(String operator, List<TypedSql> operands) {
        if (ASSOCIATIVE.contains(operator)) {
            return balanced(operator, operands);
        }
        if (operands.stream().allMatch(operand -> operand.type().isNumber())) {
            return sum(operands);
        }
        TypedSql result = operands.get(0);
        for (TypedSql operand : operands.subList(1, operands.size())) {
            result = Operators.binary(operator, result, operand);
        }
        return result;
    }

    private static TypedSql balanced(String operator, List<TypedSql> operands) {
        int size = operands.size();
        return size == 1
                ? operands.get(0)
                : Operators.binary(
                        operator,
                        balanced(operator, operands.subList(0, size / 2)),
                        balanced(operator, operands.subList(size / 2, size)));
    }

    private static TypedSql sum(List<TypedSql> operands) {
        DataType type = operands.get(0).type();
        List<String> terms = new ArrayList<>();
        List<String> floats = new ArrayList<>();
        for (TypedSql operand : operands) {
            DataType wider = Operators.supertype("operator +", List.of(new TypedSql("NULL", type), operand));
            if (!wider.equals(type)) {
                String sum = Coercions.required(new TypedSql(fold(terms, type), type), wider, "operator +")
                        .sql();
                terms.clear();
                terms.add(sum);
                type = wider;
            }
            if (operand.is(Kind.FLOAT64)) {
                floats.add(operand.sql());
            }
            terms.add(Coercions.required(operand, type, "operator +").sql());
        }
        String sum = fold(terms, type);
        return new TypedSql(floats.isEmpty() ? sum : checked(sum, floats), type);
    }

    /** Fails if a FLOAT64 sum of finite numbers is infinite, as {@link FloatArithmetic} does. */
    private static String checked(String sum, List<String> floats) {
        String finite = floats.stream().map(term -> "isfinite(" + term + ")").collect(Collectors.joining(", "));
        return "CASE WHEN NOT isfinite(" + sum + ") AND list_bool_and([" + finite
                + "]) THEN error('double overflow') ELSE " + sum + " END";
    }

    private static String fold(List<String> terms, DataType type) {
        if (terms.size() == 1) {
            return terms.get(0);
        }
        String sum = type.isDecimal() ? Operators.exact("add", type, "_a", "_b") : "_a + _b";
        return "list_reduce([" + String.join(", ", terms) + "], lambda _a, _b: " + sum + ")";
    }
}
