package io.catalogconnect.localbigquery.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQuery.DatasetDeleteOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableDataWriteChannel;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the sink and the demo rely on, here and, with {@code -Dbigquery.it.project=...} and application default credentials, on the service itself, in a
 * dataset of its own that is removed afterwards.
 */
class ContractIT {

    private static final String REAL_PROJECT = System.getProperty("bigquery.it.project", "");

    @TempDir
    private Path directory;

    private final String dataset = "contract_" + UUID.randomUUID().toString().replace("-", "");
    private @Nullable RestFixture local;
    private BigQuery bigquery;

    @BeforeEach
    void start() throws Exception {
        if (REAL_PROJECT.isEmpty()) {
            RestFixture fixture = new RestFixture(directory);
            local = fixture;
            bigquery = fixture.client();
        } else {
            bigquery = BigQueryOptions.newBuilder()
                    .setProjectId(REAL_PROJECT)
                    .setLocation("US")
                    .build()
                    .getService();
        }
        bigquery.create(DatasetInfo.newBuilder(dataset).setLocation("US").build());
        query("CREATE TABLE t (brand STRING, n INT64, day DATE) PARTITION BY day CLUSTER BY brand");
        query("INSERT INTO t VALUES ('a', 1, DATE '2024-01-01'), ('b', 2, DATE '2024-01-02')");
    }

    @AfterEach
    void stop() throws Exception {
        bigquery.delete(DatasetId.of(dataset), DatasetDeleteOption.deleteContents());
        if (local != null) {
            local.close();
        }
    }

    private QueryJobConfiguration statement(String sql) {
        return QueryJobConfiguration.newBuilder(sql)
                .setDefaultDataset(dataset)
                .setUseLegacySql(false)
                .build();
    }

    private List<String> query(String sql) throws InterruptedException {
        return RestFixture.rows(bigquery.query(statement(sql)));
    }

    private long changed(String sql) throws InterruptedException {
        QueryStatistics statistics = Objects.requireNonNull(
                        bigquery.create(JobInfo.of(statement(sql))).waitFor())
                .getStatistics();
        return Objects.requireNonNull(statistics.getNumDmlAffectedRows());
    }

    @Test
    void countsPartitionsAndRows() throws Exception {
        assertThat(query("SELECT COUNT(*), COUNT(DISTINCT brand), MAX(n) FROM t"))
                .containsExactly("2,2,2");
        assertThat(
                        query(
                                "SELECT partition_id, total_rows FROM INFORMATION_SCHEMA.PARTITIONS WHERE table_name = 't' ORDER BY 1"))
                .containsExactly("20240101,1", "20240102,1");
    }

    @Test
    void anUpdateIsACompareAndSet() throws Exception {
        assertThat(changed("UPDATE t SET n = 10 WHERE brand = 'a' AND n = 1")).isEqualTo(1);
        assertThat(changed("UPDATE t SET n = 10 WHERE brand = 'a' AND n = 1")).isZero();
    }

    @Test
    void aLoadReplacesOnePartitionAndItsIdIsTaken() throws Exception {
        JobId id = JobId.newBuilder()
                .setJob("contract-" + UUID.randomUUID())
                .setLocation("US")
                .build();
        load(id);

        BigQueryException taken = Assertions.catchThrowableOfType(BigQueryException.class, () -> load(id));
        assertThat(taken.getCode()).isEqualTo(409);
        assertThat(query("SELECT brand, n FROM t ORDER BY n")).containsExactly("b,2", "c,3");
    }

    private void load(JobId id) throws Exception {
        WriteChannelConfiguration replace = WriteChannelConfiguration.newBuilder(
                        TableId.of(dataset, "t$20240101"), FormatOptions.csv())
                .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE)
                .build();
        TableDataWriteChannel channel = bigquery.writer(id, replace);
        try (channel) {
            channel.write(ByteBuffer.wrap("c,3,2024-01-01\n".getBytes(StandardCharsets.UTF_8)));
        }
        channel.getJob().waitFor();
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        BigQueryException name =
                Assertions.catchThrowableOfType(BigQueryException.class, () -> query("SELECT foo FROM t"));
        assertThat(name.getCode()).isEqualTo(400);
        assertThat(name.getMessage()).isEqualTo("Unrecognized name: foo at [1:8]");
        BigQueryException zero = Assertions.catchThrowableOfType(BigQueryException.class, () -> query("SELECT 1 / 0"));
        assertThat(zero.getMessage()).isEqualTo("division by zero: 1 / 0");
        BigQueryException table =
                Assertions.catchThrowableOfType(BigQueryException.class, () -> query("SELECT * FROM nothing"));
        assertThat(table.getCode()).isEqualTo(404);
    }
}
