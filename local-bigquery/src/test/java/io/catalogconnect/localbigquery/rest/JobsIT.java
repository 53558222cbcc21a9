package io.catalogconnect.localbigquery.rest;

import static io.catalogconnect.localbigquery.rest.RestFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.CopyJobConfiguration;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.PolicyTags;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TableResult;
import io.catalogconnect.localbigquery.TestClients;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Query and copy jobs over REST: parameters, destinations, results and job resources. */
class JobsIT extends RestTest {

    private static final String SLOW =
            "SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 100000)) AS a, UNNEST(GENERATE_ARRAY(1, 100000)) AS b WHERE MOD(a * b, 7) = 3";
    private static final TableId DAILY = TableId.of("shop", "daily");

    @BeforeEach
    void createTable() {
        bigquery.query("CREATE TABLE shop.daily (brand STRING, n INT64, day DATE) PARTITION BY day");
    }

    @Test
    void queryWritesTableOrReplacesPartition() throws Exception {
        bigquery.query("INSERT INTO shop.daily VALUES ('a', 1, DATE '2024-01-01'), ('b', 2, DATE '2024-01-02')");
        QueryJobConfiguration double1 = QueryJobConfiguration.newBuilder(
                        "SELECT brand, n * 10 AS n, day FROM shop.daily WHERE day = '2024-01-01'")
                .setDestinationTable(TableId.of("shop", "daily$20240101"))
                .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE)
                .build();
        assertThat(bigquery.client()
                        .create(JobInfo.of(double1))
                        .waitFor()
                        .getStatus()
                        .getError())
                .isNull();
        assertThat(bigquery.rows("SELECT brand, n, day FROM shop.daily ORDER BY n"))
                .containsExactly("b,2,2024-01-02", "a,10,2024-01-01");

