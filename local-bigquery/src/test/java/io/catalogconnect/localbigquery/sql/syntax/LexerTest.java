package io.catalogconnect.localbigquery.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localbigquery.TextCases;
import io.catalogconnect.localbigquery.sql.syntax.Token.Kind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens with their kind, text and place: {@code sql/tokens.txt}. */
class LexerTest {

    private static Stream<Arguments> tokens() {
        return TextCases.pairs("sql/tokens.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void statementHasTheListedTokens(String sql, String expected) {
        assertThat(text(sql)).isEqualTo(expected);
    }

    @Test
    void emptyStatementHasOnlyAnEnd() {
        assertThat(Lexer.tokens(" \n\t")).containsExactly(new Token(Kind.END, "", 3, 3));
    }

    private static String text(String sql) {
        List<Token> tokens;
        try {
            tokens = Lexer.tokens(sql);
        } catch (SqlError e) {
            return e.getMessage();
        }
        return tokens.stream()
                .map(token -> token.kind() + " " + token.text().replace("\n", "\\n") + " @" + token.start() + "-"
                        + token.end())
                .collect(Collectors.joining("; "));
    }
}
