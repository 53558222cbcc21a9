package io.catalogconnect.localbigquery.sql.functions;

import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.types.Casts;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Translates a chain of FLOAT64 operators as a whole. BigQuery fails when a FLOAT64 result overflows, and DuckDB continues with infinity. So one
 * check surrounds the chain, and accepts an infinite result only if an operand was not finite.
 */
public final class FloatArithmetic {

    private static final Set<String> OPERATORS = Set.of("+", "-", "*", "/");

    private final Function<Expr, TypedSql> operand;
    private final List<String> leaves = new ArrayList<>();
    private int operators;

    /** SQL of the error message. It contains both operands if there is one operator; of several operators the failing one is unknown. */
    private String operands = "";

    private FloatArithmetic(Function<Expr, TypedSql> operand) {
        this.operand = operand;
    }

    public static boolean starts(Expr expr) {
        return expr instanceof Expr.Binary binary && OPERATORS.contains(binary.operator());
    }

    public static TypedSql translate(Expr expr, Function<Expr, TypedSql> operand) {
        FloatArithmetic chain = new FloatArithmetic(operand);
        TypedSql result = chain.inner(expr);
        if (!result.is(Kind.FLOAT64) || chain.leaves.isEmpty()) {
            return result;
        }
        String x = result.sql();
        String finite =
                chain.leaves.stream().map(leaf -> "isfinite(" + leaf + ")").collect(Collectors.joining(" AND "));
        return new TypedSql(
                "CASE WHEN NOT isfinite(" + x + ") AND " + finite + " THEN error('double overflow'" + chain.operands
                        + ") ELSE " + x + " END",
                DataType.FLOAT64);
    }

    private TypedSql inner(Expr expr) {
        if (expr instanceof Expr.Binary binary && OPERATORS.contains(binary.operator())) {
            TypedSql left = inner(binary.left());
            TypedSql right = inner(binary.right());
            operators++;
            operands = operators > 1
                    ? ""
                    : " || ': ' || " + Casts.errorText(left.sql()) + " || ' " + binary.operator() + " ' || "
                            + Casts.errorText(right.sql());
            return Operators.binary(binary.operator(), left, right);
        }
        TypedSql leaf = operand.apply(expr);
        if (leaf.is(Kind.FLOAT64)) {
            leaves.add(leaf.sql());
        }
        return leaf;
    }
}