        bigquery.query("CREATE VIEW shop.all_days AS SELECT * FROM shop.daily");
        bigquery.client()
                .query(QueryJobConfiguration.newBuilder("SELECT brand, n + 1 AS n, day FROM shop.all_days")
                        .setDestinationTable(DAILY)
                        .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE_DATA)
                        .build());
        assertThat(bigquery.rows("SELECT brand, n, day FROM shop.daily ORDER BY n"))
                .containsExactly("b,3,2024-01-02", "a,11,2024-01-01");

        QueryJobConfiguration fresh = QueryJobConfiguration.newBuilder(
                        "SELECT brand, COUNT(*) AS c FROM shop.daily GROUP BY brand")
                .setDestinationTable(TableId.of("shop", "summary"))
                .build();
        assertThat(TestClients.rows(bigquery.client().query(fresh))).containsExactlyInAnyOrder("a,1", "b,1");
        assertThat(failure(() -> bigquery.client().create(JobInfo.of(fresh)).waitFor())
                        .getMessage())
                .isEqualTo("Already Exists: Table p:shop.summary");
    }

    @Test
    void queryWithTruncateDataReplacesTheRowsAndKeepsTheSchemaThatTruncateReplaces() throws Exception {
        Field tagged = Field.newBuilder("n", StandardSQLTypeName.INT64)
                .setDescription("number")
                .setPolicyTags(PolicyTags.newBuilder()
                        .setNames(List.of("projects/p/locations/us/taxonomies/1/policyTags/2"))
                        .build())
                .build();
        TableId table = TableId.of("shop", "tagged");
        bigquery.client().create(TableInfo.of(table, StandardTableDefinition.of(Schema.of(tagged))));
        bigquery.query("INSERT INTO shop.tagged VALUES (1), (2)");

        replace(table, WriteDisposition.WRITE_TRUNCATE_DATA);
        assertThat(bigquery.rows("SELECT n FROM shop.tagged")).containsExactly("7");
        assertThat(fields(table)).containsExactly(tagged);

        replace(table, WriteDisposition.WRITE_TRUNCATE);
        assertThat(bigquery.rows("SELECT n FROM shop.tagged")).containsExactly("7");
        assertThat(fields(table)).singleElement().satisfies(field -> {
            assertThat(field.getPolicyTags()).isNull();
            assertThat(field.getDescription()).isNull();
        });
    }

    @Test
    void sizeOfATableIsCorrectAfterEachJobThatChangesItsRows() throws Exception {
        bigquery.query("CREATE TABLE shop.other (text STRING)");
        assertThat(bytes("shop", "other")).isZero();
        bigquery.query("INSERT INTO shop.other VALUES ('abc'), ('def')");
        assertThat(bytes("shop", "other")).isEqualTo(2 * 5);
        bigquery.query("UPDATE shop.other SET text = 'abcdef' WHERE TRUE");
        assertThat(bytes("shop", "other")).isEqualTo(2 * 8);
        bigquery.query("DELETE FROM shop.other WHERE TRUE");
        assertThat(bytes("shop", "other")).isZero();

        TableId table = TableId.of("shop", "numbers");
        bigquery.client()
                .create(TableInfo.of(
                        table, StandardTableDefinition.of(Schema.of(Field.of("n", StandardSQLTypeName.INT64)))));
        assertThat(bytes("shop", "numbers")).isZero();
        bigquery.query("INSERT INTO shop.numbers VALUES (1), (2)");
        assertThat(bytes("shop", "numbers")).isEqualTo(16);
        replace(table, WriteDisposition.WRITE_TRUNCATE_DATA);
        assertThat(bytes("shop", "numbers")).isEqualTo(8);
        replace(table, WriteDisposition.WRITE_APPEND);
        assertThat(bytes("shop", "numbers")).isEqualTo(16);
    }

    private long bytes(String dataset, String table) {
        return Objects.requireNonNull(bigquery.client()
                .getTable(dataset, table)
                .<StandardTableDefinition>getDefinition()
                .getNumBytes());
    }

    private void replace(TableId table, WriteDisposition disposition) throws InterruptedException {
        bigquery.client()
                .query(QueryJobConfiguration.newBuilder("SELECT 7 AS n")
                        .setDestinationTable(table)
                        .setWriteDisposition(disposition)
                        .build());
    }

    private static List<Field> fields(TableId table) {
        return Objects.requireNonNull(
                        bigquery.client().getTable(table).getDefinition().getSchema())
                .getFields();
    }

    @Test
    void copyJobCopiesTableAndPartition() throws Exception {
        bigquery.query("INSERT INTO shop.daily VALUES ('a', 1, DATE '2024-01-01'), ('b', 2, DATE '2024-01-02')");
        run(CopyJobConfiguration.of(TableId.of("shop", "copy"), DAILY));
        run(CopyJobConfiguration.of(TableId.of("shop", "one"), TableId.of("shop", "daily$20240102")));

        assertThat(bigquery.rows("SELECT brand FROM shop.copy ORDER BY n")).containsExactly("a", "b");
        assertThat(bigquery.rows("SELECT brand FROM shop.one")).containsExactly("b");
        assertThat(
                        bigquery.rows(
                                "SELECT partition_id FROM shop.INFORMATION_SCHEMA.PARTITIONS WHERE table_name = 'copy' ORDER BY 1"))
                .containsExactly("20240101", "20240102");
        assertThat(failure(() -> run(CopyJobConfiguration.of(TableId.of("shop", "copy"), DAILY)))
                        .getMessage())
                .isEqualTo("Already Exists: Table p:shop.copy");
    }

    private void run(CopyJobConfiguration copy) throws InterruptedException {
        assertThat(bigquery.client()
                        .create(JobInfo.of(copy))
                        .waitFor()
                        .getStatus()
                        .getError())
                .isNull();
    }

    @Test
    void queryAcceptsParametersOfEveryType() throws Exception {
        QueryJobConfiguration query = QueryJobConfiguration.newBuilder(
                        "SELECT @i + 1, @f, @s, @b, @d, @n, ARRAY_LENGTH(@a), @st.x, @nothing IS NULL, UNIX_MILLIS(@ts)")
                .addNamedParameter("i", QueryParameterValue.int64(41L))
                .addNamedParameter("f", QueryParameterValue.float64(1.5))
                .addNamedParameter("s", QueryParameterValue.string("it's"))
                .addNamedParameter("b", QueryParameterValue.bool(true))
                .addNamedParameter("d", QueryParameterValue.date("2024-01-02"))
                .addNamedParameter("n", QueryParameterValue.numeric(new java.math.BigDecimal("1.25")))
                .addNamedParameter("a", QueryParameterValue.array(new Long[] {1L, 2L}, Long.class))
                .addNamedParameter("st", QueryParameterValue.struct(Map.of("x", QueryParameterValue.string("in"))))
                .addNamedParameter("nothing", QueryParameterValue.string(null))
                .addNamedParameter("ts", QueryParameterValue.timestamp(1500_000L))
                .build();
        assertThat(TestClients.rows(bigquery.client().query(query)))
                .containsExactly("42,1.5,it's,true,2024-01-02,1.25,2,in,true,1500");
        QueryJobConfiguration positional = QueryJobConfiguration.newBuilder("SELECT ? || ?")
                .setPositionalParameters(List.of(QueryParameterValue.string("a"), QueryParameterValue.string("b")))
                .build();
        assertThat(TestClients.rows(bigquery.client().query(positional))).containsExactly("ab");
        assertThat(bigquery.refusal("SELECT @missing").getMessage()).isEqualTo("Query parameter 'missing' not found");
        assertThat(bigquery.refusal("SELECT ?").getMessage()).isEqualTo("Query parameter number 1 is not defined");
    }

    @Test
    void resultKeepsItsOrderOverManyPages() throws Exception {
        QueryJobConfiguration query = QueryJobConfiguration.of(
                "SELECT x, REPEAT('wide ', 100) AS pad FROM UNNEST(GENERATE_ARRAY(1, 12000)) AS x ORDER BY x DESC");
        TableResult result = bigquery.client()
                .create(JobInfo.of(query))
                .waitFor()
                .getQueryResults(com.google.cloud.bigquery.BigQuery.QueryResultsOption.pageSize(5000));
        long expected = 12_000;
        for (com.google.cloud.bigquery.FieldValueList row : result.iterateAll()) {
            assertThat(row.get(0).getLongValue()).isEqualTo(expected--);
        }
        assertThat(expected).isZero();
        assertThat(result.getTotalRows()).isEqualTo(12_000);
    }

    @Test
    void queryThatReadsMoreBytesThanItMayBillFails() throws Exception {
        bigquery.query("INSERT INTO shop.daily VALUES ('a', 1, DATE '2024-01-01')");
        QueryJobConfiguration.Builder query = QueryJobConfiguration.newBuilder("SELECT n FROM shop.daily");

        assertThat(TestClients.rows(
                        bigquery.client().query(query.setMaximumBytesBilled(8L).build())))
                .containsExactly("1");
        BigQueryException refusal = failure(
                () -> bigquery.client().query(query.setMaximumBytesBilled(7L).build()));
        assertThat(refusal.getReason()).isEqualTo("bytesBilledLimitExceeded");
        assertThat(refusal.getMessage()).isEqualTo("Query exceeded limit for bytes billed: 7. 8 or higher required.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CREATE TABLE shop.slow AS ",
                "CREATE OR REPLACE TABLE shop.daily AS ",
                "INSERT shop.daily (n) "
            })
    void jobWithATimeoutIsStopped(String statement) {
        QueryJobConfiguration query = QueryJobConfiguration.newBuilder(
                        statement + SLOW.replace("COUNT(*)", "COUNT(*) AS n"))
                .setJobTimeoutMs(300L)
                .build();

        BigQueryException stopped =
                failure(() -> bigquery.client().create(JobInfo.of(query)).waitFor());
        assertThat(stopped.getReason()).isEqualTo("stopped");
        assertThat(stopped.getMessage()).isEqualTo("Job timed out after 300 ms, its configuration.jobTimeoutMs");
    }

    @Test
    void dryRunNamesTheTablesThatTheQueryReads() {
        QueryJobConfiguration query = QueryJobConfiguration.newBuilder(
                        "SELECT a.n FROM shop.daily a JOIN shop.daily b ON a.n = b.n")
                .setDryRun(true)
                .build();
        QueryStatistics statistics = bigquery.client().create(JobInfo.of(query)).getStatistics();
        assertThat(statistics.getReferencedTables()).containsExactly(TableId.of("p", "shop", "daily"));
    }

    @Test
    void projectHasANumber() throws Exception {
        assertThat(RawHttp.send("GET", bigquery.url("/bigquery/v2/projects"), "")
                        .body())
                .containsPattern("\"numericId\":\"\\d+\"");
    }

    @Test
    void jobIsListedCancelledAndDeleted() throws Exception {
        Job slow = bigquery.client()
                .create(JobInfo.of(
                        JobId.newBuilder().setJob("slow").setLocation("US").build(), QueryJobConfiguration.of(SLOW)));
        assertThat(bigquery.client().cancel(slow.getJobId())).isTrue();
        BigQueryException stopped =
                org.assertj.core.api.Assertions.catchThrowableOfType(BigQueryException.class, slow::waitFor);
        assertThat(stopped.getReason()).isEqualTo("stopped");
        Job newest = bigquery.client().listJobs().iterateAll().iterator().next();
        assertThat(newest.getJobId().getJob()).isEqualTo("slow");
        assertThat(bigquery.client().cancel(JobId.of("nothing"))).isFalse();
        assertThat(bigquery.client().delete(slow.getJobId())).isTrue();
        assertThat(bigquery.client().getJob(slow.getJobId())).isNull();
    }

    @Test
    void legacySqlIsRefusedAndRepeatedRequestReturnsTheSameJob() throws Exception {
        RawHttp.Answer legacy =
                RawHttp.post(bigquery.url("/bigquery/v2/projects/p/queries"), "{\"query\":\"SELECT 1\"}");
        assertThat(legacy.body()).contains("Unsupported: local-bigquery has no legacy SQL; set useLegacySql to false");
        bigquery.query("CREATE TABLE shop.once (x INT64)");
        String insert = "{\"query\":\"INSERT shop.once VALUES (1)\",\"useLegacySql\":false,\"requestId\":\"r1\"}";
        assertThat(RawHttp.post(bigquery.url("/bigquery/v2/projects/p/queries"), insert)
                        .body())
                .contains("\"numDmlAffectedRows\":\"1\"");
        RawHttp.post(bigquery.url("/bigquery/v2/projects/p/queries"), insert);
        assertThat(bigquery.rows("SELECT COUNT(*) FROM shop.once")).containsExactly("1");
        RawHttp.Answer packed = RawHttp.post(
                bigquery.url("/bigquery/v2/projects/p/queries"),
                "{\"query\":\"SELECT TIMESTAMP '2024-01-02 03:04:05.5+00'\",\"useLegacySql\":false,"
                        + "\"formatOptions\":{\"useInt64Timestamp\":true}}");
        assertThat(packed.body()).contains("{\"f\":[{\"v\":\"1704164645500000\"}]}");
        assertThat(RawHttp.post(bigquery.url("/bigquery/v2/projects/p/jobs"), "{}")
                        .body())
                .contains("Required parameter is missing: configuration");
        assertThat(RawHttp.post(bigquery.url("/bigquery/v2/projects/p/jobs"), "{\"configuration\":{}}")
                        .body())
                .contains("the job's configuration is neither query nor load nor copy");
        assertThat(RawHttp.send("GET", bigquery.url("/bigquery/v2/projects/p/queries/none"), "")
                        .body())
                .contains("Not found: Job p:US.none");
    }
}
