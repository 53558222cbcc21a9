package io.catalogconnect.localbigquery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements outside the subset are refused with a message that names the cause. {@code sql/refusals.txt} pairs each statement with its message. */
class RefusalsTest {

    @TempDir
    private Path directory;

    @Test
    void everyStatementOutsideTheSubsetIsRefusedWithItsMessage() throws Exception {
        List<String> lines = OracleTest.resource("sql/refusals.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        List<String> differences = new ArrayList<>();
        try (LocalEngine engine = new LocalEngine(directory)) {
            engine.table(
                    "t",
                    "SELECT 1 AS id, 'a' AS name, 1.5 AS f, NUMERIC '1' AS n, DATE '2024-01-01' AS d, [1] AS list, STRUCT(1 AS a) AS s,"
                            + " TIMESTAMP '2024-01-01 00:00:00+00' AS ts, TIME '01:02:03' AS tm, b'x' AS raw");
            for (int i = 0; i + 1 < lines.size(); i += 2) {
                String message = message(engine, lines.get(i).replace("\\n", "\n"));
                if (!message.equals(lines.get(i + 1))) {
                    differences.add(lines.get(i) + "\nexpected: " + lines.get(i + 1) + "\nactual:   " + message);
                }
            }
        }
        assertThat(lines).hasSizeGreaterThan(400).hasSize(lines.size() / 2 * 2);
        assertThat(differences).isEmpty();
    }

    private static String message(LocalEngine engine, String sql) {
        try {
            return engine.plan(sql).statementType() + " is accepted";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
