package io.catalogconnect.localbigquery.rest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.RangePartitioning;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableConstraints;
import com.google.cloud.bigquery.TableResult;
import io.catalogconnect.localbigquery.TestClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementsIT extends RestTest {

    /** The statements that catalogctl renders from the contracts in config/contracts. */
    @ParameterizedTest
    @CsvSource({"orders,orders,2", "product-catalog,products_team_b,3"})
    void tablesOfRenderedContractsAreCreated(String contract, String name, int tables) throws Exception {
        Path rendered = Path.of("../data-contract/src/test/resources/rendered", contract, "tables.sql");
        String[] statements = Files.readString(rendered).strip().split(";\n\n", -1);
        assertThat(statements).hasSize(tables);
        for (String statement : statements) {
            bigquery.client()
                    .create(JobInfo.of(QueryJobConfiguration.newBuilder(statement)
                            .setDefaultDataset("shop")
                            .build()))
                    .waitFor();
        }
        StandardTableDefinition definition = table(name).getDefinition();
        assertThat(requireNonNull(definition.getTimePartitioning()).getType().name())
                .isEqualTo("DAY");
        assertThat(requireNonNull(definition.getSchema()).getFields().get(0).getDescription())
                .isNotEmpty();
        assertThat(table(name).getLabels()).containsKey("cost-center");
    }

    private QueryStatistics run(String sql) throws InterruptedException {
        return bigquery.client()
                .create(JobInfo.of(QueryJobConfiguration.of(sql)))
                .waitFor()
                .getStatistics();
    }

    private Table table(String name) {
        return requireNonNull(bigquery.client().getTable("shop", name));
    }

    @Test
    void createTableStoresEveryClause() throws Exception {
        assertThat(
                        run("CREATE TABLE shop.daily (id INT64 NOT NULL, name STRING(10) OPTIONS(description='its name'), price NUMERIC(10, 2), tags ARRAY<STRING>,"
                                        + " spec STRUCT<a INT64, b ARRAY<STRING>>, n INT64 DEFAULT 7, day DATE) PARTITION BY DATE_TRUNC(day, MONTH) CLUSTER BY name, id"
                                        + " OPTIONS(description='all', friendly_name='All', labels=[('team', 'a')], partition_expiration_days=3650,"
                                        + " require_partition_filter=FALSE, expiration_timestamp=TIMESTAMP '2100-01-01 00:00:00+00')")
                                .getDdlOperationPerformed())
                .isEqualTo("CREATE");
        Table table = table("daily");
        StandardTableDefinition definition = table.getDefinition();
        assertThat(requireNonNull(definition.getTimePartitioning()).getType().name())
                .isEqualTo("MONTH");
        assertThat(requireNonNull(definition.getTimePartitioning()).getExpirationMs())
                .isEqualTo(3650L * 86_400_000L);
        assertThat(requireNonNull(definition.getClustering()).getFields()).containsExactly("name", "id");
        assertThat(table.getLabels()).isEqualTo(Map.of("team", "a"));
        assertThat(table.getExpirationTime()).isEqualTo(4_102_444_800_000L);
        FieldList fields = requireNonNull(definition.getSchema()).getFields();
        assertThat(fields.get("name").getMaxLength()).isEqualTo(10);
        assertThat(fields.get("name").getDescription()).isEqualTo("its name");
        assertThat(fields.get("price").getScale()).isEqualTo(2);

        run("CREATE TABLE shop.hourly (t TIMESTAMP) PARTITION BY TIMESTAMP_TRUNC(t, HOUR)");
        run("CREATE TABLE shop.byday (t TIMESTAMP) PARTITION BY DATE(t)");
        run("CREATE TABLE shop.ranged (n INT64) PARTITION BY RANGE_BUCKET(n, GENERATE_ARRAY(0, 100, 10))");
        RangePartitioning range = requireNonNull(
                table("ranged").<StandardTableDefinition>getDefinition().getRangePartitioning());
        assertThat(range.getRange().getInterval()).isEqualTo(10);
        assertThat(run("CREATE TABLE IF NOT EXISTS shop.daily (x INT64)").getDdlOperationPerformed())
                .isEqualTo("SKIP");
        assertThat(run("CREATE OR REPLACE TABLE shop.daily AS SELECT 1 AS x").getDdlOperationPerformed())
                .isEqualTo("REPLACE");
        assertThat(run("CREATE OR REPLACE TABLE shop.daily AS SELECT x + 1 AS x FROM shop.daily")
                        .getStatementType()
                        .toString())
                .isEqualTo("CREATE_TABLE_AS_SELECT");
        assertThat(bigquery.rows("SELECT x FROM shop.daily")).containsExactly("2");
        assertThat(bigquery.refusal("CREATE TABLE shop.daily (x INT64)").getMessage())
                .isEqualTo("Already Exists: Table p:shop.daily");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "TIMESTAMP '2100-01-01 00:00:00+00' | 4102444800000",
                "'2100-01-01 01:00:00+01' | 4102444800000",
                "TIMESTAMP_ADD(TIMESTAMP '2099-12-31 12:00:00+00', INTERVAL 12 HOUR) | 4102444800000",
                "TIMESTAMP_SECONDS(4102444800) | 4102444800000",
                "NULL |",
            })
    void tableExpiresAtTheValueOfAConstantExpression(String expression, @Nullable Long expected) throws Exception {
        String options = " OPTIONS(expiration_timestamp=" + expression + ")";
        run("CREATE TABLE shop.created (x INT64)" + options);
        run("CREATE TABLE shop.filled" + options + " AS SELECT 1 AS x");
        run("CREATE TABLE shop.altered (x INT64)");
        run("ALTER TABLE shop.altered SET" + options);
        run("CREATE VIEW shop.viewed" + options + " AS SELECT 1 AS x");

        for (String name : List.of("created", "filled", "altered", "viewed")) {
            assertThat(table(name).getExpirationTime()).as(name).isEqualTo(expected);
        }
    }

    @Test
    void partitionsAndTablesAreListedByTheirMetaTables() throws Exception {
        run("CREATE TABLE shop.daily (n INT64, day DATE) PARTITION BY day");
        run("CREATE VIEW shop.viewed AS SELECT n FROM shop.daily");
        run("INSERT shop.daily VALUES (1, '2024-01-02'), (2, '2024-01-01'), (3, NULL)");

        StandardTableDefinition summary = table("daily$__PARTITIONS_SUMMARY__").getDefinition();
        assertThat(requireNonNull(summary.getSchema()).getFields())
                .extracting(Field::getName)
                .contains("partition_id", "creation_timestamp");
        String data = bigquery.url("/bigquery/v2/projects/p/datasets/shop/tables/daily$__PARTITIONS_SUMMARY__/data");
        assertThat(RawHttp.send("GET", data + "?selectedFields=partition_id&maxResults=2", "")
                        .body())
                .isEqualTo(
                        "{\"kind\":\"bigquery#tableDataList\",\"totalRows\":\"3\",\"pageToken\":\"2\",\"rows\":[{\"f\":[{\"v\":\"20240101\"}]},"
                                + "{\"f\":[{\"v\":\"20240102\"}]}]}");
        assertThat(
                        bigquery.rows(
                                "SELECT project_id, dataset_id, table_id, row_count, size_bytes, type, creation_time > 0 FROM shop.__TABLES__ ORDER BY 3"))
                .containsExactly("p,shop,daily,3,40,1,true", "p,shop,viewed,0,0,2,true");
    }

    @ParameterizedTest
    @CsvSource({"LIKE, 0", "COPY, 2", "CLONE, 2"})
    void tableIsCreatedAsACopy(String kind, int rows) throws Exception {
        run(
                "CREATE TABLE shop.daily (n INT64 NOT NULL PRIMARY KEY NOT ENFORCED, day DATE) PARTITION BY day CLUSTER BY n"
                        + " OPTIONS(description='d', labels=[('team', 'a')], require_partition_filter=TRUE)");
        run("INSERT shop.daily VALUES (1, '2024-01-02'), (2, '2024-01-01')");

        run("CREATE TABLE shop.copied " + kind + " shop.daily");

        assertThat(bigquery.rows("SELECT COUNT(*) FROM shop.copied WHERE day > '2000-01-01'"))
                .containsExactly("" + rows);
        assertThat(table("copied").getRequirePartitionFilter()).isTrue();
        assertThat(table("copied").getLabels()).isEqualTo(Map.of("team", "a"));
        assertThat(table("copied").getDescription()).isEqualTo("d");
        assertThat(primaryKey("copied")).containsExactly("n");
        assertThat(requireNonNull(table("copied")
                                .<StandardTableDefinition>getDefinition()
                                .getClustering())
                        .getFields())
                .containsExactly("n");
        assertThat(table("copied").<StandardTableDefinition>getDefinition().getTimePartitioning())
                .isEqualTo(
                        table("daily").<StandardTableDefinition>getDefinition().getTimePartitioning());
        assertThat(table("copied").getDefinition().getSchema())
                .isEqualTo(table("daily").getDefinition().getSchema());
        run("CREATE OR REPLACE TABLE shop.copied " + kind + " shop.copied OPTIONS(description='e')");
        assertThat(bigquery.rows("SELECT COUNT(*) FROM shop.copied WHERE day > '2000-01-01'"))
                .containsExactly("" + rows);
        assertThat(table("copied").getDescription()).isEqualTo("e");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE shop.x LIKE shop.viewed      | CREATE TABLE LIKE of the view p:shop.viewed is not allowed
            CREATE TABLE shop.x COPY shop.arrived     | Unsupported: CREATE TABLE COPY of a table partitioned by ingestion time is outside the GoogleSQL subset of local-bigquery
            ALTER TABLE shop.viewed RENAME TO x       | ALTER TABLE RENAME of the view p:shop.viewed is not allowed
            ALTER TABLE shop.kept RENAME TO `a/b`     | Invalid table ID "a/b".
            ALTER TABLE shop.kept RENAME COLUMN ID TO x  | Cannot rename the column id, on which partitioning, clustering or the primary key depends
            ALTER TABLE shop.kept RENAME COLUMN day TO x | Cannot rename the column day, on which partitioning, clustering or the primary key depends
            ALTER TABLE shop.kept RENAME COLUMN brand TO x | Cannot rename the column brand, on which partitioning, clustering or the primary key depends
            ALTER TABLE shop.kept RENAME COLUMN a TO x, RENAME COLUMN b TO X | Duplicate field names found in the schema: X
            ALTER TABLE shop.kept RENAME COLUMN a TO `1.x` | Invalid field name "1.x". Fields must contain the allowed characters, and be at most 300 characters long. For allowed characters, please refer to https://cloud.google.com/bigquery/docs/schemas#column_names
            ALTER TABLE shop.kept ALTER COLUMN a SET DEFAULT 'x' | The default value 'x' of type STRING cannot be assigned to a column of type INT64
            """)
    void tableAndColumnAreNotChangedIntoAnythingElse(String statement, String message) throws Exception {
        run(
                "CREATE TABLE IF NOT EXISTS shop.kept (id INT64 PRIMARY KEY NOT ENFORCED, day DATE, brand STRING, a INT64, b INT64)"
                        + " PARTITION BY day CLUSTER BY brand");
        run("CREATE TABLE IF NOT EXISTS shop.arrived (id INT64) PARTITION BY _PARTITIONDATE");
        run("CREATE VIEW IF NOT EXISTS shop.viewed AS SELECT id FROM shop.kept");

        assertThat(bigquery.refusal(statement).getMessage()).isEqualTo(message);
        assertThat(bigquery.rows("SELECT id, day, brand, a, b FROM shop.kept")).isEmpty();
    }

    @Test
    void tableAndColumnAreRenamed() throws Exception {
        run("CREATE TABLE shop.old (a INT64, b STRING, day DATE) PARTITION BY day");
        run("INSERT shop.old VALUES (1, 'x', '2024-01-01')");

        run("ALTER TABLE shop.old RENAME COLUMN a TO n, RENAME COLUMN b TO m");
        run("ALTER TABLE shop.old RENAME TO renamed");

        assertThat(bigquery.rows("SELECT n, m FROM shop.renamed")).containsExactly("1,x");
        assertThat(bigquery.client().getTable("shop", "old")).isNull();
        run("CREATE TABLE shop.old AS SELECT 2 AS x");
        assertThat(bigquery.refusal("ALTER TABLE shop.old RENAME TO renamed").getMessage())
                .isEqualTo("Already Exists: Table p:shop.renamed");
        assertThat(bigquery.refusal("ALTER TABLE shop.renamed RENAME COLUMN day TO d")
                        .getMessage())
                .isEqualTo(
                        "Cannot rename the column day, on which partitioning, clustering or the primary key depends");
    }

    @Test
    void columnIsRelaxedDescribedAndGivenADefault() throws Exception {
        run("CREATE TABLE shop.t (a INT64 NOT NULL, b STRING)");

        run(
                "ALTER TABLE shop.t ALTER COLUMN a DROP NOT NULL, ALTER COLUMN b SET OPTIONS(description='text'), ALTER COLUMN b SET DEFAULT 'd'");

        run("INSERT shop.t (a) VALUES (NULL)");
        assertThat(bigquery.rows("SELECT a, b FROM shop.t")).containsExactly("null,d");
        assertThat(requireNonNull(table("t").getDefinition().getSchema())
                        .getFields()
                        .get("b")
                        .getDescription())
                .isEqualTo("text");
        run("ALTER TABLE shop.t ALTER COLUMN b DROP DEFAULT");
        run("INSERT shop.t (a) VALUES (2)");
        assertThat(bigquery.rows("SELECT b FROM shop.t WHERE a = 2")).containsExactly("null");
    }

    @Test
    void insertedValueIsCheckedAgainstItsColumn() throws Exception {
        run(
                "CREATE TABLE shop.t (id INT64 NOT NULL, name STRING(3), n INT64 DEFAULT 7, tags ARRAY<INT64>, at TIMESTAMP DEFAULT CURRENT_TIMESTAMP())"
                        .replace(" at ", " ts "));
        assertThat(run("INSERT INTO shop.t (id, name) VALUES (1, 'abc'), (2, NULL)")
                        .getNumDmlAffectedRows())
                .isEqualTo(2);
        run("INSERT shop.t VALUES (3, 'x', DEFAULT, [1, 2], TIMESTAMP '2024-01-01 00:00:00+00')");

        assertThat(bigquery.rows("SELECT id, name, n, ARRAY_LENGTH(tags), ts IS NOT NULL FROM shop.t ORDER BY id"))
                .containsExactly("1,abc,7,0,true", "2,null,7,0,true", "3,x,7,2,true");
        assertThat(bigquery.refusal("INSERT INTO shop.t (name) VALUES ('x')").getMessage())
                .isEqualTo("Required field id cannot be null");
        assertThat(bigquery.refusal("INSERT INTO shop.t (id, name) VALUES (1, 'long')")
                        .getMessage())
                .isEqualTo("Field name: STRING(3) has maximum length 3 but got a value with length 4");
        assertThat(bigquery.refusal("UPDATE shop.t SET id = NULL WHERE TRUE").getMessage())
                .isEqualTo("Required field id cannot be null");
        assertThat(bigquery.refusal("INSERT INTO shop.t (id) VALUES ('x')").getMessage())
                .isEqualTo("Value has type STRING which cannot be inserted into column id, which has type INT64");
        assertThat(bigquery.refusal("INSERT INTO shop.t (id, ID) VALUES (1, 2)").getMessage())
                .isEqualTo("INSERT has columns with duplicate name: ID");
        assertThat(bigquery.refusal("INSERT INTO shop.t (nope) VALUES (1)").getMessage())
                .isEqualTo("Column nope is not present in table p:shop.t");
        assertThat(bigquery.refusal("INSERT INTO shop.t (id) VALUES (1, 2)").getMessage())
                .isEqualTo("Inserted row has wrong column count; Has 2, expected 1");
        assertThat(bigquery.refusal("INSERT INTO shop.t (id) SELECT 1, 2").getMessage())
                .isEqualTo("Inserted row has wrong column count; Has 2, expected 1");
        assertThat(bigquery.refusal("UPDATE shop.t SET n = 1, n = 2 WHERE TRUE").getMessage())
                .isEqualTo("Update item n assigned more than once");
        assertThat(bigquery.refusal("UPDATE shop.t SET n = 1").getMessage())
                .isEqualTo("UPDATE must have a WHERE clause");
        assertThat(bigquery.refusal("DELETE FROM shop.t").getMessage()).isEqualTo("DELETE must have a WHERE clause");
        assertThat(bigquery.rows("SELECT COUNT(*) FROM shop.t")).containsExactly("3");
    }

    @Test
    void dmlInsertsFromQueryUpdatesFromOtherTableDeletesAndTruncates() throws Exception {
        run("CREATE TABLE shop.a AS SELECT x AS id, x * 10 AS n FROM UNNEST(GENERATE_ARRAY(1, 5)) AS x");
        run("CREATE TABLE shop.b AS SELECT 1 AS id, 'one' AS name UNION ALL SELECT 2, 'two'");

        assertThat(run("INSERT INTO shop.a (id) SELECT id + 100 FROM shop.b").getNumDmlAffectedRows())
                .isEqualTo(2);
        assertThat(run("UPDATE shop.a AS t SET n = t.n + s.id FROM shop.b AS s WHERE t.id = s.id")
                        .getNumDmlAffectedRows())
                .isEqualTo(2);
        assertThat(bigquery.rows("SELECT n FROM shop.a WHERE id < 3 ORDER BY id"))
                .containsExactly("11", "22");
        run("INSERT INTO shop.b VALUES (1, 'again')");
        assertThat(bigquery.refusal("UPDATE shop.a t SET n = 0 FROM shop.b s WHERE t.id = s.id")
                        .getMessage())
                .isEqualTo("UPDATE/MERGE must match at most one source row for each target row");
        QueryStatistics deleted = run("DELETE shop.a WHERE id > 100");
        assertThat(deleted.getNumDmlAffectedRows()).isEqualTo(2);
        assertThat(deleted.getDmlStats().getDeletedRowCount()).isEqualTo(2);
        assertThat(run("TRUNCATE TABLE shop.a").getNumDmlAffectedRows()).isEqualTo(5);
        assertThat(bigquery.rows("SELECT COUNT(*) FROM shop.a")).containsExactly("0");
    }

    @Test
    void mergeSupportsEveryClause() throws Exception {
        run("CREATE TABLE shop.stock AS SELECT x AS id, 'old' AS state FROM UNNEST([1, 2, 3]) AS x");
        QueryStatistics merged = run(
                "MERGE INTO shop.stock AS t USING (SELECT 2 AS id, 'new' AS state UNION ALL SELECT 4, 'new') AS s ON t.id = s.id"
                        + " WHEN MATCHED AND t.state = 'old' THEN UPDATE SET state = s.state"
                        + " WHEN NOT MATCHED THEN INSERT (id, state) VALUES (s.id, s.state)"
                        + " WHEN NOT MATCHED BY SOURCE AND t.id = 3 THEN DELETE");

        assertThat(merged.getNumDmlAffectedRows()).isEqualTo(3);
        assertThat(merged.getDmlStats().getInsertedRowCount()).isEqualTo(1);
        assertThat(merged.getDmlStats().getUpdatedRowCount()).isEqualTo(1);
        assertThat(merged.getDmlStats().getDeletedRowCount()).isEqualTo(1);
        assertThat(bigquery.rows("SELECT id, state FROM shop.stock ORDER BY id"))
                .containsExactly("1,old", "2,new", "4,new");
        run("MERGE shop.stock USING (SELECT 9 AS id, 'row' AS state) s ON FALSE WHEN NOT MATCHED THEN INSERT ROW");
        run("MERGE shop.stock t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE");
        assertThat(bigquery.rows("SELECT id FROM shop.stock ORDER BY id")).containsExactly("2", "4", "9");
        assertThat(bigquery.refusal(
                                "MERGE shop.stock t USING (SELECT 2 AS id UNION ALL SELECT 2) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET state = 'x'")
                        .getMessage())
                .isEqualTo("UPDATE/MERGE must match at most one source row for each target row");
    }

    @Test
    void schemasViewsAndColumnsAreCreatedAndDropped() throws Exception {
        assertThat(
                        run("CREATE SCHEMA extra OPTIONS(location='EU', description='d', labels=[('a','b')], default_table_expiration_days=1)")
                                .getDdlOperationPerformed())
                .isEqualTo("CREATE");
        assertThat(run("CREATE SCHEMA IF NOT EXISTS extra").getDdlOperationPerformed())
                .isEqualTo("SKIP");
        assertThat(requireNonNull(bigquery.client().getDataset(DatasetId.of("extra")))
                        .getLocation())
                .isEqualTo("EU");
        run("CREATE TABLE extra.t (a INT64)");
        run("CREATE VIEW extra.v AS SELECT a + 1 AS b FROM extra.t");
        assertThat(run("CREATE OR REPLACE VIEW extra.v AS SELECT a + 2 AS b FROM extra.t")
                        .getDdlOperationPerformed())
                .isEqualTo("REPLACE");
        run("INSERT extra.t VALUES (1)");
        assertThat(bigquery.rows("SELECT b FROM extra.v")).containsExactly("3");
        run("ALTER TABLE extra.t ADD COLUMN c STRING, ADD COLUMN IF NOT EXISTS a INT64");
        run("ALTER TABLE extra.t SET OPTIONS(description='altered')");
        assertThat(
                        bigquery.rows(
                                "SELECT column_name, data_type, is_nullable FROM extra.INFORMATION_SCHEMA.COLUMNS WHERE table_name = 't' ORDER BY ordinal_position"))
                .containsExactly("a,INT64,YES", "c,STRING,YES");
        assertThat(bigquery.rows("SELECT table_name, table_type FROM `p.extra.INFORMATION_SCHEMA.TABLES` ORDER BY 1"))
                .containsExactly("t,BASE TABLE", "v,VIEW");
        assertThat(bigquery.rows("SELECT view_definition FROM extra.INFORMATION_SCHEMA.VIEWS"))
                .containsExactly("SELECT a + 2 AS b FROM extra.t");
        assertThat(bigquery.rows("SELECT schema_name, location FROM INFORMATION_SCHEMA.SCHEMATA ORDER BY 1"))
                .containsExactly("extra,EU", "shop,US");
        assertThat(bigquery.rows("SELECT COUNT(*) FROM `region-us`.INFORMATION_SCHEMA.TABLES"))
                .containsExactly("2");
        assertThat(bigquery.refusal("DROP TABLE extra.v").getMessage())
                .isEqualTo("p:extra.v is not allowed for this operation because it is currently a VIEW.");
        run("DROP VIEW extra.v");
        assertThat(run("DROP TABLE IF EXISTS extra.v").getDdlOperationPerformed())
                .isEqualTo("SKIP");
        assertThat(bigquery.refusal("DROP TABLE extra.v").getCode()).isEqualTo(404);
        assertThat(bigquery.refusal("DROP SCHEMA extra").getReason()).isEqualTo("resourceInUse");
        run("DROP SCHEMA extra CASCADE");
        assertThat(run("DROP SCHEMA IF EXISTS extra").getDdlOperationPerformed())
                .isEqualTo("SKIP");
        assertThat(bigquery.client().getDataset("extra")).isNull();
    }

    @Test
    void bytesProcessedShowPruningAndRequiredFilterIsEnforced() throws Exception {
        run("CREATE TABLE shop.big (day DATE, n INT64) PARTITION BY day OPTIONS(require_partition_filter=TRUE)");
        run(
                "INSERT shop.big SELECT DATE_ADD(DATE '2024-01-01', INTERVAL x DAY), x FROM UNNEST(GENERATE_ARRAY(0, 9)) AS x");

        BigQueryException refusal = bigquery.refusal("SELECT n FROM shop.big WHERE n = 1");
        assertThat(refusal.getMessage())
                .isEqualTo(
                        "Cannot query over table 'p.shop.big' without a filter over column(s) 'day' that can be used for partition elimination");
        assertThat(run("SELECT n FROM shop.big WHERE day = '2024-01-03'").getTotalBytesProcessed())
                .isEqualTo(16);
        assertThat(run("SELECT n FROM shop.big WHERE day >= '2024-01-01' AND n > 0")
                        .getTotalBytesProcessed())
                .isEqualTo(160);
        Job dry = bigquery.client()
                .create(JobInfo.of(QueryJobConfiguration.newBuilder(
                                "SELECT n FROM shop.big WHERE day IN ('2024-01-03', '2024-01-04')")
                        .setDryRun(true)
                        .build()));
        assertThat(dry.<QueryStatistics>getStatistics().getTotalBytesProcessed())
                .isEqualTo(32);
        assertThat(bigquery.client().getJob(dry.getJobId())).isNull();
    }

    @Test
    void droppedColumnLosesItsValuesAndPartitioningColumnIsNotDropped() throws Exception {
        run("CREATE TABLE shop.wide (a INT64, b STRING, c STRING, day DATE) PARTITION BY day CLUSTER BY b");
        run("INSERT shop.wide VALUES (1, 'x', 'y', DATE '2024-01-01')");
        assertThat(run("ALTER TABLE shop.wide DROP COLUMN c, DROP COLUMN IF EXISTS nothing")
                        .getStatementType()
                        .toString())
                .isEqualTo("ALTER_TABLE");
        assertThat(bigquery.rows("SELECT * FROM shop.wide")).containsExactly("1,x,2024-01-01");
        run("ALTER TABLE shop.wide ADD COLUMN c INT64");
        assertThat(bigquery.rows("SELECT c FROM shop.wide")).containsExactly("null");
        assertThat(bigquery.refusal("ALTER TABLE shop.wide DROP COLUMN day").getMessage())
                .isEqualTo("Cannot drop the partitioning column day");
        assertThat(bigquery.refusal("ALTER TABLE shop.wide DROP COLUMN B").getMessage())
                .isEqualTo("Cannot drop the clustering column B");
        run("CREATE TABLE shop.struct AS SELECT AS STRUCT a, b FROM shop.wide");
        assertThat(bigquery.rows("SELECT b, a FROM shop.struct")).containsExactly("x,1");
    }

    @Test
    void columnTypeIsChangedToAWiderOneAndValuesAreConverted() throws Exception {
        run("CREATE TABLE shop.types (id INT64, price INT64, cost NUMERIC, day DATE) PARTITION BY day");
        run("INSERT shop.types VALUES (1, 10, 2.5, DATE '2024-01-01')");
        run(
                "ALTER TABLE shop.types ALTER COLUMN price SET DATA TYPE FLOAT64, ALTER COLUMN cost SET DATA TYPE BIGNUMERIC");
        run("INSERT shop.types VALUES (2, 10.5, 3, DATE '2024-01-01')");

        assertThat(bigquery.rows("SELECT id, price, cost FROM shop.types ORDER BY id"))
                .containsExactly("1,10.0,2.5", "2,10.5,3");
        assertThat(bigquery.rows("SELECT column_name, data_type FROM shop.INFORMATION_SCHEMA.COLUMNS WHERE table_name ="
                        + " 'types' ORDER BY ordinal_position"))
                .containsExactly("id,INT64", "price,FLOAT64", "cost,BIGNUMERIC", "day,DATE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            price SET DATA TYPE STRING | ALTER TABLE ALTER COLUMN SET DATA TYPE requires that the existing column type (INT64) is assignable to the new type (STRING)
            name SET DATA TYPE INT64   | ALTER TABLE ALTER COLUMN SET DATA TYPE requires that the existing column type (STRING) is assignable to the new type (INT64)
            tags SET DATA TYPE ARRAY<FLOAT64> | ALTER TABLE ALTER COLUMN SET DATA TYPE requires that the existing column type (ARRAY<INT64>) is assignable to the new type (ARRAY<FLOAT64>)
            nope SET DATA TYPE FLOAT64 | Column not found: nope
            id SET DATA TYPE FLOAT64   | Cannot change the type of the partitioning column id
            price SET NOT NULL         | Unsupported: ALTER COLUMN ... SET is outside the GoogleSQL subset of local-bigquery at [1:42]
            """)
    void columnTypeIsNotChangedToAnyOtherType(String change, String message) throws Exception {
        run("CREATE TABLE IF NOT EXISTS shop.kept (id INT64, price INT64, name STRING, tags ARRAY<INT64>) PARTITION BY"
                + " RANGE_BUCKET(id, GENERATE_ARRAY(0, 10, 1))");

        assertThat(bigquery.refusal("ALTER TABLE shop.kept ALTER COLUMN " + change)
                        .getMessage())
                .isEqualTo(message);
    }

    @Test
    void endlessRecursionFails() {
        assertThat(bigquery.rows("WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n WHERE x < 500)"
                        + " SELECT COUNT(*), MAX(x) FROM n"))
                .containsExactly("500,500");
        assertThat(bigquery.refusal(
                                "WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n) SELECT COUNT(*) FROM n")
                        .getMessage())
                .isEqualTo("A recursive CTE has reached the maximum number of iterations: 500");
    }

    @Test
    void selectAsStructReturnsItsFieldsAsColumns() throws Exception {
        TableResult result = bigquery.query("SELECT AS STRUCT 1 AS a, 'x' AS b ORDER BY a");
        assertThat(requireNonNull(result.getSchema()).getFields())
                .extracting(field -> field.getName())
                .containsExactly("a", "b");
        assertThat(TestClients.rows(result)).containsExactly("1,x");
    }

    @Test
    void primaryKeyIsDeclaredChangedAndDropped() throws Exception {
        run("CREATE TABLE shop.keyed (a STRING, b INT64, c FLOAT64, PRIMARY KEY (b, a) NOT ENFORCED)"
                + " OPTIONS (max_staleness = INTERVAL 10 MINUTE)");
        assertThat(primaryKey("keyed")).containsExactly("b", "a");
        assertThat(bigquery.refusal("ALTER TABLE shop.keyed ADD PRIMARY KEY (a) NOT ENFORCED")
                        .getMessage())
                .isEqualTo("Table p:shop.keyed already has a primary key");
        run("ALTER TABLE shop.keyed DROP PRIMARY KEY");
        assertThat(primaryKey("keyed")).isEmpty();
        assertThat(bigquery.refusal("ALTER TABLE shop.keyed ADD PRIMARY KEY (c) NOT ENFORCED")
                        .getMessage())
                .isEqualTo("Column c of type FLOAT64 cannot be in the primary key of a table");
        run("ALTER TABLE shop.keyed ADD PRIMARY KEY (a) NOT ENFORCED");
        run("ALTER TABLE shop.keyed SET OPTIONS (max_staleness = INTERVAL 15 MINUTE)");
        assertThat(primaryKey("keyed")).containsExactly("a");

        run("CREATE TABLE shop.one (id INT64 NOT NULL PRIMARY KEY NOT ENFORCED)");
        assertThat(primaryKey("one")).containsExactly("id");
    }

    private List<String> primaryKey(String name) {
        TableConstraints constraints = table(name).getTableConstraints();
        return constraints == null || constraints.getPrimaryKey() == null
                ? List.of()
                : Objects.requireNonNull(constraints.getPrimaryKey().getColumns());
    }
}
