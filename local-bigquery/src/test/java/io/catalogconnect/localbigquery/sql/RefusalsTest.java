package io.catalogconnect.localbigquery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localbigquery.TextCases;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements outside the subset are refused with a message that names the cause. {@code sql/refusals.txt} pairs each statement with its message. */
class RefusalsTest {

    @SuppressWarnings("NullAway.Init")
    private static LocalEngine engine;

    @BeforeAll
    static void createTable(@TempDir Path directory) throws SQLException {
        engine = new LocalEngine(directory);
        engine.table(
                "t",
                "SELECT 1 AS id, 'a' AS name, 1.5 AS f, NUMERIC '1' AS n, DATE '2024-01-01' AS d, [1] AS list, STRUCT(1 AS a) AS s,"
                        + " TIMESTAMP '2024-01-01 00:00:00+00' AS ts, TIME '01:02:03' AS tm, b'x' AS raw");
    }

    @AfterAll
    static void close() throws SQLException {
        engine.close();
    }

    private static Stream<Arguments> refusals() {
        return TextCases.pairs("sql/refusals.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void statementOutsideTheSubsetIsRefusedWithTheListedMessage(String sql, String expected) {
        assertThat(message(sql)).isEqualTo(expected);
    }

    private static String message(String sql) {
        try {
            return engine.plan(sql).statementType() + " is accepted";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
