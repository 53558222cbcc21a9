package io.catalogconnect.contract.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.ShippedContracts;
import io.catalogconnect.contract.model.Contract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QualityQueryTest {
    private static final String BRAND = "metric: nullValues, mustBe: 0, dimension: completeness, severity: error";
    private static final String ROWS = "metric: rowCount, mustBeGreaterThan: 0, dimension";
    private static final String LIMIT = ", mustBe: 0";

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '~', textBlock = """
                    metric: nullValues => SELECT COUNTIF(`brand` IS NULL) FROM `products_raw`
                    metric: nullValues, unit: percent => SELECT IFNULL(100 * COUNTIF(`brand` IS NULL) / NULLIF(COUNT(*), 0), 0) FROM `products_raw`
                    metric: missingValues => SELECT COUNTIF(`brand` IS NULL) FROM `products_raw`
                    metric: missingValues, arguments: {missingValues: [null, '', N/A]} => SELECT COUNTIF(`brand` IS NULL OR CAST(`brand` AS STRING) IN ("", "N/A")) FROM `products_raw`
                    metric: invalidValues, arguments: {pattern: '^\\d"$'} => SELECT COUNTIF(NOT (REGEXP_CONTAINS(CAST(`brand` AS STRING), "^\\\\d\\"$"))) FROM `products_raw`
                    metric: invalidValues, arguments: {pattern: a, validValues: [x, 1]} => SELECT COUNTIF(NOT (REGEXP_CONTAINS(CAST(`brand` AS STRING), "a") AND CAST(`brand` AS STRING) IN ("x", "1"))) FROM `products_raw`
                    metric: duplicateValues => SELECT IFNULL(SUM(n - 1), 0) FROM (SELECT COUNT(*) AS n FROM `products_raw` WHERE `brand` IS NOT NULL GROUP BY `brand`)
                    metric: duplicateValues, unit: percent => SELECT IFNULL(100 * SUM(n - 1) / SUM(n), 0) FROM (SELECT COUNT(*) AS n FROM `products_raw` WHERE `brand` IS NOT NULL GROUP BY `brand`)
                    type: sql, query: "SELECT COUNT(*) FROM {object} WHERE ${property} = '\\\\a'" => SELECT COUNT(*) FROM `products_raw` WHERE `brand` = '\\a'
                    """)
    void checkOfAColumnIsOneQuery(String definition, String sql) throws IOException {
        assertThat(of(BRAND, definition + LIMIT).sql()).isEqualTo(sql);
    }

    @Test
    void checkOfAnObjectIsOneQuery() throws IOException {
        assertThat(of(ROWS, "metric: rowCount, mustBe: 1, dimension").sql())
                .isEqualTo("SELECT COUNT(*) FROM `products_raw`");
        assertThat(of(ROWS, "metric: duplicateValues, arguments: {properties: [brand, image]}, mustBe: 0, dimension")
                        .sql())
                .isEqualTo("SELECT IFNULL(SUM(n - 1), 0) FROM (SELECT COUNT(*) AS n FROM `products_raw`"
                        + " GROUP BY `brand`, `image`)");
    }

    /** BigQuery refuses a query of such a table that has no condition for the partition. */
    @Test
    void tableThatNeedsAFilterIsQueriedWithOne() throws IOException {
        String text = ShippedContracts.text("product-catalog")
                .replace("clustering: [brand]}", "clustering: [brand], requirePartitionFilter: true}")
                .replace(BRAND, "metric: duplicateValues, mustBe: 0");
        assertThat(queries(text).get(1).sql())
                .isEqualTo("SELECT IFNULL(SUM(n - 1), 0) FROM (SELECT COUNT(*) AS n FROM `products_raw`"
                        + " WHERE (`catalog_date` >= DATE '0001-01-01' OR `catalog_date` IS NULL) AND `brand` IS NOT"
                        + " NULL GROUP BY `brand`)");
        assertThat(queries(text).get(0).sql())
                .isEqualTo("SELECT COUNT(*) FROM `products_raw`"
                        + " WHERE (`catalog_date` >= DATE '0001-01-01' OR `catalog_date` IS NULL)");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '~', textBlock = """
                    metric: nulls => There is no metric 'nulls'. The metrics are: rowCount, nullValues, missingValues, invalidValues, duplicateValues.
                    metric: nullValue => There is no metric 'nullValue'. Did you mean 'nullValues'?
                    metric: rowCount, unit: percent => rowCount cannot have the unit percent.
                    metric: invalidValues => invalidValues needs arguments: {pattern: REGEX} or {validValues: [VALUES]}.
                    type: sql => The check brand-given has no query.
                    query: "DELETE FROM {object} WHERE true" => The query of brand-given must be one SELECT statement. Other statements are refused.
                    query: "SELECT 1; DROP TABLE products_raw" => The query of brand-given must be one SELECT statement. Other statements are refused.
                    query: "/* SELECT */ UPDATE {object} SET brand = 'SELECT' WHERE true" => The query of brand-given must be one SELECT statement. Other statements are refused.
                    query: "SELECT 'a\\\\'; DROP TABLE x; --'" => -
                    query: "WITH a AS (SELECT ';' AS b) SELECT COUNT(*) FROM a;" => -
                    query: "(SELECT COUNT(*) FROM {table})" => The query of brand-given contains {table}. Write {object} for the table, and {property} for the column in a check of a column.
                    """)
    void checkThatIsNoQueryIsNamed(String definition, String problem) throws IOException {
        assertThat(of(BRAND, definition + LIMIT).problem()).isEqualTo(problem.replaceFirst("^-$", ""));
    }

    @Test
    void checkOfAnObjectNamesItsColumns() throws IOException {
        assertThat(of(ROWS, "metric: nullValues, mustBe: 0, dimension").problem())
                .isEqualTo("nullValues is a check of a column, not of an object.");
        assertThat(of(ROWS, "metric: duplicateValues, mustBe: 0, dimension").problem())
                .isEqualTo("duplicateValues of an object needs arguments: {properties: [COLUMNS]}.");
        assertThat(of(ROWS, "metric: duplicateValues, arguments: {properties: [brnd]}, mustBe: 0, dimension")
                        .problem())
                .isEqualTo("duplicateValues names the column 'brnd', which product_catalog does not have.");
    }

    @Test
    void checkForAnotherEngineIsDocumentation() throws IOException {
        QualityQuery query = of(BRAND, "type: custom, engine: soda, implementation: checks");
        assertThat(query.isQuery()).isFalse();
        assertThat(query.problem()).isEmpty();
    }

    /** The query of the check that has replaced a text. */
    private static QualityQuery of(String replaced, String definition) throws IOException {
        String text = ShippedContracts.text("product-catalog");
        assertThat(text).contains(replaced);
        boolean isOfColumn = replaced.equals(BRAND);
        return queries(text.replace(replaced, definition)).stream()
                .filter(query -> query.check().id().equals(isOfColumn ? "brand-given" : "raw-not-empty"))
                .findFirst()
                .orElseThrow();
    }

    private static List<QualityQuery> queries(String text) {
        ContractFile file = ContractFile.check("a.yaml", text.getBytes(StandardCharsets.UTF_8));
        Contract contract = Optional.ofNullable(file.contract()).orElseThrow();
        return QualityQuery.of(contract);
    }
}
