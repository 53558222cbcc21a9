package io.catalogconnect.localbigquery.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryIT extends RestTest {

    @BeforeEach
    void createTable() {
        bigquery.query(
                "CREATE TABLE shop.product (brand STRING, n INT64, catalog_date DATE) PARTITION BY catalog_date CLUSTER BY brand");
        bigquery.query(
                "INSERT INTO shop.product VALUES ('Samsung', 1, DATE '2024-01-01'), ('LG', 2, '2024-01-02'), (NULL, 3, '2024-01-02')");
    }

    @Test
    void queryCountsAndGroups() {
        assertThat(bigquery.rows("SELECT COUNT(*), COUNT(DISTINCT brand), MAX(n) FROM `p.shop.product`"))
                .containsExactly("3,2,3");
        assertThat(bigquery.rows(
                        "SELECT brand, COUNT(*) c FROM shop.product GROUP BY brand ORDER BY c DESC, brand LIMIT 2"))
                .containsExactly("null,1", "LG,1");
    }

    @Test
    void informationSchemaListsPartitions() {
        assertThat(
                        bigquery.rows(
                                "SELECT partition_id, total_rows FROM shop.INFORMATION_SCHEMA.PARTITIONS WHERE table_name = 'product' ORDER BY 1"))
                .containsExactly("20240101,1", "20240102,2");
    }

    @Test
    void concurrentUpdatesChangeARowOnce() throws Exception {
        QueryJobConfiguration update = QueryJobConfiguration.newBuilder(
                        "UPDATE shop.product SET n = @new WHERE brand = @brand AND n = @old")
                .addNamedParameter("new", QueryParameterValue.int64(10L))
                .addNamedParameter("old", QueryParameterValue.int64(1L))
                .addNamedParameter("brand", QueryParameterValue.string("Samsung"))
                .build();

        assertThat(affectedRows(update)).isEqualTo(1);
        assertThat(affectedRows(update)).isEqualTo(0);
        assertThat(bigquery.rows("SELECT n FROM shop.product WHERE brand = 'Samsung'"))
                .containsExactly("10");
    }

    private long affectedRows(QueryJobConfiguration statement) throws InterruptedException {
        QueryStatistics statistics =
                bigquery.client().create(JobInfo.of(statement)).waitFor().getStatistics();
        return Objects.requireNonNull(statistics.getNumDmlAffectedRows());
    }

    @Test
    void jobIdCannotBeReused() throws Exception {
        JobInfo job = JobInfo.of(
                JobId.newBuilder().setJob("once").setLocation("US").build(),
                QueryJobConfiguration.of("DELETE FROM shop.product WHERE n = 3"));
        bigquery.client().create(job).waitFor();

        QueryStatistics first = bigquery.client().create(job).getStatistics();
        assertThat(first.getNumDmlAffectedRows()).isEqualTo(1);
        bigquery.restart();
        String again =
                "{\"jobReference\":{\"jobId\":\"once\",\"location\":\"US\"},\"configuration\":{\"query\":{\"query\":\"SELECT 1\",\"useLegacySql\":false}}}";
        RawHttp.Answer answer = RawHttp.post(bigquery.url("/bigquery/v2/projects/p/jobs"), again);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error\":{\"code\":409,\"message\":\"Already Exists: Job p:US.once\",\"errors\":[{\"message\":\"Already Exists: Job p:US.once\","
                                + "\"domain\":\"global\",\"reason\":\"duplicate\"}],\"status\":\"ALREADY_EXISTS\"}}");
    }

    @Test
    void syntaxErrorNamesItsPosition() {
        BigQueryException refusal = bigquery.refusal("SELECT foo FROM shop.product");

        assertThat(refusal.getMessage()).isEqualTo("Unrecognized name: foo at [1:8]");
        assertThat(refusal.getCode()).isEqualTo(400);
        assertThat(refusal.getReason()).isEqualTo("invalidQuery");
    }

    @Test
    void missingTableIsNotFound() {
        BigQueryException refusal = bigquery.refusal("SELECT * FROM shop.nothing");

        assertThat(refusal.getMessage()).isEqualTo("Not found: Table p:shop.nothing was not found in location US");
        assertThat(refusal.getCode()).isEqualTo(404);
    }
}
