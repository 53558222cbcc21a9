package io.catalogconnect.localbigquery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which queries with QUALIFY are evaluated for row identifiers. {@code OracleTest} compares their results. */
final class QualifyTest {
    private static final String NEWEST = " QUALIFY ROW_NUMBER() OVER (PARTITION BY p.brand ORDER BY p.id DESC) = 1";

    @TempDir
    private static Path directory;

    private static LocalEngine engine;

    @BeforeAll
    static void createTables() throws SQLException {
        engine = new LocalEngine(directory);
        engine.table("product", "SELECT 1 AS id, 'a' AS brand");
        engine.table("brand", "SELECT 'a' AS name");
        engine.table("named_rowid", "SELECT 1 AS rowid, 2 AS n");
    }

    @AfterAll
    static void close() throws SQLException {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT p.id, p.brand FROM product AS p WHERE TRUE",
                "SELECT * FROM product AS p WHERE p.id > 1",
                "SELECT p.* EXCEPT (id) FROM product AS p JOIN brand AS b ON p.brand = b.name WHERE TRUE",
                "SELECT p.id FROM product AS p, brand AS b WHERE p.brand = b.name"
            })
    void windowOverTablesReadsTheirRowIdentifiers(String select) {
        assertThat(sql(select + NEWEST)).contains(".rowid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT p.id, RANK() OVER (ORDER BY p.id) FROM product AS p WHERE TRUE",
                "SELECT DISTINCT p.brand FROM product AS p WHERE TRUE",
                "SELECT p.brand FROM product AS p WHERE TRUE GROUP BY p.brand, p.id",
                "SELECT p.id FROM product AS p LEFT JOIN brand AS b ON p.brand = b.name WHERE TRUE",
                "SELECT p.id FROM (SELECT * FROM product) AS p WHERE TRUE",
                "SELECT p.id FROM product AS p WHERE RAND() < 0.5",
                "SELECT * REPLACE (1 AS id) FROM product AS p WHERE TRUE",
                "SELECT p.id FROM product AS p JOIN UNNEST([1]) AS u WHERE TRUE"
            })
    void otherSelectIsEvaluatedAsItIsWritten(String select) {
        assertThat(sql(select + NEWEST)).doesNotContain("rowid").contains("QUALIFY");
    }

    @Test
    void columnNamedLikeTheRowIdentifierHidesIt() {
        assertThat(sql("SELECT n FROM named_rowid WHERE TRUE QUALIFY ROW_NUMBER() OVER (ORDER BY n) = 1"))
                .doesNotContain(".rowid");
    }

    private static String sql(String query) {
        return ((StatementPlan.Select) engine.plan(query)).sql();
    }
}
