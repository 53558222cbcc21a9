package io.catalogconnect.localbigquery.sql;

import io.catalogconnect.localbigquery.sql.DataType.Kind;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Arithmetic as a whole, because BigQuery fails where a FLOAT64 result leaves the range and DuckDB goes on with infinity: one check stands around a chain of
 * operators, which lets infinity through only when an operand was not finite.
 */
final class FloatChain {

    private static final Set<String> OPERATORS = Set.of("+", "-", "*", "/");

    private final Function<Expr, Typed> operand;
    private final List<String> leaves = new ArrayList<>();
    private int operators;

    /** SQL that shows both sides of an only operator; of several it is not known which one failed. */
    private String operands = "";

    private FloatChain(Function<Expr, Typed> operand) {
        this.operand = operand;
    }

    static boolean starts(Expr expr) {
        return expr instanceof Expr.Binary binary && OPERATORS.contains(binary.operator());
    }

    static Typed translate(Expr expr, Function<Expr, Typed> operand) {
        FloatChain chain = new FloatChain(operand);
        Typed result = chain.inner(expr);
        if (!result.is(Kind.FLOAT64) || chain.leaves.isEmpty()) {
            return result;
        }
        String x = result.sql();
        String finite =
                chain.leaves.stream().map(leaf -> "isfinite(" + leaf + ")").collect(Collectors.joining(" AND "));
        return new Typed(
                "CASE WHEN NOT isfinite(" + x + ") AND " + finite + " THEN error('double overflow'" + chain.operands
                        + ") ELSE " + x + " END",
                DataType.FLOAT64);
    }

    private Typed inner(Expr expr) {
        if (expr instanceof Expr.Binary binary && OPERATORS.contains(binary.operator())) {
            Typed left = inner(binary.left());
            Typed right = inner(binary.right());
            operators++;
            operands = operators > 1
                    ? ""
                    : " || ': ' || " + Casts.errorText(left.sql()) + " || ' " + binary.operator() + " ' || "
                            + Casts.errorText(right.sql());
            return Operators.binary(binary.operator(), left, right);
        }
        Typed leaf = operand.apply(expr);
        if (leaf.is(Kind.FLOAT64)) {
            leaves.add(leaf.sql());
        }
        return leaf;
    }
}
