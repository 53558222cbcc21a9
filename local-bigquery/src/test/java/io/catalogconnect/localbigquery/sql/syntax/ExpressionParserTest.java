package io.catalogconnect.localbigquery.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localbigquery.TextCases;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Precedence and associativity of expressions: {@code sql/expressions.txt} has the parentheses that each expression implies. */
class ExpressionParserTest {

    private static Stream<Arguments> expressions() {
        return TextCases.pairs("sql/expressions.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("expressions")
    void expressionHasTheListedTree(String sql, String expected) {
        assertThat(text(sql)).isEqualTo(expected);
    }

    private static String text(String sql) {
        try {
            return tree(StatementParser.parseExpression(sql));
        } catch (SqlError e) {
            return e.getMessage();
        }
    }

    /** Writes the operators of an expression with parentheses around each operation, and everything else as its record. */
    private static String tree(Expr expression) {
        if (expression instanceof Expr.Literal literal) {
            return literal.kind() + ":" + literal.text();
        }
        if (expression instanceof Expr.Path path) {
            return String.join(".", path.names());
        }
        if (expression instanceof Expr.Unary unary) {
            return "(" + unary.operator() + " " + tree(unary.operand()) + ")";
        }
        if (expression instanceof Expr.Binary binary) {
            return "(" + tree(binary.left()) + " " + binary.operator() + " " + tree(binary.right()) + ")";
        }
        if (expression instanceof Expr.Between between) {
            return "(" + tree(between.value()) + (between.negated() ? " NOT" : "") + " BETWEEN " + tree(between.low())
                    + " AND " + tree(between.high()) + ")";
        }
        if (expression instanceof Expr.InList in) {
            return "(" + tree(in.value()) + (in.negated() ? " NOT" : "") + " IN " + trees(in.list()) + ")";
        }
        if (expression instanceof Expr.Is is) {
            return "(" + tree(is.value()) + " IS " + (is.negated() ? "NOT " : "") + is.what() + ")";
        }
        if (expression instanceof Expr.Field field) {
            return tree(field.base()) + "." + field.name();
        }
        if (expression instanceof Expr.Element element) {
            return tree(element.base()) + "[" + element.mode() + " " + tree(element.position()) + "]";
        }
        return expression.toString();
    }

    private static String trees(List<Expr> expressions) {
        return expressions.stream().map(ExpressionParserTest::tree).collect(Collectors.joining(", ", "(", ")"));
    }
}
