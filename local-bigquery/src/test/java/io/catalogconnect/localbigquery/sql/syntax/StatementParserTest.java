package io.catalogconnect.localbigquery.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localbigquery.TextCases;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Syntax trees of statements, and syntax errors with their place: {@code sql/statements.txt}. */
class StatementParserTest {

    private static Stream<Arguments> statements() {
        return TextCases.pairs("sql/statements.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void statementHasTheListedTree(String sql, String expected) {
        assertThat(text(sql)).isEqualTo(expected);
    }

    private static String text(String sql) {
        try {
            return StatementParser.parse(sql).toString();
        } catch (SqlError e) {
            return e.getMessage();
        }
    }
}
